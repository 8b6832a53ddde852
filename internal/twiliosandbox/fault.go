package twiliosandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	cutBefore = "before"
	cutAfter  = "after"

	maxFaults  = 1000
	maxLatency = 10 * time.Minute
	// maxRetryAfter is a day, in seconds.
	maxRetryAfter = 24 * 60 * 60
)

// fault is something ordered to go wrong. The sandbox's lock guards Times.
type fault struct {
	Path   string          `json:"path,omitempty"`
	Status int             `json:"status,omitempty"`
	Code   int             `json:"code,omitempty"`
	Body   json.RawMessage `json:"body,omitempty"` // a text as it is, or any JSON
	// RetryAfter is the header Retry-After of the answer, in seconds.
	RetryAfter int    `json:"retryAfter,omitempty"`
	LatencyMS  int    `json:"latencyMs,omitempty"`
	Hang       bool   `json:"hang,omitempty"`
	Cut        string `json:"cut,omitempty"`
	Callback   string `json:"callback,omitempty"`
	Times      int    `json:"times,omitempty"` // left; 0 is until DELETE
}

// check names the first field that makes no sense.
func (f *fault) check() error {
	switch {
	case f.Path != "" && !strings.HasPrefix(f.Path, "/"):
		return &fieldError{"path", "must begin with /"}
	case f.Status != 0 && (f.Status < 200 || f.Status > 599):
		return &fieldError{"status", "must be an HTTP status from 200 to 599"}
	case f.Code < 0:
		return &fieldError{"code", "must be a positive Twilio error code"}
	case f.RetryAfter < 0 || f.RetryAfter > maxRetryAfter:
		return &fieldError{"retryAfter", "must be from 0 to 86400"}
	case f.RetryAfter > 0 && !f.answers():
		return &fieldError{"retryAfter", "goes with a status, code or body"}
	case f.LatencyMS < 0 || f.LatencyMS > int(maxLatency/time.Millisecond):
		return &fieldError{"latencyMs", "must be from 0 to 600000"}
	case f.Cut != "" && f.Cut != cutBefore && f.Cut != cutAfter:
		return &fieldError{"cut", "is neither before nor after"}
	case f.Cut == cutAfter && f.answers():
		return &fieldError{"cut", "after lets the request through, so it goes with no status, code or body"}
	case f.Callback != "" && !slices.Contains([]string{
		callbackLost, callbackDoubled, callbackForged, callbackShuffled,
	}, f.Callback):
		return &fieldError{"callback", "is none of lost, doubled, forged, shuffled"}
	case f.Times < 0:
		return &fieldError{"times", "must be at least 1, or absent for until DELETE"}
	case !f.touchesRequest() && f.Callback == "":
		return &fieldError{"status", "is missing: order one of status, code, body, latencyMs, hang, cut, callback"}
	}
	return nil
}

func (f *fault) answers() bool { return f.Status != 0 || f.Code != 0 || len(f.Body) > 0 }

func (f *fault) touchesRequest() bool {
	return f.answers() || f.LatencyMS > 0 || f.Hang || f.Cut != ""
}

// takeFault returns a copy of the first fault that concerns the request, and
// counts it. Faults that only touch callbacks are taken where a callback is
// promised.
func (s *Sandbox) takeFault(r *http.Request) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.spend(func(f *fault) bool {
		return f.touchesRequest() && strings.HasPrefix(r.URL.Path, f.Path)
	})
}

// spend uses the first fault that matches.
func (s *Sandbox) spend(match func(*fault) bool) *fault {
	at := slices.IndexFunc(s.faults, match)
	if at < 0 {
		return nil
	}
	taken := *s.faults[at]
	if taken.Times == 1 {
		s.faults = slices.Delete(s.faults, at, at+1)
	} else if taken.Times > 1 {
		s.faults[at].Times--
	}
	return &taken
}

// callbackKey is the context key of the callback fault that came with the
// request's own fault.
type callbackKey struct{}

// callbackMode tells what is ordered for the callbacks of what r makes.
func (s *Sandbox) callbackMode(r *http.Request, callback string) string {
	if mode, _ := r.Context().Value(callbackKey{}).(string); mode != "" {
		return mode
	}
	return s.orderedCallback(r.URL.Path, callback)
}

// orderedCallback spends a callback fault whose path fits the resource's or the
// callback URL's.
func (s *Sandbox) orderedCallback(path, callback string) string {
	target, err := url.Parse(callback)
	if err != nil {
		return ""
	}
	f := s.spend(func(f *fault) bool {
		return !f.touchesRequest() && (strings.HasPrefix(path, f.Path) || strings.HasPrefix(target.Path, f.Path))
	})
	if f == nil {
		return ""
	}
	return f.Callback
}

// misbehave does what a fault orders before the request is acted on, and tells
// whether it is to be acted on at all.
func (s *Sandbox) misbehave(w http.ResponseWriter, r *http.Request, f *fault) bool {
	s.log.Info("twilio sandbox: fault", "path", hideNumbers(r.URL.Path), "status", f.Status, "code", f.Code,
		"latencyMs", f.LatencyMS, "hang", f.Hang, "cut", f.Cut)
	body, err := io.ReadAll(r.Body) // an unread body would hide that the client has left
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	left := time.After(time.Duration(f.LatencyMS) * time.Millisecond)
	if f.Hang {
		left = nil
	}
	select {
	case <-left:
	case <-r.Context().Done():
		panic(http.ErrAbortHandler)
	case <-s.ctx.Done():
		panic(http.ErrAbortHandler)
	}
	if f.Cut == cutBefore {
		panic(http.ErrAbortHandler)
	}
	if f.answers() {
		f.answer(w)
		return false
	}
	return true
}

// answer replies in Twilio's place.
func (f *fault) answer(w http.ResponseWriter) {
	status, code := f.Status, f.Code
	switch {
	case status == 0 && code != 0:
		status = defaultStatus(code)
	case status == 0:
		status = http.StatusOK
	case code == 0:
		code = defaultCode(status)
	}
	if f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.RetryAfter))
	}
	if len(f.Body) == 0 {
		writeReply(w, status, refuse(status, code, "%s", title(code)))
		return
	}
	body := []byte(f.Body)
	var text string
	if json.Unmarshal(body, &text) == nil {
		body = []byte(text)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if json.Valid(body) {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) //nolint:gosec // a test gets the very answer it ordered
}
