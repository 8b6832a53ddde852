package twiliosandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	maxControlBody = 64 << 10
	pagePhones     = 200 // shown on the page, latest activity first
	pageTexts      = 50  // of each phone on the page
)

// controlHandler is everything under /sandbox/.
func (s *Sandbox) controlHandler() http.Handler {
	mux := http.NewServeMux()
	servePage(mux)
	mux.HandleFunc("GET /sandbox/phones", s.getPhones)
	mux.HandleFunc("GET /sandbox/phones/{number}", s.getPhone)
	mux.HandleFunc("PUT /sandbox/phones/{number}", s.putPhone)
	mux.HandleFunc("POST /sandbox/phones/{number}/messages", s.postInbound)
	mux.HandleFunc("GET /sandbox/faults", s.getFaults)
	mux.HandleFunc("POST /sandbox/faults", s.postFault)
	mux.HandleFunc("DELETE /sandbox/faults", s.deleteFaults)
	mux.HandleFunc("PUT /sandbox/account", s.putAccount)
	mux.HandleFunc("/sandbox/", func(w http.ResponseWriter, r *http.Request) {
		controlError(w, http.StatusNotFound, "", "no such thing: "+r.Method+" "+r.URL.Path)
	})
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		controlError(w, http.StatusForbidden, "", "another site's page may not do this")
	}))
	return protection.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxControlBody)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		mux.ServeHTTP(w, r)
	}))
}

func controlError(w http.ResponseWriter, status int, field, reason string) {
	body := map[string]string{"error": reason}
	if field != "" {
		body["field"], body["error"] = field, field+" "+reason
	}
	writeJSON(w, status, body)
}

// refuseInput answers 400 and names the field that is wrong.
func refuseInput(w http.ResponseWriter, err error) {
	var field *fieldError
	if errors.As(err, &field) {
		controlError(w, http.StatusBadRequest, field.field, field.reason)
		return
	}
	controlError(w, http.StatusBadRequest, "", err.Error())
}

// readJSON reads one JSON object and nothing else.
func readJSON(r *http.Request, into any) error {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil && decoder.Decode(&struct{}{}) != io.EOF {
		return errors.New("more than one JSON value")
	}
	var wrongType *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrongType) && wrongType.Field != "":
		return &fieldError{wrongType.Field, "cannot be a JSON " + wrongType.Value}
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return &fieldError{strings.Trim(name, `"`), "is unknown"}
	}
	return fmt.Errorf("the body is not a JSON object: %w", err)
}

type phoneView struct {
	Number      string        `json:"number"`
	LineType    string        `json:"lineType"`
	Carrier     string        `json:"carrier"`
	Outcome     string        `json:"outcome"`
	CallOutcome string        `json:"callOutcome"`
	OptedOutOf  []string      `json:"optedOutOf,omitempty"` // senders, by STOP
	Messages    []messageView `json:"messages"`
	Calls       []callView    `json:"calls"`
}

type messageView struct {
	SID        string `json:"sid"`
	Body       string `json:"body"`
	From       string `json:"from"`
	Status     string `json:"status"`
	ReceivedAt string `json:"receivedAt"`
}

type callView struct {
	SID        string `json:"sid"`
	Said       string `json:"said"`
	From       string `json:"from"`
	Status     string `json:"status"`
	ReceivedAt string `json:"receivedAt"`
}

const millis = "2006-01-02T15:04:05.000Z07:00"

// showPhone is what a handset shows, newest first, at most so many of each.
func (s *Sandbox) showPhone(number string, most int) phoneView {
	p := s.phone(number)
	v := phoneView{
		Number: number, LineType: p.LineType, Carrier: p.Carrier, Outcome: p.Outcome, CallOutcome: p.CallOutcome,
		Messages: []messageView{}, Calls: []callView{},
	}
	known := s.phones[number]
	if known == nil {
		return v
	}
	v.OptedOutOf = slices.Clone(known.optedOutOf)
	for _, m := range slices.Backward(known.messages) {
		if len(v.Messages) == most {
			break
		}
		v.Messages = append(v.Messages, messageView{m.sid, m.text, m.from, m.status, m.received.UTC().Format(millis)})
	}
	for _, c := range slices.Backward(known.calls) {
		if len(v.Calls) == most {
			break
		}
		v.Calls = append(v.Calls, callView{c.sid, c.said, c.from, c.status, c.received.UTC().Format(millis)})
	}
	return v
}

