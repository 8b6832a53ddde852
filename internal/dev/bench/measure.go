package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
)

// sample is what one load cost its server.
type sample struct {
	perSecond     float64
	p50, p99      time.Duration
	cpuPerK       float64 // seconds of CPU per 1,000 requests
	databasePerK  float64 // the same in PostgreSQL's processes
	mallocs       float64 // a request
	mallocedBytes float64 // a request
	residentBytes float64
	statements    float64 // a request
	failures      int
	failure       string
}

// measure loads a process and looks at what it used up meanwhile.
func (b *bench) measure(ctx context.Context, p *process, connections int, next source) (sample, error) {
	before, err := b.vitals(ctx, p)
	if err != nil {
		return sample{}, err
	}
	o, err := drive(ctx, p.at.Public, connections, next)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", p.role, err)
	}
	after, err := b.vitals(ctx, p)
	if err != nil || len(o.latencies) == 0 {
		return sample{}, cmp.Or(err, fmt.Errorf("%s: there was no time for an answer", p.role))
	}
	n := float64(len(o.latencies))
	return sample{
		perSecond: n / o.elapsed.Seconds(), p50: o.percentile(50), p99: o.percentile(99),
		cpuPerK:       (after.CPU - before.CPU).Seconds() / n * 1000,
		databasePerK:  (after.DatabaseCPU - before.DatabaseCPU).Seconds() / n * 1000,
		mallocs:       float64(after.Mallocs-before.Mallocs) / n,
		mallocedBytes: float64(after.MallocedBytes-before.MallocedBytes) / n,
		residentBytes: float64(after.ResidentBytes),
		statements:    float64(after.Statements-before.Statements) / n,
		failures:      o.failures, failure: o.failure,
	}, nil
}

// vitals returns those of a process, and of the database's processes behind it.
func (b *bench) vitals(ctx context.Context, p *process) (vitals, error) {
	v, err := p.vitals(ctx)
	if err != nil || b.database == sqlite {
		return v, err // SQLite works inside the process
	}
	db, err := store.Open(ctx, b.databaseURL)
	if err != nil {
		return v, err
	}
	defer func() { _ = db.Close() }()
	// store.Open names its connections like the product's, but this one is idle.
	rows, err := db.SQL().QueryContext(ctx, `
		SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 AND pid <> pg_backend_pid()`, p.role)
	if err != nil {
		return v, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var pid int
		if err := rows.Scan(&pid); err != nil {
			return v, err
		}
		v.DatabaseCPU += processCPU(pid)
	}
	return v, rows.Err()
}

// processCPU returns the CPU time of a process on this machine, 0 where the system
// does not tell.
func processCPU(pid int) time.Duration {
	const tick = time.Second / 100 // what Linux shows everyone, whatever its own
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	// The name, in brackets, may hold anything.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * tick
}

// median returns the median of each number of some samples.
func median(samples []sample) sample {
	of := func(number func(sample) float64) float64 {
		values := make([]float64, len(samples))
		for i, s := range samples {
			values[i] = number(s)
		}
		return middle(values)
	}
	m := sample{
		perSecond:     of(func(s sample) float64 { return s.perSecond }),
		p50:           time.Duration(of(func(s sample) float64 { return float64(s.p50) })),
		p99:           time.Duration(of(func(s sample) float64 { return float64(s.p99) })),
		cpuPerK:       of(func(s sample) float64 { return s.cpuPerK }),
		databasePerK:  of(func(s sample) float64 { return s.databasePerK }),
		mallocs:       of(func(s sample) float64 { return s.mallocs }),
		mallocedBytes: of(func(s sample) float64 { return s.mallocedBytes }),
		residentBytes: of(func(s sample) float64 { return s.residentBytes }),
		statements:    of(func(s sample) float64 { return s.statements }),
	}
	for _, s := range samples {
		m.failures += s.failures
		m.failure = cmp.Or(m.failure, s.failure)
	}
	return m
}

// middle returns the median of some values, which it sorts.
func middle(values []float64) float64 {
	slices.Sort(values)
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}

// ratio returns the median over rounds of ours over theirs in the same round, so
// that a neighbour's noise, which hits both, counts little.
func ratio(ours, theirs []sample) sample {
	rounds := make([]sample, len(ours))
	for i, o := range ours {
		t := theirs[i]
		// Durations carry the ratio in thousandths.
		over := func(a, b time.Duration) time.Duration { return time.Duration(1000 * float64(a) / float64(b)) }
		rounds[i] = sample{
			perSecond: o.perSecond / t.perSecond, p50: over(o.p50, t.p50), p99: over(o.p99, t.p99),
			cpuPerK: o.cpuPerK / t.cpuPerK, databasePerK: o.databasePerK / t.databasePerK, mallocs: o.mallocs / t.mallocs, mallocedBytes: o.mallocedBytes / t.mallocedBytes,
			residentBytes: o.residentBytes / t.residentBytes, statements: o.statements / t.statements,
		}
	}
	return median(rounds)
}

// profiled measures and takes a CPU profile meanwhile, if a directory is given.
func (b *bench) profiled(ctx context.Context, p *process, name string, connections int, next source) (sample, error) {
	if b.profiles == "" {
		return b.measure(ctx, p, connections, next)
	}
	seconds := max(1, int(b.duration.Seconds()))
	name = fmt.Sprintf("%s-%s-%d", name, p.role, connections)
	written := make(chan error, 1)
	go func() {
		written <- p.write(ctx, fmt.Sprintf("/debug/pprof/profile?seconds=%d", seconds), filepath.Join(b.profiles, name+".cpu.pprof"))
	}()
	s, err := b.measure(ctx, p, connections, next)
	if err == nil {
		err = p.write(ctx, "/debug/pprof/allocs", filepath.Join(b.profiles, name+".allocs.pprof"))
	}
	return s, cmp.Or(<-written, err)
}

// write saves what the process's control answers.
func (p *process) write(ctx context.Context, path, file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	err = p.ask(ctx, "GET", path, f)
	return cmp.Or(err, f.Close())
}
