package pgtest

import (
	"bytes"
	"net"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

// Line is a way to a database that can fall silent, as a network does whose packets
// are lost: what is sent is taken, and nothing ever comes.
type Line struct {
	// URL is the database's, by this way.
	URL    string
	behind string
	mu     sync.Mutex
	silent bool
	refuse bool
	calls  map[*call]struct{}
	// said is put before the answer to what has the text at in it, once.
	at, said []byte
}

// call is one connection through a line. One that was silent once stays so.
type call struct {
	line           *Line
	client, server net.Conn
	silent         atomic.Bool
	// said comes before what the server sends next.
	said atomic.Pointer[[]byte]
}

// NewLine opens a way to a database, which lasts as long as the test.
func NewLine(t testing.TB, databaseURL string) *Line {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &Line{behind: u.Host, calls: map[*call]struct{}{}}
	u.Host = listener.Addr().String()
	l.URL = u.String()
	t.Cleanup(func() { _ = listener.Close(); l.Refuse() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go l.connect(client)
		}
	}()
	return l
}

func (l *Line) connect(client net.Conn) {
	server, err := net.Dial("tcp", l.behind) //nolint:noctx // it lasts as long as its listener
	if err != nil {
		_ = client.Close()
		return
	}
	c := &call{line: l, client: client, server: server}
	l.mu.Lock()
	c.silent.Store(l.silent)
	if l.refuse {
		_, _ = client.Close(), server.Close()
	}
	l.calls[c] = struct{}{}
	l.mu.Unlock()
	go func() {
		c.pass(server, client)
		if !c.silent.Load() { // that the server hung up isn't heard either
			_ = client.Close()
		}
	}()
	c.pass(client, server)
	_, _ = client.Close(), server.Close()
	l.mu.Lock()
	delete(l.calls, c)
	l.mu.Unlock()
}

// pass hands on what comes, or drops it.
func (c *call) pass(from, to net.Conn) {
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		if n > 0 && !c.silent.Load() {
			sent := b[:n]
			if from == c.client {
				c.line.heard(c, sent)
			} else if said := c.said.Swap(nil); said != nil {
				sent = slices.Concat(*said, sent)
			}
			if _, err := to.Write(sent); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// Silence lets nothing through any more. Connections are still taken.
func (l *Line) Silence() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.silent = true
	for c := range l.calls {
		c.silent.Store(true)
	}
}

// Speak lets through what connections send that are made from now on.
func (l *Line) Speak() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.silent = false
}

// Interject has the server say something more, before its answer to the next that is
// sent with a text in it.
func (l *Line) Interject(at string, said []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.at, l.said = []byte(at), said
}

func (l *Line) heard(c *call, sent []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.said != nil && bytes.Contains(sent, l.at) {
		said := l.said
		c.said.Store(&said)
		l.said = nil
	}
}

// Refuse ends all connections, and each that is made from now on.
func (l *Line) Refuse() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refuse = true
	l.cut()
}

// Cut ends all connections.
func (l *Line) Cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut()
}

func (l *Line) cut() {
	for c := range l.calls {
		_, _ = c.client.Close(), c.server.Close()
	}
}
