package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// client is one browser: it keeps its cookies, Secure ones too, because the
// proxy that speaks TLS is not part of these tests.
type client struct {
	t       *testing.T
	typed   *secrets
	api     string
	header  http.Header
	cookies map[string]string
	// set are the Set-Cookie lines of the last answer.
	set []string
	// form is set where bodies are forms, not JSON.
	form bool
	// process is who is asked.
	process *process
}

func (p *process) browser() *client {
	return &client{t: p.t, process: p, typed: &p.typed, api: p.API, header: http.Header{}, cookies: map[string]string{}}
}

// answer is what GraphQL answers.
type answer struct {
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct{ Code, Field string }
	}
}

// post sends a document. `$name` in it stands for a variable; each is a string.
func (c *client) post(document string, variables map[string]any) (int, answer) {
	c.t.Helper()
	if strings.HasPrefix(document, "subscription") {
		s := c.subscribe(document, variables)
		defer s.end()
		a, _ := s.next()
		return http.StatusOK, a
	}
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		c.t.Fatal(err)
	}
	status, text := c.send(http.MethodPost, c.api+"/graphql", body)
	var a answer
	if err := json.Unmarshal(text, &a); err != nil {
		c.t.Fatalf("status %d: %v in %q", status, err, text)
	}
	c.process.answered.note(a)
	var whole struct{ Errors json.RawMessage }
	_ = json.Unmarshal(text, &whole) // it was read above
	_, _ = c.process.errors.Write(append(whole.Errors, '\n'))
	return status, a
}

func (c *client) send(method, url string, body []byte) (int, []byte) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	for name, values := range c.header {
		req.Header[name] = values
	}
	req.Host = c.header.Get("Host")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.form {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range c.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	c.set = res.Header.Values("Set-Cookie")
	c.keep(res, text)
	for _, cookie := range res.Cookies() {
		c.cookies[cookie.Name] = cookie.Value
		c.typed.add("cookie "+cookie.Name, cookie.Value)
	}
	return res.StatusCode, text
}

// keep writes down what the desk answers that is neither data nor a new cookie.
func (c *client) keep(res *http.Response, body []byte) {
	if !strings.HasPrefix(res.Request.URL.String(), c.api) {
		return
	}
	for name, values := range res.Header {
		if name != "Set-Cookie" {
			_, _ = fmt.Fprintln(&c.process.headers, name, values)
		}
	}
	if res.StatusCode != http.StatusOK {
		_, _ = c.process.errors.Write(body)
	}
}

// ask sends a document that must be answered without errors, and reads the data.
func (c *client) ask(into any, document string, variables map[string]any) {
	c.t.Helper()
	status, a := c.post(document, variables)
	if status != http.StatusOK || len(a.Errors) > 0 {
		c.t.Fatalf("status %d: %+v in answer to %s", status, a.Errors, document)
	}
	read(c.t, a.Data, into)
}

// refused returns the codes of the errors of an answer, by path.
func (a answer) refused() map[string]string {
	codes := map[string]string{}
	for _, e := range a.Errors {
		path := make([]string, len(e.Path))
		for i, part := range e.Path {
			path[i] = fmt.Sprint(part)
		}
		codes[strings.Join(path, ".")] = e.Extensions.Code
	}
	return codes
}

func read(t *testing.T, data []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
}

// vars is short for variables.
type vars = map[string]any

// challenge is a second factor that is asked for.
type challenge struct {
	ID      string
	Options []struct{ ID, Kind, Label string }
}

const password = "factordesk-demo"

