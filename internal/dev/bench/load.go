package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// patience is how long one answer may take.
const patience = 30 * time.Second

// connection is one keep-alive connection. It is written by hand because the
// standard client's goroutines would take the servers' share of the cores.
type connection struct {
	net.Conn
	in   *bufio.Reader
	body bytes.Buffer
}

func connect(ctx context.Context, address string) (*connection, error) {
	var dialer net.Dialer
	c, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &connection{Conn: c, in: bufio.NewReaderSize(c, 64<<10)}, nil
}

// ask sends a request and returns the answer's body, which is good until the next.
func (c *connection) ask(request []byte) ([]byte, error) {
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	if _, err := c.Write(request); err != nil {
		return nil, err
	}
	answer, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	c.body.Reset()
	_, err = io.Copy(&c.body, answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, c.body.Bytes())
	}
	return c.body.Bytes(), err
}

// source returns a connection's next request, nil after its last, and is told the
// answer.
type source func(connection int) (request []byte, done func(answer []byte) error)

// outcome is what came of some load.
type outcome struct {
	elapsed time.Duration
	// latencies are in ascending order.
	latencies []time.Duration
	// failures are answers with errors; failure is one of them.
	failures int
	failure  string
}

// drive asks over many connections at once until the source has no more.
func drive(ctx context.Context, address string, connections int, next source) (outcome, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	each := make([]outcome, connections)
	var running sync.WaitGroup
	started := time.Now()
	for n := range connections {
		running.Go(func() {
			c, err := connect(ctx, address)
			if err == nil {
				each[n], err = c.loop(ctx, func() ([]byte, func([]byte) error) { return next(n) })
				_ = c.Close()
			}
			if err != nil {
				cancel(err)
			}
		})
	}
	running.Wait()
	all := outcome{elapsed: time.Since(started)}
	for _, one := range each {
		all.latencies = append(all.latencies, one.latencies...)
		all.failures += one.failures
		if one.failure != "" {
			all.failure = one.failure
		}
	}
	slices.Sort(all.latencies)
	return all, context.Cause(ctx)
}

var good = []byte(`{"data":{`)

func (c *connection) loop(ctx context.Context, next func() ([]byte, func([]byte) error)) (outcome, error) {
	var o outcome
	for ctx.Err() == nil {
		request, done := next()
		if request == nil {
			break
		}
		asked := time.Now()
		answer, err := c.ask(request)
		if err != nil {
			return o, err
		}
		o.latencies = append(o.latencies, time.Since(asked))
		if !bytes.HasPrefix(answer, good) {
			o.failures, o.failure = o.failures+1, string(answer)
			continue
		}
		if done != nil {
			if err := done(answer); err != nil {
				return o, err
			}
		}
	}
	return o, nil
}

// percentile returns the latency that p percent of the answers did not exceed.
func (o outcome) percentile(p int) time.Duration {
	if len(o.latencies) == 0 {
		return 0
	}
	return o.latencies[(len(o.latencies)*p+99)/100-1]
}
