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

type feedKey struct{}

// feed is how the next result of a stream is waited for.
type feed struct{ wait func() bool }

// FeedBy has a resolver of a subscription say how the next result is waited for: wait
// returns once the resolver's channel has it, false where the stream is over. So a stream
// waits with nothing of gqlgen on its stack and no goroutine to fill the channel, which
// is a third of what an idle one takes. The context is the resolver's.
func FeedBy(ctx context.Context, wait func() bool) {
	if f, ok := ctx.Value(feedKey{}).(*feed); ok {
		f.wait = wait
	}
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
// written.
func (a *answer) stream(r *http.Request, exec graphql.GraphExecutor, op *graphql.OperationContext) {
	e, next, ctx := a.open(r, exec, op)
	if e == nil {
		return
	}
	defer e.close()
	for e.wait() {
		response := next(ctx)
		if response == nil {
			break
		}
		if !e.next(response) {
			return
		}
	}
	if ctx.Err() == nil {
		e.complete()
	}
}

// open begins the stream of a subscription, which e.close ends. What refuses it is
// answered by one event, and e is nil.
func (a *answer) open(r *http.Request, exec graphql.GraphExecutor, op *graphql.OperationContext) (e *events, next graphql.ResponseHandler, ctx context.Context) {
	streaming, leave := context.WithCancel(context.WithoutCancel(r.Context()))
	opened := context.AfterFunc(r.Context(), leave) // what is asked before it opens has a request's time
	fed := &feed{wait: func() bool { return true }}
	next, ctx = exec.DispatchOperation(context.WithValue(streaming, feedKey{}, fed), op)
	refused := next(over(ctx))
	if refused == nil && !opened() {
		refused = &graphql.Response{Errors: gqlerror.List{refusal(fault.Timeout, tookTooLong)}}
	}
	if refused != nil {
		leave()
		a.once(*refused)
		return nil, nil, nil
	}
	connection, ok := r.Context().Value(connectionKey{}).(context.Context)
	if !ok {
		connection = r.Context()
	}
	stop := context.AfterFunc(connection, leave)
	e = a.begin(func() { stop(); leave() })
	e.wait = fed.wait
	e.comment()
	return e, next, ctx
}

// over returns a context that has ended. Where one asks for the next of a stream in it,
// there is none, but what refused the stream is told all the same.
func over(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return ctx
}

// once answers with one event, which is all there is.
func (a *answer) once(response graphql.Response) {
	e := a.begin(func() {})
	defer e.close()
	if e.next(&response) {
		e.complete()
	}
}

// events writes a stream.
type events struct {
	w     http.ResponseWriter
	to    *http.ResponseController
	leave context.CancelFunc
	// wait waits for what comes next; false where nothing does.
	wait func() bool

	mu    sync.Mutex
	alive *time.Timer
	ended bool
}

// begin begins a stream; leave is called when the client does not take what is written.
func (a *answer) begin(leave context.CancelFunc) *events {
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
func (e *events) next(response *graphql.Response) bool {
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

// close ends that anything more is written, for the connection is somebody else's soon,
// and leaves.
func (e *events) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ended = true
	e.alive.Stop()
	e.leave()
}