// password proves the first factor.
func (c *client) password(institution, email, password string) challenge {
	c.t.Helper()
	c.typed.add("password", password)
	var got struct{ SignIn struct{ Challenge challenge } }
	c.ask(&got, `mutation($institution: String!, $email: String!, $password: String!) {
		signIn(input: {institution: $institution, username: $email, password: $password}) { challenge { id options { id kind label } } }
	}`, vars{"institution": institution, "email": email, "password": password})
	if got.SignIn.Challenge.ID == "" || len(got.SignIn.Challenge.Options) == 0 {
		c.t.Fatalf("no way to sign in: %+v", got)
	}
	c.typed.add("challenge id", got.SignIn.Challenge.ID)
	return got.SignIn.Challenge
}

const sendCode = `mutation($challenge: ID!, $option: ID!) { sendCode(input: {challengeId: $challenge, optionId: $option}) { retryAfterSeconds } }`

// code asks for a code for the first option.
func (c *client) code(of challenge) {
	c.t.Helper()
	c.ask(&struct{}{}, sendCode, vars{"challenge": of.ID, "option": of.Options[0].ID})
}

const verifyCode = `mutation($challenge: ID!, $option: ID!, $code: String!) {
	verifyCode(input: {challengeId: $challenge, optionId: $option, code: $code}) { viewer { user { email } permissions } challenge { id } }
}`

// viewer is who is signed in.
type viewer struct {
	User        struct{ Email string }
	Permissions []string
}

// enter proves the second factor.
func (c *client) enter(of challenge, code string) viewer {
	c.t.Helper()
	c.typed.add("one-time code", code)
	var got struct {
		VerifyCode struct {
			Viewer    *viewer
			Challenge *challenge
		}
	}
	c.ask(&got, verifyCode, vars{"challenge": of.ID, "option": of.Options[0].ID, "code": code})
	if got.VerifyCode.Viewer == nil || got.VerifyCode.Challenge != nil {
		c.t.Fatalf("not signed in: %+v", got)
	}
	return *got.VerifyCode.Viewer
}

// signIn goes the whole way, with the code that is read or heard at a phone.
func (p *process) signIn(institution, email, number string) (*client, viewer) {
	p.t.Helper()
	p.typed.add("number", number)
	c := p.browser()
	asked := c.password(institution, email, password)
	heard := p.listen(number)
	c.code(asked)
	return c, c.enter(asked, heard())
}

// handset is a phone at the sandbox.
type handset struct {
	LineType, Outcome string
	Messages          []struct{ SID, Body, From, Status string }
	Calls             []struct{ SID, Said, From, Status string }
}

func (p *process) phone(number string) handset {
	p.t.Helper()
	status, text := p.browser().send(http.MethodGet, p.Sandbox+"/sandbox/phones/"+number, nil)
	if status != http.StatusOK {
		p.t.Fatalf("status %d: %s", status, text)
	}
	var found handset
	read(p.t, text, &found)
	return found
}

var (
	written = regexp.MustCompile(`(?:^|\D)(\d{6})(?:\D|$)`)
	spoken  = regexp.MustCompile(`\d(?:, \d){5}`)
)

// listen returns a function that waits for the next text or call at a phone and
// returns the code in it.
func (p *process) listen(number string) func() string {
	p.t.Helper()
	before := p.phone(number)
	return func() string {
		p.t.Helper()
		var code string
		eventually(p.t, "a code at "+number, func() bool {
			now := p.phone(number)
			texts, calls := now.Messages[:len(now.Messages)-len(before.Messages)], now.Calls[:len(now.Calls)-len(before.Calls)]
			for _, m := range texts {
				if found := written.FindStringSubmatch(m.Body); found != nil {
					code = found[1]
				}
			}
			for _, call := range calls {
				code = strings.ReplaceAll(spoken.FindString(call.Said), ", ", "")
			}
			return code != ""
		})
		return code
	}
}

// order asks the sandbox for something.
func (p *process) order(method, path, body string) {
	p.t.Helper()
	if status, text := p.browser().send(method, p.Sandbox+"/sandbox/"+path, []byte(body)); status >= 300 {
		p.t.Fatalf("status %d: %s", status, text)
	}
}

func sorted[T ~string](s []T) []T {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}
