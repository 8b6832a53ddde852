package transport

import (
	"encoding/json"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// The media types of answers.
const (
	graphqlJSON = "application/graphql-response+json"
	plainJSON   = "application/json"
)

// negotiate picks the media type of the answer. Clients that name none get
// application/json, as the specification has it for older ones.
func negotiate(accept []string) (string, bool) {
	if len(accept) == 0 {
		return plainJSON, true
	}
	fallback := ""
	for _, part := range strings.Split(strings.Join(accept, ","), ",") {
		mediaType, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil || !inUTF8(params) {
			continue
		}
		switch mediaType {
		case graphqlJSON:
			return graphqlJSON, true
		case plainJSON, "application/*", "*/*":
			fallback = plainJSON
		}
	}
	return fallback, fallback != ""
}

// inUTF8 reports whether the parameters of a media type name no other charset than
// UTF-8, which some clients call utf8.
func inUTF8(params map[string]string) bool {
	charset := strings.ToLower(params["charset"])
	return charset == "" || charset == "utf-8" || charset == "utf8"
}

// answer writes one JSON body.
type answer struct {
	w http.ResponseWriter
	// mediaType is empty where the client takes nothing but events.
	mediaType string
	// streams is whether the client takes events.
	streams bool
}

const tookTooLong = "This took too long. Try again."

// undone answers for a document that was not executed.
func (a *answer) undone(response *graphql.Response) {
	if a.mediaType == "" {
		a.once(graphql.Response{Errors: response.Errors})
		return
	}
	a.write(a.documentStatus(), envelope{Errors: response.Errors}, nil)
}

// documentStatus is the status for a document that was not executed: older
// clients, which accept application/json only, expect 200.
func (a answer) documentStatus() int {
	if a.mediaType == graphqlJSON {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

func (a answer) refuse(status int, message string) { a.refuseAs(fault.InvalidInput, status, message) }

func (a answer) refuseAs(code fault.Code, status int, message string) {
	a.write(status, envelope{Errors: gqlerror.List{refusal(code, message)}}, nil)
}

func refusal(code fault.Code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": code}}
}

// write sends the answer; without data where nothing was executed.
func (a answer) write(status int, e envelope, data json.RawMessage) {
	head, err := e.before(data)
	if err != nil {
		status, head, data = http.StatusInternalServerError, []byte(`{"errors":[{"message":"Something went wrong on our side.","extensions":{"code":"INTERNAL"}}]`), nil
	}
	if a.mediaType == "" {
		a.mediaType = plainJSON
	}
	body := append(data, '}')
	h := a.w.Header()
	h.Set("Content-Type", a.mediaType+"; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(head)+len(body)))
	h.Set("Cache-Control", "no-store")
	if wait := longestWait(e.Errors); wait > 0 {
		h.Set("Retry-After", strconv.Itoa(wait))
	}
	a.w.WriteHeader(status)
	if _, err := a.w.Write(head); err == nil {
		_, _ = a.w.Write(body)
	}
}

// longestWait returns the most seconds that an error asks to wait, for clients and
// proxies that read no answers; 0 if none does.
func longestWait(errs gqlerror.List) (seconds int) {
	for _, err := range errs {
		wait, _ := err.Extensions["retryAfterSeconds"].(int)
		seconds = max(seconds, wait)
	}
	return seconds
}

// envelope is all of an answer but its data.
type envelope struct {
	Errors     gqlerror.List  `json:"errors,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
}

// before returns what stands before data, which are JSON already: encoding/json
// would go through them once more.
func (e envelope) before(data json.RawMessage) ([]byte, error) {
	if data != nil && e.Errors == nil && e.Extensions == nil {
		return []byte(`{"data":`), nil
	}
	shell, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	head := shell[:len(shell)-1]
	switch {
	case data == nil:
		return head, nil
	case len(head) > 1:
		head = append(head, ',')
	}
	return append(head, `"data":`...), nil
}
