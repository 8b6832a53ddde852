package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// program is the product as operators run it, which the bench builds for that.
const program = "github.com/factordesk/factordesk/cmd/factordesk"

var startColumns = []string{"starts", "what", "ready ms", "slowest ms", "CPU ms", "RSS MiB", "own MiB", "Go heap MiB"}

// started is what a start and a life of a second took.
type started struct {
	ready, cpu time.Duration
	// resident is the memory at rest, own what of it is no part of the program's
	// file, and heap what of that Go's objects fill.
	resident, own, heap float64
}

// measureStarts starts the product on the database, which needs no migration, in
// production's way, and looks at the memory in which it rests.
func (b *bench) measureStarts(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "factordesk-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file, keysAt := filepath.Join(dir, "factordesk"), filepath.Join(dir, "keyset.json")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", file, program).CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w: %s", program, err, out)
	}
	keys, err := keysetFile()
	if err == nil {
		err = os.WriteFile(keysAt, keys, 0o600)
	}
	if err != nil {
		return err
	}
	b.progress("f: %d starts", b.starts)
	all := make([]started, b.starts)
	for n := range all {
		c := exec.CommandContext(ctx, file, "serve", "--environment", "production", "--keyset", keysAt,
			"--addr", "127.0.0.1:0", "--ops-addr", "127.0.0.1:0", "--public-url", "https://factordesk.example",
			"--admin-url", "https://"+adminHost, "--banking-url", "https://"+bankingHost)
		c.Env = append(os.Environ(), "DATABASE_URL="+b.databaseURL)
		if all[n], err = life(ctx, c); err != nil {
			return err
		}
	}
	b.report.table([][]string{startColumns, row(all)})
	b.report.note("Medians: from exec to the first answer of /readyz; the CPU time of a start, a second at rest and the end; the memory at rest, " +
		"own without what is the program's file, and the Go heap after a collection.")
	return nil
}

var (
	// greeted finds the addresses in what a server says once it listens.
	greeted = regexp.MustCompile(`(API|Metrics) +(http://[^/\s]+)`)
	// liveHeap finds what was left after a collection.
	liveHeap = regexp.MustCompile(`# HeapAlloc = ([0-9]+)`)
)

// life starts a server, waits until it is ready and at rest, and stops it.
func life(ctx context.Context, c *exec.Cmd) (s started, err error) {
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.StdoutPipe()
	if err != nil {
		return s, err
	}
	began := time.Now()
	if err := c.Start(); err != nil {
		return s, err
	}
	defer func() {
		if err = errors.Join(err, c.Process.Signal(syscall.SIGTERM), c.Wait()); err != nil {
			err = fmt.Errorf("%w: %s", err, said.Bytes())
		}
		s.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	}()
	at := map[string]string{}
	for lines := bufio.NewScanner(out); len(at) < 2; {
		if !lines.Scan() {
			return s, errors.New("the server did not start")
		}
		if found := greeted.FindStringSubmatch(lines.Text()); found != nil {
			at[found[1]] = found[2]
		}
	}
	if _, err := fetch(ctx, at["API"]+"/readyz"); err != nil {
		return s, err
	}
	s.ready = time.Since(began)
	select {
	case <-time.After(time.Second): // what it does once at the start is done
	case <-ctx.Done():
		return s, ctx.Err()
	}
	resident, shared := memoryOf(strconv.Itoa(c.Process.Pid))
	s.resident, s.own = float64(resident), float64(resident-shared)
	profile, err := fetch(ctx, at["Metrics"]+"/debug/pprof/heap?gc=1&debug=1")
	if found := liveHeap.FindSubmatch(profile); found != nil {
		s.heap, _ = strconv.ParseFloat(string(found[1]), 64)
	}
	return s, err
}

// fetch returns the body of a page.
func fetch(ctx context.Context, url string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

// row returns the medians of some starts.
func row(all []started) []string {
	number := func(format string, unit float64, of func(started) float64) string {
		values := make([]float64, len(all))
		for i, s := range all {
			values[i] = of(s)
		}
		return fmt.Sprintf(format, middle(values)/unit)
	}
	slowest := slices.MaxFunc(all, func(a, b started) int { return cmp.Compare(a.ready, b.ready) })
	ms, mib := float64(time.Millisecond), float64(1<<20)
	return []string{
		strconv.Itoa(len(all)), "factordesk serve",
		number("%.0f", ms, func(s started) float64 { return float64(s.ready) }), fmt.Sprintf("%.0f", float64(slowest.ready)/ms),
		number("%.0f", ms, func(s started) float64 { return float64(s.cpu) }),
		number("%.0f", mib, func(s started) float64 { return s.resident }), number("%.0f", mib, func(s started) float64 { return s.own }),
		number("%.1f", mib, func(s started) float64 { return s.heap }),
	}
}
