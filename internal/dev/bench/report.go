package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/platform/gctune"
)

// report is Markdown whose tables are padded, so that it reads well in a
// terminal, too.
type report struct {
	text strings.Builder
	// rows and notes are of the part that is being measured.
	rows  [][]string
	notes []string
}

var columns = []string{"connections", "what", "req/s", "p50 ms", "p99 ms", "CPU s/1000", "DB CPU s/1000", "allocs/req", "KiB/req", "RSS MiB", "SQL/req"}

func (r *report) line(format string, args ...any) { _, _ = fmt.Fprintf(&r.text, format+"\n", args...) }

// machine says where the numbers are from.
func (r *report) machine(o options) {
	r.line("# What requests cost\n")
	gogc, gomemlimit := gctune.Tune() // as both servers do
	r.line("Measured on %s by `make bench`: %d cores (%s), %s, %s/%s, GOGC %s, GOMEMLIMIT %s.",
		time.Now().UTC().Format("2 January 2006"), runtime.NumCPU(), processor(), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		gogc, gomemlimit)
	r.line("Load, servers and database share the machine; how busy others kept it at the start: load average %s.", loadAverage())
	r.line("%d users with 3 devices and a set of backup codes each, %d texts in the log. Turns of %s, medians of %d rounds; servers take turns.",
		o.users, o.notifications, o.duration, o.rounds)
	r.line("CPU, allocations and memory are the server process's own; PostgreSQL's CPU time for it stands apart, SQLite works inside. %s checks session and permissions, logs and counts each request; "+
		"%s is net/http, database/sql and encoding/json by hand, with the same checks, and does neither. A look into a history also adds an entry to %s's audit record, and the baseline has none.",
		deskRole, baselineRole, deskRole)
}

// section begins a database.
func (r *report) section(version string, size int64, filled time.Duration) {
	r.flush()
	r.line("\n## %s\n", version)
	r.line("%d MiB, filled in %d s.", size>>20, int(filled.Seconds()))
	if strings.Contains(version, "fsync=off") {
		r.line("This PostgreSQL is a temporary one that does not wait for the disk (fsync=off): its writes are faster than a bank's.")
	}
}

// part begins a thing that is measured.
func (r *report) part(name, title string) {
	r.flush()
	r.line("\n### (%s) %s", name, title)
}

// note adds a sentence below the table.
func (r *report) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

func (r *report) add(connections int, what string, s sample) {
	ms := func(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d.Microseconds())/1000) }
	orNone := func(format string, v float64) string {
		if v == 0 {
			return "-"
		}
		return fmt.Sprintf(format, v)
	}
	r.rows = append(r.rows, []string{
		strconv.Itoa(connections), what, fmt.Sprintf("%.0f", s.perSecond), ms(s.p50), ms(s.p99), fmt.Sprintf("%.3f", s.cpuPerK), orNone("%.3f", s.databasePerK),
		fmt.Sprintf("%.0f", s.mallocs), fmt.Sprintf("%.1f", s.mallocedBytes/1024), fmt.Sprintf("%.0f", s.residentBytes/(1<<20)), orNone("%.1f", s.statements),
	})
	if s.failures > 0 {
		r.rows[len(r.rows)-1][1] += fmt.Sprintf(" (%d failed)", s.failures)
	}
}

// addRatio adds what ratio returns.
func (r *report) addRatio(connections int, s sample) {
	row := []string{strconv.Itoa(connections), "ratio"}
	for _, v := range []float64{
		s.perSecond, float64(s.p50) / 1000, float64(s.p99) / 1000, s.cpuPerK, s.databasePerK, s.mallocs, s.mallocedBytes, s.residentBytes, s.statements,
	} {
		cell := "-"
		if v > 0 && !math.IsInf(v, 0) { // nothing over nothing is no number
			cell = fmt.Sprintf("%.2f", v)
		}
		row = append(row, cell)
	}
	r.rows = append(r.rows, row)
}

// flush writes the rows that were added as a table, and the notes below it.
func (r *report) flush() {
	if len(r.rows) > 0 {
		r.table(slices.Concat([][]string{columns}, r.rows))
	}
	for _, note := range r.notes {
		r.line("\n%s", note)
	}
	r.rows, r.notes = nil, nil
}

func (r *report) table(rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	r.line("")
	for n, row := range rows {
		line := "|"
		for i, cell := range row {
			format := " %*s |"
			if i == 1 {
				format = " %-*s |"
			}
			line += fmt.Sprintf(format, widths[i], cell)
		}
		r.line("%s", line)
		if n == 0 {
			r.line("%s", rule(widths))
		}
	}
}

// rule is the line below a table's head.
func rule(widths []int) string {
	line := "|"
	for i, w := range widths {
		if i == 1 {
			line += " " + strings.Repeat("-", w) + " |"
		} else {
			line += " " + strings.Repeat("-", w-1) + ": |"
		}
	}
	return line
}

// String returns the report so far.
func (r *report) String() string {
	r.flush()
	return r.text.String()
}

// processor names the CPU, where the system tells.
func processor() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

// loadAverage returns the load of the last minutes, where the system tells.
func loadAverage() string {
	load, _ := os.ReadFile("/proc/loadavg")
	if fields := strings.Fields(string(load)); len(fields) > 2 {
		return strings.Join(fields[:3], " ")
	}
	return "unknown"
}
