package desktest

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// Stream is the answer to a subscription, as it comes.
type Stream struct {
	desk   *Desk
	leave  context.CancelFunc
	header http.Header
	// begun is closed by what comes first, ended when the handler has returned.
	begun, ended chan struct{}
	once         sync.Once

	mu sync.Mutex
	// events came and were not asked for yet.
	events    []Answer
	more      chan struct{}
	completed bool
}

// Live joins the desk's streams to what other processes do and to what becomes of
// sessions, until the test ends. It returns once the desk hears others, where it can.
func (d *Desk) Live() {
	d.t.Helper()
	ctx, stop := context.WithCancel(d.t.Context())
	ended := make(chan struct{})
	const heard = "live updates show what other processes do, too"
	before := strings.Count(d.Log.String(), heard)
	go func() { defer close(ended); d.Desk.Live.Run(ctx) }()
	d.t.Cleanup(func() { stop(); <-ended })
	for until := time.Now().Add(patience); strings.HasPrefix(d.database, "postgres") && strings.Count(d.Log.String(), heard) == before; time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			d.t.Fatalf("the desk does not hear what others do: %s", d.Log)
		}
	}
}

// Subscribe opens a subscription, which ends with the test at the latest. It returns once
// that is open or refused.
func (c *Client) Subscribe(document string, variables ...V) *Stream {
	c.desk.t.Helper()
	ctx, leave := context.WithCancel(c.desk.t.Context())
	s := &Stream{desk: c.desk, leave: leave, header: http.Header{}, begun: make(chan struct{}), ended: make(chan struct{}), more: make(chan struct{}, 1)}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", strings.NewReader(c.body(document, variables)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	c.dress(r)
	go func() {
		defer close(s.ended)
		c.desk.Handler.ServeHTTP(s, r)
	}()
	c.desk.t.Cleanup(s.Leave)
	s.await(s.begun)
	return s
}

// Leave hangs up, and waits until the desk has noticed.
func (s *Stream) Leave() {
	s.leave()
	<-s.ended
}

// Next waits for the next event.
func (s *Stream) Next() Answer {
	s.desk.t.Helper()
	for {
		if a, ok := s.take(); ok {
			return a
		}
		s.await(s.more)
	}
}

// Ended waits until the stream is over, and fails the test if it did not end in order.
func (s *Stream) Ended() {
	s.desk.t.Helper()
	s.await(s.ended)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.completed {
		s.desk.t.Error("the stream was cut")
	}
}

// Open reports whether the stream goes on.
func (s *Stream) Open() bool {
	select {
	case <-s.ended:
		return false
	default:
		return true
	}
}

// Code returns the code of the error that refused the subscription, "" if it is open.
func (s *Stream) Code() string {
	s.desk.t.Helper()
	if a, ok := s.take(); ok && len(a.Errors) > 0 {
		code, _ := a.Errors[0].Extensions["code"].(string)
		return code
	}
	return ""
}

func (s *Stream) take() (Answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.events) == 0 {
		return Answer{}, false
	}
	a := s.events[0]
	s.events = s.events[1:]
	return a, true
}

func (s *Stream) await(what <-chan struct{}) {
	s.desk.t.Helper()
	select {
	case <-what:
	case <-time.After(patience):
		s.desk.t.Fatal("nothing comes of the stream")
	}
}

// Header implements http.ResponseWriter.
func (s *Stream) Header() http.Header { return s.header }

// WriteHeader implements http.ResponseWriter.
func (s *Stream) WriteHeader(int) {}

// Flush implements http.Flusher.
func (s *Stream) Flush() {}

// Write implements http.ResponseWriter: it takes one event.
func (s *Stream) Write(event []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data, isNext := strings.CutPrefix(string(event), "event: next\ndata: ")
	if isNext {
		a := Answer{t: s.desk.t, Status: http.StatusOK, Header: s.header, Body: data}
		if err := json.Unmarshal([]byte(data), &a); err != nil {
			s.desk.t.Errorf("an event is no JSON: %v\n%s", err, data)
		}
		s.events = append(s.events, a)
		select {
		case s.more <- struct{}{}:
		default:
		}
	}
	s.completed = s.completed || string(event) == "event: complete\ndata: \n\n"
	s.once.Do(func() { close(s.begun) })
	return len(event), nil
}