func (s *Sandbox) getPhone(w http.ResponseWriter, r *http.Request) {
	number := r.PathValue("number")
	if !e164.MatchString(number) {
		refuseInput(w, &fieldError{"number", "is not an E.164 number"})
		return
	}
	s.mu.Lock()
	v := s.showPhone(number, maxRecords)
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, v)
}

// getPhones serves the page; its ETag changes when a phone does.
func (s *Sandbox) getPhones(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	tag := fmt.Sprintf(`"%s-%d"`, s.boot, s.version)
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		s.mu.Unlock()
		w.WriteHeader(http.StatusNotModified)
		return
	}
	handsets := make([]*handset, 0, len(s.phones))
	for _, p := range s.phones {
		handsets = append(handsets, p)
	}
	slices.SortFunc(handsets, func(a, b *handset) int {
		if n := b.lastActivity().Compare(a.lastActivity()); n != 0 {
			return n
		}
		return strings.Compare(a.number, b.number)
	})
	views := []phoneView{}
	for _, p := range handsets[:min(len(handsets), pagePhones)] {
		views = append(views, s.showPhone(p.number, pageTexts))
	}
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, map[string]any{"phones": views})
}

func (p *handset) lastActivity() time.Time {
	var last time.Time
	if n := len(p.messages); n > 0 {
		last = p.messages[n-1].received
	}
	if n := len(p.calls); n > 0 && p.calls[n-1].received.After(last) {
		last = p.calls[n-1].received
	}
	return last
}

func (s *Sandbox) putPhone(w http.ResponseWriter, r *http.Request) {
	var input struct {
		LineType    *string `json:"lineType"`
		Carrier     *string `json:"carrier"`
		Outcome     *string `json:"outcome"`
		CallOutcome *string `json:"callOutcome"`
	}
	if err := readJSON(r, &input); err != nil {
		refuseInput(w, err)
		return
	}
	var p Phone
	for _, given := range []struct {
		name  string
		value *string
		to    *string
	}{
		{"lineType", input.LineType, &p.LineType}, {"carrier", input.Carrier, &p.Carrier},
		{"outcome", input.Outcome, &p.Outcome}, {"callOutcome", input.CallOutcome, &p.CallOutcome},
	} {
		if given.value == nil {
			continue
		}
		if *given.value == "" || len(*given.value) > 100 {
			refuseInput(w, &fieldError{given.name, "holds 1 to 100 characters"})
			return
		}
		*given.to = *given.value
	}
	if err := s.setPhone(r.PathValue("number"), p); err != nil {
		refuseInput(w, err)
		return
	}
	s.getPhone(w, r)
}

func (s *Sandbox) getFaults(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	views := []fault{}
	for _, f := range s.faults {
		views = append(views, *f)
	}
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, map[string]any{"faults": views})
}

func (s *Sandbox) postFault(w http.ResponseWriter, r *http.Request) {
	f := new(fault)
	err := readJSON(r, f)
	if err == nil {
		err = f.check()
	}
	if err != nil {
		refuseInput(w, err)
		return
	}
	s.mu.Lock()
	tooMany := len(s.faults) >= maxFaults
	if !tooMany {
		s.faults = append(s.faults, f)
	}
	view := *f
	s.mu.Unlock()
	if tooMany {
		controlError(w, http.StatusBadRequest, "", "there are too many faults in force: DELETE them first")
		return
	}
	writeJSON(w, http.StatusCreated, view)
}

func (s *Sandbox) deleteFaults(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.faults = nil
	s.mu.Unlock()
	w.WriteHeader(http.StatusNoContent)
}
