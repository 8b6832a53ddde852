package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
)

// request is what a client asks for: a document, the name of one, or both.
type request struct {
	Query         *string        `json:"query"`
	DocumentID    *string        `json:"documentId"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
}

// read returns the request, or the status and sentence to refuse it with. No
// sentence quotes the request.
func (t overHTTP) read(w http.ResponseWriter, r *http.Request) (*request, int, string) {
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
	if mediaType, params, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || mediaType != plainJSON || !inUTF8(params) {
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

// byteOrderMark is what some clients and editors put before JSON, which may be
// ignored (RFC 8259, 8.1).
var byteOrderMark = []byte("\uFEFF")

func parse(body []byte) (*request, int, string) {
	var asked request
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, byteOrderMark)))
	d.UseNumber()
	if err := d.Decode(&asked); err != nil || !atEnd(d) || asked.Query == nil && len(asked.ids()) == 0 {
		return nil, http.StatusBadRequest, wantJSON
	}
	return &asked, 0, ""
}

// atEnd reports whether nothing follows a JSON value; a bracket too many does.
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
