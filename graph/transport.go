package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// transport speaks GraphQL over HTTP: POST of JSON, and GET for queries where
// it is switched on. It takes the place of gqlgen's own, which quotes a body that
// is no JSON back at the client, codes and all, and misses parts of the
// specification (https://graphql.github.io/graphql-over-http/draft/).
type transport struct {
	get        bool
	operations Operations
	// locked is set where nothing but operations runs.
	locked bool
}

var _ graphql.Transport = transport{}

// The media types of answers.
const (
	graphqlJSON = "application/graphql-response+json"
	plainJSON   = "application/json"
)

// Supports takes every request: what it can't serve it refuses in GraphQL's own
// form.
func (t transport) Supports(*http.Request) bool { return true }

// Do answers one request.
func (t transport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	mediaType, ok := negotiate(r.Header.Values("Accept"))
	a := answer{w: w, mediaType: mediaType}
	if !ok {
		a.refuse(http.StatusNotAcceptable, "Accept "+graphqlJSON+" or "+plainJSON+".")
		return
	}
	start := graphql.Now()
	asked, status, problem := t.read(w, r)
	if problem != "" {
		a.refuse(status, problem)
		return
	}
	document, problem := t.operations.document(asked, t.locked)
	if problem != "" {
		a.refuse(a.documentStatus(), problem)
		return
	}
	params := &graphql.RawParams{
		Query: document, OperationName: asked.OperationName, Variables: asked.Variables, Extensions: asked.Extensions,
		Headers: r.Header, ReadTime: graphql.TraceTiming{Start: start, End: graphql.Now()},
	}

	op, errs := exec.CreateOperationContext(r.Context(), params)
	if errs != nil {
		errs = errs[:min(len(errs), MaxErrors)]
		refused := exec.DispatchError(graphql.WithOperationContext(r.Context(), op), errs)
		a.write(a.documentStatus(), envelope{Errors: refused.Errors}, nil)
		return
	}
	if r.Method == http.MethodGet && op.Operation.Operation != ast.Query {
		w.Header().Set("Allow", http.MethodPost)
		a.refuse(http.StatusMethodNotAllowed, "GET is for queries only.")
		return
	}
	responses, ctx := exec.DispatchOperation(r.Context(), op)
	response := responses(ctx)
	if response == nil { // the request's time was over before it began
		a.refuseAs(fault.Timeout, http.StatusServiceUnavailable, "This took too long. Try again.")
		return
	}
	a.write(http.StatusOK, envelope{Errors: response.Errors, Extensions: response.Extensions}, response.Data)
}

// request is what a client asks for: a document, the name of one, or both.
type request struct {
	Query         *string        `json:"query"`
	DocumentID    *string        `json:"documentId"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
}

// read gives the request, or the status and sentence to refuse it with. No
// sentence quotes the request.
func (t transport) read(w http.ResponseWriter, r *http.Request) (*request, int, string) {
	switch {
	case r.Method == http.MethodGet && t.get:
		return readQuery(r)
	case r.Method != http.MethodPost:
		allowed := http.MethodPost
		if t.get {
			allowed = http.MethodGet + ", " + allowed
		}
		w.Header().Set("Allow", allowed)
		return nil, http.StatusMethodNotAllowed, "Send a POST."
	}
	if mediaType, params, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || mediaType != plainJSON ||
		params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
		return nil, http.StatusUnsupportedMediaType, "Send application/json in UTF-8."
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBodyBytes))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, http.StatusRequestEntityTooLarge, "The request is larger than 128 KiB."
	case err != nil:
		return nil, http.StatusBadRequest, "The request could not be read."
	}
	return parse(body)
}

const wantJSON = "Send one JSON object with query or documentId, a string, and optionally variables, operationName and extensions."

func parse(body []byte) (*request, int, string) {
	var asked request
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&asked); err != nil || !atEnd(d) || asked.Query == nil && len(asked.ids()) == 0 {
		return nil, http.StatusBadRequest, wantJSON
	}
	return &asked, 0, ""
}

// atEnd tells whether nothing follows a JSON value; a bracket too many does.
func atEnd(d *json.Decoder) bool {
	_, err := d.Token()
	return err == io.EOF
}

func readQuery(r *http.Request) (*request, int, string) {
	q := r.URL.Query()
	asked := &request{OperationName: q.Get("operationName")}
	for name, into := range map[string]**string{"query": &asked.Query, "documentId": &asked.DocumentID} {
		if q.Has(name) {
			*into = &q[name][0]
		}
	}
	for name, into := range map[string]*map[string]any{"variables": &asked.Variables, "extensions": &asked.Extensions} {
		if v := q.Get(name); v != "" {
			d := json.NewDecoder(strings.NewReader(v))
			d.UseNumber()
			if d.Decode(into) != nil || !atEnd(d) {
				return nil, http.StatusBadRequest, "Variables and extensions are JSON objects."
			}
		}
	}
	if asked.Query == nil && len(asked.ids()) == 0 {
		return nil, http.StatusBadRequest, "Give a query or a documentId."
	}
	return asked, 0, ""
}

// negotiate picks the media type of the answer. Clients that name none get
// application/json, as the specification has it for older ones.
func negotiate(accept []string) (string, bool) {
	if len(accept) == 0 {
		return plainJSON, true
	}
	fallback := ""
	for _, part := range strings.Split(strings.Join(accept, ","), ",") {
		mediaType, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil || params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
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

// answer writes one JSON body.
type answer struct {
	w         http.ResponseWriter
	mediaType string
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
	a.write(status, envelope{Errors: gqlerror.List{{Message: message, Extensions: map[string]any{"code": code}}}}, nil)
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
	a.w.WriteHeader(status)
	if _, err := a.w.Write(head); err == nil {
		_, _ = a.w.Write(body)
	}
}

// envelope is all of an answer but its data.
type envelope struct {
	Errors     gqlerror.List  `json:"errors,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
}

// before gives what stands before data, which are JSON already: encoding/json
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
