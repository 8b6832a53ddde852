// Package gctune trades memory for CPU time. Requests leave a lot of garbage
// behind and the process keeps little, a few dozen MiB, so Go's own setting
// collects far too often: a heap that may grow to five times what is in use
// costs some MiB and saves a good part of the CPU time. A limit on the whole
// process keeps that from becoming a danger.
//
// What the operator says with GOGC and GOMEMLIMIT wins.
package gctune

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
)

const (
	// percent is how much of the heap in use may be added before it is collected.
	percent = 400
	// defaultLimit is the limit where the system sets none.
	defaultLimit = 1 << 30
)

// Tune sets what the environment leaves open, and returns both settings in the
// notation of GOGC and GOMEMLIMIT.
func Tune() (gogc, gomemlimit string) { return tune(os.Getenv, os.DirFS("/")) }

func tune(getenv func(string) string, root fs.FS) (gogc, gomemlimit string) {
	if gogc = getenv("GOGC"); gogc == "" {
		debug.SetGCPercent(percent)
		gogc = strconv.Itoa(percent)
	}
	if gomemlimit = getenv("GOMEMLIMIT"); gomemlimit == "" {
		limit := limit(root)
		debug.SetMemoryLimit(limit)
		gomemlimit = fmt.Sprintf("%dMiB", limit>>20)
	}
	return gogc, gomemlimit
}

// limit returns four fifths of what the process's control group (cgroup v2) may
// use: the rest is for what Go does not count.
func limit(root fs.FS) int64 {
	groups, _ := fs.ReadFile(root, "proc/self/cgroup")
	for line := range strings.Lines(string(groups)) {
		group, ok := strings.CutPrefix(strings.TrimSpace(line), "0::")
		if !ok {
			continue
		}
		most, _ := fs.ReadFile(root, path.Join("sys/fs/cgroup", group, "memory.max"))
		if bytes, err := strconv.ParseInt(strings.TrimSpace(string(most)), 10, 64); err == nil {
			return bytes / 5 * 4
		}
	}
	return defaultLimit
}
