package main

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// listening serves a desk at an address of this machine.
func listening(t *testing.T, change func(*httpServer)) (*desktest.Desk, string) {
	t.Helper()
	d := desktest.New(t)
	s := newHTTPServer("test", d.Handler, make(chan error, 1), slog.New(slog.DiscardHandler))
	change(s)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.start(l)
	t.Cleanup(func() { _ = s.Close() })
	return d, l.Addr().String()
}

// hang opens a connection, sends what it is given and leaves it at that.
func hang(t *testing.T, addr, sent string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, sent); err != nil {
		t.Fatal(err)
	}
	return conn
}

const (
	slowHeader = "POST /graphql HTTP/1.1\r\nHost: desk.example\r\nContent-Ty"
	slowBody   = "POST /graphql HTTP/1.1\r\nHost: desk.example\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
	endless    = "POST /graphql HTTP/1.1\r\nHost: desk.example\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"
	idle       = "GET /healthz HTTP/1.1\r\nHost: desk.example\r\n\r\n"
)

// ask posts a document to a desk and returns the answer's body.
func ask(client *http.Client, addr, cookie, document string) (string, error) {
	r, err := http.NewRequest(http.MethodPost, "http://"+addr+"/graphql", strings.NewReader(fmt.Sprintf(`{"query": %q}`, document)))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/json")
	r.AddCookie(&http.Cookie{Name: "fd_staff", Value: cookie})
	res, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	return string(body), err
}

// TestAbuse_OthersAreServedMeanwhile holds 200 connections with requests that
// don't end and sends bombs, while somebody else works as ever.
func TestAbuse_OthersAreServedMeanwhile(t *testing.T) {
	t.Parallel()
	d, addr := listening(t, func(*httpServer) {})
	session := d.As(d.Harbor.Admin).Cookies["fd_staff"]
	client := &http.Client{Timeout: patience, Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	for i := range 200 {
		hang(t, addr, []string{slowHeader, slowBody, endless, idle}[i%4])
	}
	bombs := []string{
		"{ " + strings.Repeat("... { ", 450) + strings.Repeat("__typename ", 1000) + strings.Repeat("}", 450) + "}",
		"{ viewer { user { " + strings.Repeat("id ", 2900) + "} } }",
		strings.Repeat("{ viewer ", 2000),
		"{ " + strings.Repeat("a: __typename ", 900) + "}",
		"{ ...F } fragment F on Query { ...F ...F }",
	}
	var attackers sync.WaitGroup
	for _, bomb := range bombs {
		attackers.Go(func() {
			for range 20 {
				if body, err := ask(client, addr, "", bomb); err != nil || !strings.Contains(body, "INVALID_INPUT") || strings.Contains(body, `"data"`) {
					t.Errorf("%.40s: %v %.300s", bomb, err, body)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { defer close(done); attackers.Wait() }()
	for served, attacked := 0, true; attacked || served < 20; served++ {
		body, err := ask(client, addr, session, "{ viewer { user { email } } }")
		if err != nil || body != `{"data":{"viewer":{"user":{"email":"`+d.Harbor.Admin.Email+`"}}}}` {
			t.Fatalf("not served: %v %s", err, body)
		}
		select {
		case <-done:
			attacked = false
		default:
		}
	}
}

// TestAbuse_SlowConnectionsAreClosed waits for the end of each, which is the
// server's doing.
func TestAbuse_SlowConnectionsAreClosed(t *testing.T) {
	t.Parallel()
	_, addr := listening(t, func(s *httpServer) {
		for _, limit := range []*time.Duration{&s.ReadHeaderTimeout, &s.ReadTimeout, &s.IdleTimeout} {
			if *limit <= 0 {
				t.Error("a server without a limit")
			}
			*limit = 300 * time.Millisecond
		}
		if s.WriteTimeout <= s.ReadTimeout {
			t.Error("no time to answer what took long to read, or no limit")
		}
	})
	for name, tt := range map[string]struct{ sent, status string }{
		"a slow header": {slowHeader, ""}, "a slow body": {slowBody, "400"}, "a body without end": {endless, "400"},
		"an idle connection":   {idle, "200"},
		"two requests at once": {idle + idle, "200"},
	} {
		answer, err := io.ReadAll(bufio.NewReader(hang(t, addr, tt.sent)))
		if err != nil {
			t.Errorf("%s: not closed: %v", name, err)
		}
		if tt.status != "" && !strings.HasPrefix(string(answer), "HTTP/1.1 "+tt.status) {
			t.Errorf("%s: %s", name, answer)
		}
	}
}
