package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"
)

// The names that are typed in a round of e. Somebody and elsewhere are names that
// nobody has: what tells these two apart is noise.
const (
	known = iota
	somebody
	elsewhere
	names
)

// timings are how long the answers to each kind of name took, in ascending order.
type timings [names][]time.Duration

// probe is what a stranger asks to learn whether a name is somebody's.
type probe struct {
	name, document string
	// input is what is typed beside the name.
	input map[string]any
}

var probes = []probe{
	{"signIn", signInDocument, map[string]any{"institution": slug, "password": "not the password"}},
	{"requestPasswordReset", resetDocument, map[string]any{"institution": slug}},
}

// measureTimings measures e: whether the time of an answer tells who has an
// account. Nothing else runs, and every name is typed once, from an address of its
// own, so that no limit is reached.
func (b *bench) measureTimings(ctx context.Context) error {
	rows := [][]string{{"names", "asked", "known p50 ms", "unknown p50 ms", "ratio", "known p90 ms", "unknown p90 ms", "distance", "noise"}}
	for _, p := range probes {
		b.progress("e: %s", p.name)
		t, err := b.ask(ctx, p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		rows = append(rows, t.row(p.name))
	}
	b.report.table(rows)
	b.report.note("Every answer to a name that somebody has was the same, to the byte, as to one that nobody has. Distance is the largest difference "+
		"between the shares of both that were answered within some time (Kolmogorov and Smirnov), from 0 to 1; noise is that between two kinds of "+
		"name that nobody has. Over %.2f a distance between this many answers is chance once in 20 times.", 1.36*math.Sqrt(2/float64(b.probes)))
	return nil
}

// ask types names of all kinds, in an order that changes with every round.
func (b *bench) ask(ctx context.Context, p probe) (timings, error) {
	c, err := connect(ctx, b.desk.at.Public)
	if err != nil {
		return timings{}, err
	}
	defer func() { _ = c.Close() }()
	var t timings
	var same []byte
	for round := range b.probes {
		for _, kind := range rand.Perm(names) {
			if err := ctx.Err(); err != nil {
				return t, err
			}
			request := b.typed(p, round, kind)
			asked := time.Now()
			answer, err := c.ask(request)
			if err != nil {
				return t, err
			}
			t[kind] = append(t[kind], time.Since(asked))
			if same == nil {
				same = bytes.Clone(answer)
			}
			if !bytes.Equal(answer, same) {
				return t, fmt.Errorf("one name is answered %s, another %s", same, answer)
			}
		}
	}
	for kind := range t {
		slices.Sort(t[kind])
	}
	return t, nil
}

// typed returns the request with a name of a kind, from an address that nobody else
// has. Names are as long as each other.
func (b *bench) typed(p probe, round, kind int) []byte {
	email := b.crowd.user(round).Email
	input := map[string]any{"username": [names]string{email, "no" + email[2:], "un" + email[2:]}[kind]}
	for field, value := range p.input {
		input[field] = value
	}
	body, err := json.Marshal(map[string]any{"query": p.document, "variables": map[string]any{"input": input}})
	if err != nil {
		panic(err) // strings always marshal
	}
	n := round*names + kind
	return wire("POST", "/graphql", bankingHost, "", string(body), "Content-Type: application/json", "Factordesk-Client: banking",
		fmt.Sprintf("X-Forwarded-For: 10.%d.%d.%d", n>>16&255, n>>8&255, n&255))
}

func (t timings) row(name string) []string {
	ms := func(kind, percent int) string {
		return fmt.Sprintf("%.2f", 1000*(outcome{latencies: t[kind]}).percentile(percent).Seconds())
	}
	median := func(kind int) float64 { return (outcome{latencies: t[kind]}).percentile(50).Seconds() }
	return []string{
		strconv.Itoa(len(t[known])), name, ms(known, 50), ms(somebody, 50), fmt.Sprintf("%.2f", median(known)/median(somebody)),
		ms(known, 90), ms(somebody, 90), fmt.Sprintf("%.2f", distance(t[known], t[somebody])), fmt.Sprintf("%.2f", distance(t[somebody], t[elsewhere])),
	}
}

// distance returns the largest difference between the shares of two samples, each in
// ascending order, that are no longer than some time (Kolmogorov and Smirnov).
func distance(a, b []time.Duration) float64 {
	var most float64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		at := min(a[i], b[j])
		for i < len(a) && a[i] <= at {
			i++
		}
		for j < len(b) && b[j] <= at {
			j++
		}
		most = max(most, math.Abs(float64(i)/float64(len(a))-float64(j)/float64(len(b))))
	}
	return most
}
