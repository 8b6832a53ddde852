package main

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/prometheus/client_golang/prometheus"
)

type versionCmd struct{}

// Run prints one fact a line.
func (versionCmd) Run(s streams) error {
	b := builtFrom(debug.ReadBuildInfo())
	_, err := fmt.Fprintf(s.Out, "version %s\ncommit  %s\ndate    %s\ngo      %s\n", b.version, b.commit, b.date, b.goVersion)
	return err
}

// build is what the program was built from, as the go command writes it into every
// binary; "unknown" where it was not built from a checkout.
type build struct {
	version, commit string
	// date is the commit's, in RFC 3339.
	date, goVersion string
}

func builtFrom(info *debug.BuildInfo, ok bool) build {
	const unknown = "unknown"
	b := build{"devel", unknown, unknown, unknown}
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.version = v
	}
	b.goVersion = cmp.Or(info.GoVersion, unknown)
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.commit = s.Value
		case "vcs.time":
			b.date = s.Value
		}
	}
	return b
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
