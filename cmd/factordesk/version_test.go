package main

import (
	"regexp"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestVersion(t *testing.T) {
	out := succeeds(t, "", "version")

	if !regexp.MustCompile(`^version \S+\ncommit  \S+\ndate    \S+\ngo      ` + regexp.QuoteMeta(runtime.Version()) + `\n$`).MatchString(out) {
		t.Errorf("printed %q", out)
	}
}

func TestBuiltFrom(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.time", Value: "2026-11-30T04:05:06Z"},
	}}
	if got, want := builtFrom(info, true), (build{"v1.2.3", "abc", "2026-11-30T04:05:06Z", "go1.26.8"}); got != want {
		t.Errorf("got %+v", got)
	}
	for name, none := range map[string]build{
		"no build info":   builtFrom(nil, false),
		"not of a module": builtFrom(&debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, true),
	} {
		if none != (build{"devel", "unknown", "unknown", "unknown"}) {
			t.Errorf("%s: got %+v", name, none)
		}
	}
}
