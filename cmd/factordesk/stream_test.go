package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// stream is the answer to a subscription, as it comes.
type stream struct {
	c    *client
	body *bufio.Reader
	end  func()
}

// subscribe opens a subscription, which ends with the test at the latest.
func (c *client) subscribe(document string, variables map[string]any) *stream {
	c.t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.api+"/graphql", bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	for name, values := range c.header {
		req.Header[name] = values
	}
	req.Host = c.header.Get("Host")
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	for name, value := range c.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := http.DefaultClient.Do(req) //nolint:bodyclose // the stream closes it
	if err != nil {
		c.t.Fatal(err)
	}
	s := &stream{c, bufio.NewReader(res.Body), func() { cancel(); _ = res.Body.Close() }}
	c.t.Cleanup(s.end)
	return s
}

// next reads the next event, comments apart; ok is false where it says that there is none.
func (s *stream) next() (a answer, ok bool) {
	s.c.t.Helper()
	for {
		line, err := s.body.ReadString('\n')
		switch {
		case err != nil:
			s.c.t.Fatalf("the stream was cut: %v", err)
		case line == "event: complete\n":
			return answer{}, false
		}
		if data, isData := strings.CutPrefix(line, "data: "); isData {
			read(s.c.t, []byte(data), &a)
			s.c.process.answered.note(a)
			var whole struct{ Errors json.RawMessage }
			read(s.c.t, []byte(data), &whole)
			_, _ = s.c.process.errors.Write(append(whole.Errors, '\n'))
			return a, true
		}
	}
}

const watchTexts = `subscription($user: ID!) { notificationUpdated(userId: $user) { id status body to } }`

// TestServe_EndsStreams ends the server while somebody waits for updates: the stream is
// told so before the drain, and keeps nobody.
func TestServe_EndsStreams(t *testing.T) {
	for name, url := range demoDatabases(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := serve(t, []string{"DATABASE_URL=" + url, "FACTORDESK_DRAIN=2s"}, "--demo")
			agent, _ := p.signIn("harbor", "agent@harbor.example", "+12025550182")
			mobile := agent.userID("mobile@customer.example")
			s := agent.subscribe(watchTexts, vars{"user": mobile})
			p.texts("mobile@customer.example")
			if a, ok := s.next(); !ok || len(a.Errors) > 0 || !strings.Contains(string(a.Data), "+12025550101") {
				t.Fatalf("%s %+v", a.Data, a.Errors)
			}
			p.signal(syscall.SIGTERM)
			for ok := true; ok; {
				_, ok = s.next()
			}
			select {
			case <-p.ended:
				t.Error("the process ended before it drained")
			default:
			}
			if a, ok := agent.subscribe(watchTexts, vars{"user": mobile}).next(); !ok || len(a.Errors) != 1 || a.Errors[0].Extensions.Code != "UNAVAILABLE" {
				t.Errorf("a stream begins as the process ends: %+v", a)
			}
			p.wait() // for exit code 0
			if log := p.errs.String(); strings.Contains(log, "ERROR") {
				t.Error(log)
			}
		})
	}
}

// texts has a code be texted to a customer of Harbor's.
func (p *process) texts(email string) {
	p.t.Helper()
	browser := p.browser()
	asked := browser.password("harbor", email, password)
	browser.ask(&struct{}{}, sendCode, vars{"challenge": asked.ID, "option": asked.Options[0].ID})
}
