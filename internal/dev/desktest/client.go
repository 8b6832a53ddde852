package desktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
)

// Client is a browser with one of the two clients open. It keeps the cookies
// that the desk sets.
type Client struct {
	// Header goes with every request.
	Header http.Header
	// Address is where requests come from.
	Address string
	// Host is the host that requests are for.
	Host    string
	Cookies map[string]string

	desk *Desk
}

// Browser returns a browser without cookies that says for which kind of user it
// is; for kind "" it does not say.
func (d *Desk) Browser(kind auth.Kind) *Client {
	c := &Client{desk: d, Header: http.Header{}, Cookies: map[string]string{}, Address: "192.0.2.10", Host: "desk.example"}
	switch kind {
	case auth.Staff:
		c.Header.Set("Factordesk-Client", "admin")
	case auth.Customer:
		c.Header.Set("Factordesk-Client", "banking")
	}
	return c
}

// As returns a browser in which a person has just signed in.
func (d *Desk) As(p Person) *Client {
	d.t.Helper()
	token, err := d.Sessions.Start(d.t.Context(), auth.Session{
		UserID: p.ID, InstitutionID: p.InstitutionID, Kind: p.Kind, FactorAt: d.Clock.Now(), Address: "192.0.2.10",
	})
	d.must(err)
	c := d.Browser(p.Kind)
	c.Cookies[map[auth.Kind]string{auth.Staff: "fd_staff", auth.Customer: "fd_customer"}[p.Kind]] = token
	return c
}

// Send makes any request with the browser's cookies and keeps those of the
// answer.
func (c *Client) Send(r *http.Request) *httptest.ResponseRecorder {
	c.dress(r)
	w := httptest.NewRecorder()
	c.desk.Handler.ServeHTTP(w, r)
	for _, set := range w.Result().Cookies() {
		if set.MaxAge < 0 {
			delete(c.Cookies, set.Name)
		} else {
			c.Cookies[set.Name] = set.Value
		}
	}
	return w
}

// dress gives a request what the browser sends with every one.
func (c *Client) dress(r *http.Request) {
	for name, value := range c.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	for name, values := range c.Header {
		if _, given := r.Header[name]; !given {
			r.Header[name] = values
		}
	}
	r.RemoteAddr, r.Host = c.Address+":49152", c.Host
}

// Post sends a body to the API as JSON.
func (c *Client) Post(body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return c.Send(r)
}

// V are variables.
type V = map[string]any

// Do runs a document.
func (c *Client) Do(document string, variables ...V) Answer {
	c.desk.t.Helper()
	return read(c.desk.t, c.Post(c.body(document, variables)))
}

// body returns the request for a document.
func (c *Client) body(document string, variables []V) string {
	c.desk.t.Helper()
	request := map[string]any{"query": document}
	for _, v := range variables {
		request["variables"] = v
	}
	body, err := json.Marshal(request)
	c.desk.must(err)
	return string(body)
}

// Answer is what the API answered.
type Answer struct {
	Status int
	Header http.Header
	// Body is the answer as it came.
	Body   string
	Data   any
	Errors []Error

	t testing.TB
}

// Error is one error of an answer.
type Error struct {
	Message    string
	Path       []any
	Extensions map[string]any
}

func read(t testing.TB, w *httptest.ResponseRecorder) Answer {
	t.Helper()
	a := Answer{t: t, Status: w.Code, Header: w.Header(), Body: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("the answer is no JSON: %v\n%s", err, w.Body)
	}
	return a
}

// At returns the value at a place such as user.devices.0.id: nil where there is
// null. A place that does not exist fails the test.
func (a Answer) At(place string) any {
	a.t.Helper()
	value := a.Data
	for _, step := range strings.Split(place, ".") {
		ok := false
		switch in := value.(type) {
		case map[string]any:
			value, ok = in[step]
		case []any:
			if i, err := strconv.Atoi(step); err == nil && i < len(in) {
				value, ok = in[i], true
			}
		}
		if !ok {
			a.t.Fatalf("there is no %s at %s of\n%s", step, place, a.Body)
		}
	}
	return value
}

// Text returns the string at a place.
func (a Answer) Text(place string) string {
	a.t.Helper()
	s, ok := a.At(place).(string)
	if !ok {
		a.t.Fatalf("there is no string at %s of\n%s", place, a.Body)
	}
	return s
}

// List returns the elements of the list at a place.
func (a Answer) List(place string) []any {
	a.t.Helper()
	l, ok := a.At(place).([]any)
	if !ok {
		a.t.Fatalf("there is no list at %s of\n%s", place, a.Body)
	}
	return l
}

// Error returns the error at a place, "" for one about the whole request. Without
// one the test fails.
func (a Answer) Error(place string) Error {
	a.t.Helper()
	for _, e := range a.Errors {
		if e.place() == place {
			return e
		}
	}
	a.t.Fatalf("there is no error at %q of\n%s", place, a.Body)
	return Error{}
}

// Codes returns the codes of all errors, by place.
func (a Answer) Codes() map[string]string {
	codes := map[string]string{}
	for _, e := range a.Errors {
		codes[e.place()] = fmt.Sprint(e.Extensions["code"])
	}
	return codes
}

// Code returns the code of the error at a place, "" if there is none there.
func (a Answer) Code(place string) string { return a.Codes()[place] }

// OK fails the test if anything went wrong, and returns the answer.
func (a Answer) OK() Answer {
	a.t.Helper()
	if a.Status != http.StatusOK || len(a.Errors) > 0 {
		a.t.Fatalf("%d %s", a.Status, a.Body)
	}
	return a
}

func (e Error) place() string {
	steps := make([]string, len(e.Path))
	for i, step := range e.Path {
		steps[i] = fmt.Sprint(step)
	}
	return strings.Join(steps, ".")
}
