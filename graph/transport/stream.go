package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// eventStream is the media type of answers that come one by one, by the distinct
// connections mode of https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md.
const eventStream = "text/event-stream"

const (
	// sayAlive is how often a stream says that it is there: proxies end what is silent.
	sayAlive = 15 * time.Second
	// writeWithin is how long a client may take to take one event.
	writeWithin = 10 * time.Second
)

const wantsStream = "A subscription is answered as a stream: send a POST that accepts " + eventStream + "."

type connectionKey struct{}

// WithConnection returns a context for one request that lasts as long as ctx says, in
// which a stream lasts as long as the connection does, whose context is given.
func WithConnection(ctx, connection context.Context) context.Context {
	return context.WithValue(ctx, connectionKey{}, connection)
}

// acceptsStream reports whether a client takes events, and says so by name.
func acceptsStream(accept []string) bool {
	for _, part := range strings.Split(strings.Join(accept, ","), ",") {
		mediaType, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err == nil && mediaType == eventStream && inUTF8(params) {
			return true
		}
	}
	return false
}

// stream runs a subscription until it ends, the client leaves, or does not take what is
// written. What refuses it, without a connection that stays open, is one event.
func (a answer) stream(r *http.Request, exec graphql.GraphExecutor, op *graphql.OperationContext) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	opened := context.AfterFunc(r.Context(), cancel) // what is asked before it opens has a request's time
	responses, ctx := exec.DispatchOperation(ctx, op)
	if refused := responses(over(ctx)); refused != nil {
		a.once(*refused)
		return
	}
	if !opened() {
		a.once(graphql.Response{Errors: gqlerror.List{refusal(fault.Timeout, tookTooLong)}})
		return
	}
	if connection, ok := r.Context().Value(connectionKey{}).(context.Context); ok {
		defer context.AfterFunc(connection, cancel)()
	} else {
		defer context.AfterFunc(r.Context(), cancel)()
	}
	e := a.begin(cancel)
	defer e.stopAlive()
	e.comment()
	for response := responses(ctx); response != nil; response = responses(ctx) {
		if !e.next(*response) {
			return
		}
	}
	if ctx.Err() == nil {
		e.complete()
	}
}

// over returns a context that has ended. Where one asks for the next of a stream in it,
// there is none, but what refused the stream is told all the same.
func over(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return ctx
}

// once answers with one event, which is all there is.
func (a answer) once(response graphql.Response) {
	e := a.begin(func() {})
	defer e.stopAlive()
	if e.next(response) {
		e.complete()
	}
}

// events writes a stream.
type events struct {
	w     http.ResponseWriter
	to    *http.ResponseController
	leave context.CancelFunc

	mu    sync.Mutex
	alive *time.Timer
	ended bool
}

// begin begins a stream; leave is called when the client does not take what is written.
func (a answer) begin(leave context.CancelFunc) *events {
	e := &events{w: a.w, to: http.NewResponseController(a.w), leave: leave}
	h := a.w.Header()
	h.Set("Content-Type", eventStream+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	// The server's limits are those of requests. Where there are none, nothing has to be
	// taken off.
	_ = e.to.SetReadDeadline(time.Time{})
	a.w.WriteHeader(http.StatusOK)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.alive = time.AfterFunc(sayAlive, e.comment)
	return e
}

// comment writes what clients take no notice of.
func (e *events) comment() { e.write([]byte(":\n\n")) }

// next writes one result, and reports whether the client took it.
func (e *events) next(response graphql.Response) bool {
	result := envelope{Errors: response.Errors, Extensions: response.Extensions}
	head, err := result.before(response.Data)
	if err != nil {
		e.leave()
		return false
	}
	data := append(append(head, response.Data...), '}')
	if bytes.ContainsAny(data, "\n\r") {
		var one bytes.Buffer
		if json.Compact(&one, data) == nil {
			data = one.Bytes()
		}
	}
	return e.write(append(append([]byte("event: next\ndata: "), data...), "\n\n"...))
}

// complete tells the client that there is no more.
func (e *events) complete() { e.write([]byte("event: complete\ndata: \n\n")) }

func (e *events) write(event []byte) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ended {
		return false
	}
	_ = e.to.SetWriteDeadline(time.Now().Add(writeWithin))
	_, err := e.w.Write(event)
	if err == nil {
		err = e.to.Flush()
	}
	if err != nil {
		e.ended = true
		e.leave()
		return false
	}
	e.alive.Reset(sayAlive)
	return true
}

// stopAlive ends that anything more is written: the connection is somebody else's soon.
func (e *events) stopAlive() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ended = true
	e.alive.Stop()
}
