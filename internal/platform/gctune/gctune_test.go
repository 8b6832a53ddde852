package gctune

import (
	"runtime/debug"
	"testing"
	"testing/fstest"
)

func files(contents map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, data := range contents {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return fsys
}

func TestTune(t *testing.T) {
	oldPercent, oldLimit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	t.Cleanup(func() {
		debug.SetGCPercent(oldPercent)
		debug.SetMemoryLimit(oldLimit)
	})
	for _, c := range []struct {
		name        string
		environment map[string]string
		percent     int
		limit       int64
		gogc, shown string
	}{
		{"sets what nobody else does", nil, 400, 1 << 30, "400", "1024MiB"},
		{"leaves GOGC to the operator", map[string]string{"GOGC": "50"}, 100, 1 << 30, "50", "1024MiB"},
		{"leaves GOMEMLIMIT to the operator", map[string]string{"GOMEMLIMIT": "2GiB"}, 400, 7 << 20, "400", "2GiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			// What the runtime read from the environment stays as it was.
			debug.SetGCPercent(100)
			debug.SetMemoryLimit(7 << 20)

			gogc, shown := tune(func(name string) string { return c.environment[name] }, files(nil))

			percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
			if percent != c.percent || limit != c.limit || gogc != c.gogc || shown != c.shown {
				t.Errorf("got %d and %d, shown as %s and %s", percent, limit, gogc, shown)
			}
		})
	}
}

func TestLimit(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  int64
	}{
		{"is four fifths of a container's", map[string]string{"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "268435460\n"}, 214748368},
		{"is four fifths of a service's", map[string]string{
			"proc/self/cgroup":         "0::/system.slice/factordesk.service\n",
			"sys/fs/cgroup/memory.max": "1",
			"sys/fs/cgroup/system.slice/factordesk.service/memory.max": "1000000000\n",
		}, 800000000},
		{"is a GiB where the group has none", map[string]string{"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "max\n"}, 1 << 30},
		{"is a GiB where groups are of the old kind", map[string]string{"proc/self/cgroup": "4:memory:/x\n"}, 1 << 30},
		{"is a GiB where the system tells nothing", nil, 1 << 30},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := limit(files(c.files)); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}
