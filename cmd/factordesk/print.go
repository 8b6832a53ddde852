package main

import (
	"encoding/json"
	"io"
	"text/tabwriter"
	"time"
)

// jsonFlag asks for what programs read.
type jsonFlag struct {
	JSON bool `name:"json" help:"Print JSON, a line for each."`
}

// printed writes a row a line: as JSON where that is asked for, else in the columns that
// line writes with tabs between them.
func printed[T any](out io.Writer, f jsonFlag, rows []T, line func(w io.Writer, row T)) error {
	if f.JSON {
		lines := json.NewEncoder(out)
		for _, row := range rows {
			if err := lines.Encode(row); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		line(w, row)
	}
	return w.Flush()
}

// mapped returns what f makes of each.
func mapped[A, B any](all []A, f func(A) B) []B {
	made := make([]B, len(all))
	for i, a := range all {
		made[i] = f(a)
	}
	return made
}

// words returns names as plain text.
func words[T ~string](names []T) []string {
	return mapped(names, func(n T) string { return string(n) })
}

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// inUTC returns a time as JSON has it; nil for nil.
func inUTC(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	utc := at.UTC()
	return &utc
}
