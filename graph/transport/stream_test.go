package transport_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/graph/transport"
)

// numbers counts by a subscription, one number for each that is sent to it.
type numbers struct {
	graphql.ExecutableSchema
	send chan string
	// left is closed when the subscription is.
	left chan struct{}
	// hang keeps the subscription from opening.
	hang bool
}

var schema = gqlparser.MustLoadSchema(&ast.Source{Input: `type Query { now: Int } type Subscription { count(to: Int): Int refused: Int }`})

func (n *numbers) Schema() *ast.Schema { return schema }

func (n *numbers) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 1, true
}

func (n *numbers) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx).Operation
	switch {
	case op.Operation == ast.Query:
		return graphql.OneShot(&graphql.Response{Data: []byte(`{"now":1}`)})
	case strings.Contains(graphql.GetOperationContext(ctx).RawQuery, "refused"):
		graphql.AddErrorf(ctx, "no")
		return nil
	case n.hang:
		<-ctx.Done()
	}
	context.AfterFunc(ctx, func() { close(n.left) })
	return func(ctx context.Context) *graphql.Response {
		select {
		case <-ctx.Done():
			return nil
		case data, open := <-n.send:
			if !open {
				return nil
			}
			return &graphql.Response{Data: []byte(data)}
		}
	}
}

func newNumbers(t *testing.T, around func(http.Handler) http.Handler) (*numbers, *httptest.Server) {
	t.Helper()
	n := &numbers{send: make(chan string), left: make(chan struct{})}
	s := httptest.NewUnstartedServer(around(transport.NewServer(n, transport.Operations{}, true)))
	s.Config.ReadTimeout, s.Config.WriteTimeout = 200*time.Millisecond, 200*time.Millisecond
	s.Start()
	t.Cleanup(s.Close)
	return n, s
}

func plainly(h http.Handler) http.Handler { return h }

// ask posts a document and returns what comes of it, which is closed with the test.
func ask(t *testing.T, s *httptest.Server, accept, document string) coming {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, strings.NewReader(`{"query":"`+document+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", accept)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return coming{bufio.NewReader(res.Body), res.StatusCode, res.Header, func() { _ = res.Body.Close() }}
}

// coming is an answer that may still be under way.
type coming struct {
	*bufio.Reader
	status int
	header http.Header
	leave  func()
}

func expect(t *testing.T, from io.Reader, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(from, got); err != nil || string(got) != want {
		t.Fatalf("got %q, %v; want %q", got, err, want)
	}
}

func expectEnd(t *testing.T, from io.Reader) {
	t.Helper()
	if rest, err := io.ReadAll(from); err != nil || len(rest) > 0 {
		t.Fatalf("%q, %v come after the end", rest, err)
	}
}

const (
	stream   = "text/event-stream"
	complete = "event: complete\ndata: \n\n"
)

// The limits of the server are those of requests: a stream outlasts them.
func TestStream(t *testing.T) {
	t.Parallel()
	n, s := newNumbers(t, func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithTimeout(r.Context(), 100*time.Millisecond)
			defer cancel()
			h.ServeHTTP(w, r.WithContext(transport.WithConnection(ctx, r.Context())))
		})
	})
	for _, accept := range []string{stream, stream + ", multipart/mixed", "application/json, " + stream} {
		body := ask(t, s, accept, "subscription { count }")
		expect(t, body, ":\n\n")
		for name, want := range map[string]string{"Content-Type": stream + "; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no"} {
			if got := body.header.Get(name); got != want || body.status != http.StatusOK {
				t.Errorf("%d %s: %q", body.status, name, got)
			}
		}
		n.send <- `{"count":1}`
		expect(t, body, "event: next\ndata: {\"data\":{\"count\":1}}\n\n")
		time.Sleep(500 * time.Millisecond) // beyond every limit of a request
		n.send <- "{\n\"count\":2}"
		expect(t, body, "event: next\ndata: {\"data\":{\"count\":2}}\n\n")
		close(n.send)
		expect(t, body, complete)
		expectEnd(t, body)
		<-n.left
		n.send, n.left = make(chan string), make(chan struct{})
	}
}

func TestStream_EndsWithTheClient(t *testing.T) {
	t.Parallel()
	n, s := newNumbers(t, plainly)
	body := ask(t, s, stream, "subscription { count }")
	expect(t, body, ":\n\n")
	body.leave()
	select {
	case <-n.left:
	case <-time.After(10 * time.Second):
		t.Error("the subscription goes on without its client")
	}
}

// What takes too long to open is refused within a request's time.
func TestStream_OpensInTime(t *testing.T) {
	t.Parallel()
	n, s := newNumbers(t, func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithTimeout(r.Context(), 50*time.Millisecond)
			defer cancel()
			h.ServeHTTP(w, r.WithContext(transport.WithConnection(ctx, r.Context())))
		})
	})
	n.hang = true
	body := ask(t, s, stream, "subscription { count }")
	expect(t, body, `event: next`+"\n"+`data: {"errors":[{"message":"This took too long. Try again.","extensions":{"code":"TIMEOUT"}}]}`+"\n\n"+complete)
	expectEnd(t, body)
}

// What is refused, or no subscription, is one event where nothing else is accepted.
func TestStream_OneEvent(t *testing.T) {
	t.Parallel()
	_, s := newNumbers(t, plainly)
	for document, want := range map[string]string{
		"{ now }":                  `{"data":{"now":1}}`,
		"{ then }":                 `{"errors":[`,
		"{":                        `{"errors":[`,
		"subscription { refused }": `{"errors":[{"message":"no"}]}`,
		"subscription { a: count b: count(to: 2) }": `{"errors":[{"message":"A subscription asks for exactly one field."`,
	} {
		body := ask(t, s, stream, document)
		all, err := io.ReadAll(body)
		if err != nil || body.status != http.StatusOK || body.header.Get("Content-Type") != stream+"; charset=utf-8" ||
			!strings.HasPrefix(string(all), "event: next\ndata: "+want) || !strings.HasSuffix(string(all), "\n\n"+complete) || strings.Count(string(all), "\n") != 6 {
			t.Errorf("%s is answered %d %q %v", document, body.status, all, err)
		}
	}
}

// What is no GraphQL at all, and who does not take events, is answered by JSON.
func TestStream_OnlyWhereItIsAccepted(t *testing.T) {
	t.Parallel()
	_, s := newNumbers(t, plainly)
	for _, c := range []struct {
		accept, document string
		status           int
		code             string
	}{
		{"application/json", "subscription { count }", http.StatusNotAcceptable, "INVALID_INPUT"},
		{"*/*", "subscription { count }", http.StatusNotAcceptable, "INVALID_INPUT"},
		{"text/*", "{ now }", http.StatusNotAcceptable, "INVALID_INPUT"},
		{stream + "; charset=latin-1", "{ now }", http.StatusNotAcceptable, "INVALID_INPUT"},
		{stream, `\"`, http.StatusOK, ""},
		{stream + ", application/json", "{ now }", http.StatusOK, ""},
	} {
		body := ask(t, s, c.accept, c.document)
		all, _ := io.ReadAll(body)
		if body.status != c.status || !strings.Contains(string(all), c.code) {
			t.Errorf("%s for %s: %d %s", c.document, c.accept, body.status, all)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/?query=subscription%20%7Bcount%7D", nil)
	r.Header.Set("Accept", stream+", application/json")
	w := httptest.NewRecorder()
	s.Config.Handler.ServeHTTP(w, r)
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("GET is answered %d", w.Code)
	}
}
