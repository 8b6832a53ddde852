package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"time"

	"github.com/google/go-cmp/cmp"
)

// read is a query, asked of both servers.
type read struct {
	part, title string
	// desk and baseline give the request about the i-th customer under a session.
	desk, baseline func(i int, token string) []byte
}

func (c crowd) reads() []read {
	return []read{
		{
			"a", "a profile: user, 3 devices, 10 backup codes, the last 20 texts from the log",
			func(i int, token string) []byte {
				return post(profileDocument, token, map[string]any{"id": c.user(i).ID})
			},
			func(i int, token string) []byte { return get("/profile/"+c.user(i).ID, token) },
		},
		{
			"b", "a page of 50 users with their devices",
			func(i int, token string) []byte {
				return post(pageDocument, token, map[string]any{"after": c.after(i)})
			},
			func(i int, token string) []byte { return get("/page?after="+url.QueryEscape(c.after(i)), token) },
		},
	}
}

func (r read) of(p *process) func(i int, token string) []byte {
	if p.role == deskRole {
		return r.desk
	}
	return r.baseline
}

// compared is how many answers are compared before anything is measured.
const compared = 48

// compare asks both servers the same and fails if the answers differ. It returns
// how many of them were the same bytes.
func (b *bench) compare(ctx context.Context, r read) (same int, err error) {
	var conns [2]*connection
	for n, p := range b.both() {
		if conns[n], err = connect(ctx, p.at.Public); err != nil {
			return 0, err
		}
		defer func() { _ = conns[n].Close() }()
	}
	for k := range compared {
		i := k * (b.crowd.users - 1) / (compared - 1)
		var bodies [2]string
		var decoded [2]any
		for n, p := range b.both() {
			body, err := conns[n].ask(r.of(p)(i, b.tokens[0]))
			if err == nil {
				err = json.Unmarshal(body, &decoded[n])
			}
			if err != nil {
				return 0, fmt.Errorf("%s: %w", p.role, err)
			}
			bodies[n] = string(body)
		}
		if diff := cmp.Diff(decoded[1], decoded[0]); diff != "" {
			return 0, fmt.Errorf("the answers about customer %d differ (- baseline, + %s):\n%s", i, deskRole, diff)
		}
		if bodies[0] == bodies[1] {
			same++
		}
	}
	return same, nil
}

const seed = 20260302

// endless asks about customers at random until the time is over, and once
// however short it is; each connection about its own, in every round and of both
// servers the same ones.
func (b *bench) endless(r read, p *process, connections int, d time.Duration) source {
	request := r.of(p)
	random := make([]*rand.Rand, connections)
	for n := range random {
		random[n] = rand.New(rand.NewPCG(seed, uint64(n)))
	}
	began, ends := make([]bool, connections), time.Now().Add(d)
	return func(n int) ([]byte, func([]byte) error) {
		if began[n] && time.Now().After(ends) {
			return nil, nil
		}
		began[n] = true
		return request(random[n].IntN(b.crowd.users), b.tokens[n]), nil
	}
}

// measureRead lets both servers answer in turn, round by round.
func (b *bench) measureRead(ctx context.Context, r read, connections int) error {
	var samples [2][]sample
	for _, p := range b.both() {
		if err := p.ask(ctx, "POST", "/settle", nil); err != nil {
			return err
		}
		if _, err := drive(ctx, p.at.Public, connections, b.endless(r, p, connections, b.duration/2)); err != nil {
			return err
		}
	}
	for range b.rounds {
		for n, p := range b.both() {
			s, err := b.profiled(ctx, p, b.database+"-"+r.part, connections, b.endless(r, p, connections, b.duration))
			if err != nil {
				return err
			}
			if s.failures > 0 {
				return fmt.Errorf("%s: %d answers to %s failed, one with %s", p.role, s.failures, r.part, s.failure)
			}
			samples[n] = append(samples[n], s)
		}
	}
	b.report.add(connections, deskRole, median(samples[0]))
	b.report.add(connections, baselineRole, median(samples[1]))
	b.report.addRatio(connections, ratio(samples[0], samples[1]))
	return nil
}
