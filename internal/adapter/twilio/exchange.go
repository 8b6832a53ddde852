package twilio

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"strconv"
	"sync/atomic"
	"time"
)

// maxAnswer is the most that is read of an answer; a list of 1000 texts stays
// under it.
const maxAnswer = 8 << 20

// exchange is one request and its answer. As the RoundTripper of a twilio-go
// client it gives the request what twilio-go can't: the caller's context and
// another address. And it reads every answer to its end, so that connections
// are used again and a connection cut halfway shows as an error.
type exchange struct {
	ctx    context.Context // of this one request, which ends before its caller does
	via    http.RoundTripper
	base   *url.URL
	asked  bool
	answer answer
	// sought and found are for the connection.
	sought, found atomic.Bool
}

// connectLimit is how long a connection may take, from looking for it to the end of its
// handshake: short enough that another account can be asked within a request.
const connectLimit = 3 * time.Second

// unconnected reports whether no connection was made, so that Twilio heard nothing.
func (x *exchange) unconnected() bool { return x.sought.Load() && !x.found.Load() }

// answer is what Twilio said, as far as errors need it. Its zero value says that
// there was no answer, or not the whole of one.
type answer struct {
	status int
	// code is Twilio's, 0 for none.
	code int
	// retryAfter is how long Twilio asked to wait, 0 for not at all.
	retryAfter time.Duration
	requestID  string
}

var (
	errAskedTwice = errors.New("a second request was held back")
	errTooLong    = errors.New("the answer is too long")
	errNoConn     = errors.New("no connection was made in time")
)

// RoundTrip implements http.RoundTripper.
func (x *exchange) RoundTrip(req *http.Request) (*http.Response, error) {
	if x.asked { // twilio-go repeats some requests whose error it can't read, sends too
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, errAskedTwice
	}
	x.asked = true
	ctx, giveUp := context.WithCancelCause(x.ctx)
	defer giveUp(nil) // the answer is read to its end here
	defer time.AfterFunc(connectLimit, func() {
		if x.unconnected() {
			giveUp(errNoConn)
		}
	}).Stop()
	req = req.Clone(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { x.sought.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { x.found.Store(true) },
	}))
	if x.base != nil {
		req.Host = req.URL.Host
		req.URL.Scheme, req.URL.Host = x.base.Scheme, x.base.Host
	}
	res, err := x.via.RoundTrip(req)
	if err != nil && context.Cause(ctx) == errNoConn { //nolint:errorlint // it is the cause itself
		err = errNoConn // net/http may say that somebody left
	}
	if err != nil {
		return nil, err
	}
	body, err := readAll(res.Body)
	if err != nil {
		return nil, err
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	x.answer = answer{
		status: res.StatusCode, code: errorCode(res.StatusCode, body),
		retryAfter: retryAfter(res.Header), requestID: requestID(res.Header),
	}
	return res, nil
}

func readAll(body io.ReadCloser) ([]byte, error) {
	defer func() { _ = body.Close() }()
	read, err := io.ReadAll(io.LimitReader(body, maxAnswer+1))
	if err == nil && len(read) > maxAnswer {
		err = errTooLong
	}
	return read, err
}

// errorCode reads Twilio's code out of a refusal, 0 if there is none.
func errorCode(status int, body []byte) int {
	var refusal struct {
		Code int `json:"code"`
	}
	if status < 400 || json.Unmarshal(body, &refusal) != nil {
		return 0
	}
	return refusal.Code
}

// retryAfter reads Retry-After (RFC 9110, section 10.2.3): seconds, or a date
// that is held against the answer's own. An hour is the longest believed.
func retryAfter(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	var wait time.Duration
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if until, err := http.ParseTime(value); err == nil {
		if now, err := http.ParseTime(h.Get("Date")); err == nil {
			wait = until.Sub(now)
		}
	}
	return min(max(wait, 0), time.Hour)
}

var requestForm = regexp.MustCompile(`^RQ[0-9a-f]{32}$`)

// requestID is the name under which Twilio's support finds the request.
func requestID(h http.Header) string {
	if value := h.Get("Twilio-Request-Id"); requestForm.MatchString(value) {
		return value
	}
	return ""
}
