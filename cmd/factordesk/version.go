package main

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

type versionCmd struct{}

// Run prints one fact a line.
func (versionCmd) Run(s streams) error {
	b := builtFrom(debug.ReadBuildInfo())
	_, err := fmt.Fprintf(s.Out, "version %s\ncommit  %s\ndate    %s\ngo      %s\n", b.version, b.commit, b.date, b.goVersion)
	return err
}

// What `make build` links in, as it need not find a checkout that the go command
// can read. Elsewhere they are empty, and builtFrom asks the go command's record.
var linkedVersion, linkedCommit, linkedDate string

// build is what the program was built from; "unknown" where nobody knows.
type build struct {
	version string
	// commit ends in "-dirty" where more than the commit was built.
	commit string
	// date is the commit's, in RFC 3339.
	date      string
	goVersion string
}

// builtFrom returns what was linked in, else what the go command wrote into the
// program, else the version "devel" and what is unknown.
func builtFrom(info *debug.BuildInfo, ok bool) build {
	const unknown = "unknown"
	if !ok {
		info = &debug.BuildInfo{}
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	commit := settings["vcs.revision"]
	if commit != "" && settings["vcs.modified"] == "true" {
		commit += "-dirty"
	}
	return build{
		version:   cmp.Or(linkedVersion, strings.Trim(info.Main.Version, "()"), "devel"),
		commit:    cmp.Or(linkedCommit, commit, unknown),
		date:      cmp.Or(linkedDate, settings["vcs.time"], unknown),
		goVersion: cmp.Or(info.GoVersion, unknown),
	}
}

// buildMetric returns the metric whose labels say what runs; its value is 1.
func buildMetric() prometheus.Collector {
	b := builtFrom(debug.ReadBuildInfo())
	g := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "factordesk_build_info", Help: "What the program was built from.",
		ConstLabels: prometheus.Labels{"version": b.version, "commit": b.commit, "goversion": b.goVersion},
	})
	g.Set(1)
	return g
}
