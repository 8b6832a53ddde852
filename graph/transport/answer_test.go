package transport

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func TestEnvelope(t *testing.T) {
	t.Parallel()
	errs := gqlerror.List{{Message: "No."}}
	more := map[string]any{"cost": 1}
	for want, got := range map[string]struct {
		envelope
		data string
	}{
		`{"data":{"a":[1]}}`:                                                 {envelope{}, `{"a":[1]}`},
		`{"data":null}`:                                                      {envelope{}, `null`},
		`{"errors":[{"message":"No."}]}`:                                     {envelope{Errors: errs}, ``},
		`{"errors":[{"message":"No."}],"data":{"a":null}}`:                   {envelope{Errors: errs}, `{"a":null}`},
		`{"extensions":{"cost":1},"data":null}`:                              {envelope{Extensions: more}, `null`},
		`{"errors":[{"message":"No."}],"extensions":{"cost":1},"data":null}`: {envelope{errs, more}, `null`},
	} {
		var data json.RawMessage
		if got.data != "" {
			data = json.RawMessage(got.data)
		}
		w := httptest.NewRecorder()
		answer{w: w}.write(http.StatusOK, got.envelope, data)
		if diff := cmp.Diff(want, w.Body.String()); diff != "" {
			t.Error(diff)
		}
		if length := w.Header().Get("Content-Length"); length != strconv.Itoa(len(want)) {
			t.Errorf("Content-Length is %s for %s", length, want)
		}
	}
}

// BenchmarkEnvelope compares writing an answer once with handing it to
// encoding/json, for a page of 50 users.
func BenchmarkEnvelope(b *testing.B) {
	user := `{"id":"usr_0000000000000000000000001","email":"mobile@customer.example","devices":[{"id":"dev_0000000000000000000000001","label":"Phone","phoneNumber":"+12025550101"}]}`
	data := json.RawMessage(`{"users":{"nodes":[` + strings.Repeat(user+",", 49) + user + `]}}`)
	b.Run("once", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			answer{w: nowhere{}}.write(http.StatusOK, envelope{}, data)
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			body, err := json.Marshal(&graphql.Response{Data: data})
			if err != nil {
				b.Fatal(err)
			}
			_, _ = nowhere{}.Write(body)
		}
	})
}

// nowhere takes answers and forgets them.
type nowhere struct{}

func (nowhere) Header() http.Header         { return http.Header{} }
func (nowhere) WriteHeader(int)             {}
func (nowhere) Write(b []byte) (int, error) { return len(b), nil }

func TestAnswer_RetryAfterIsTheLongestWait(t *testing.T) {
	t.Parallel()
	throttled := func(seconds int) *gqlerror.Error {
		return &gqlerror.Error{Extensions: map[string]any{"code": "THROTTLED", "retryAfterSeconds": seconds}}
	}
	for want, errs := range map[string]gqlerror.List{
		"": {{Message: "No."}}, "30": {throttled(30)}, "900": {throttled(7), {Message: "No."}, throttled(900), throttled(30)},
	} {
		w := httptest.NewRecorder()
		answer{w: w}.write(http.StatusOK, envelope{Errors: errs}, json.RawMessage("null"))
		if got := w.Header().Get("Retry-After"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
