package main

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/demo"
)

// secrets are things that were typed or shown in a test, by what they are.
type secrets struct {
	mu  sync.Mutex
	all map[string]string
}

func (s *secrets) add(kind string, values ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[string]string{}
	}
	for _, value := range values {
		if value != "" {
			s.all[value] = kind
		}
	}
}

// numbers are the phone numbers of the demo's people.
var numbers = regexp.MustCompile(`(202|312)5550\d{3}|7700900104`)

// clocks are times of day, whose fractions can look like a code.
var clocks = regexp.MustCompile(`\d\d:\d\d:\d\d\.\d+`)

// in gives what of the secrets can be read in a text: as it is, in the other
// case, or with its hyphens left out. Digits and letters beside a value make it
// part of another.
func (s *secrets) in(text string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	text = strings.ToLower(clocks.ReplaceAllString(text, ""))
	var found []string
	for value, kind := range s.all {
		value = strings.ToLower(value)
		for _, form := range []string{value, strings.ReplaceAll(value, "-", ""), strings.Join(strings.Split(value, ""), ", ")} {
			if strings.Contains(text, form) && regexp.MustCompile(`(^|[^0-9a-z])`+regexp.QuoteMeta(form)+`($|[^0-9a-z])`).MatchString(text) {
				found = append(found, kind+" "+value)
				break
			}
		}
	}
	return found
}

// TestSecrets_in shows that leaksNothing can fail.
func TestSecrets_in(t *testing.T) {
	var s secrets
	s.add("code", "123456")
	s.add("backup code", "ABCDE-FGHJK-MNPQR")
	for text, want := range map[string]string{
		`{"code": "123456"}`: "[code 123456]", "code=123456\n": "[code 123456]", "Your code is 1, 2, 3, 4, 5, 6.": "[code 123456]",
		"abcdefghjkmnpqr": "[backup code abcde-fghjk-mnpqr]",
		"1234567 x123456": "[]", "at 10:11:12.123456 +0000": "[]", "": "[]",
	} {
		if got := fmt.Sprint(s.in(text)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestNewLogger(t *testing.T) {
	for _, e := range []config.Environment{config.Development, config.Production} {
		var out buffer
		newLogger(&out, "debug", e).With("path", "/v2/PhoneNumbers/+12025550182").Info("to +12025550183",
			"error", fmt.Errorf("lost: %w", errors.New("no +12025550184")), "numbers", []string{"+12025550185"}, "took", time.Second, "count", 3)
		got := out.String()
		if found := numbers.FindAllString(got, -1); found != nil {
			t.Errorf("%s: %v in %s", e, found, got)
		}
		for _, want := range []string{"/v2/PhoneNumbers/••• 0182", "to ••• 0183", "lost: no ••• 0184", "••• 0185", "took", "count"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %s is missing in %s", e, want, got)
			}
		}
	}
}

// goesWrong does what makes programs talk: wrong codes, broken requests, and a
// Twilio that refuses, fails and cuts the line.
func (d day) goesWrong() {
	const wrongPassword, wrongCode, wrongToken = "a wrong guess of mine", "918273", "confirm-918273-nothing"
	d.typed.add("wrong password", wrongPassword)
	d.typed.add("wrong code", wrongCode)
	d.typed.add("wrong token", wrongToken)
	c := d.browser()
	for _, document := range []string{
		`mutation { signIn(input: {institution: "harbor", username: "agent@harbor.example", password: "` + wrongPassword + `"}) { challenge { id } } }`,
		`mutation { signIn(input: {institution: "harbor", username: "agent@harbor.example", password: "` + wrongPassword + `", nothing: 1}) { challenge { id } } }`,
		`mutation { verifyCode(input: {challengeId: "` + wrongToken + `", optionId: "` + wrongCode + `", code: "` + wrongCode + `"}) { viewer { permissions } } }`,
		`mutation { verifyCode(input: {challengeId: "` + wrongToken + `", optionId: 1.5, code: ` + wrongCode + `}) { viewer { permissions } } }`,
		`mutation { verifyCode(input: {code: "` + wrongCode + `" `,
	} {
		if _, a := c.post(document, nil); len(a.Errors) == 0 || len(d.typed.in(fmt.Sprint(a.Errors))) != 0 {
			d.t.Errorf("%s is answered %+v", document, a.Errors)
		}
	}
	for _, body := range []string{`{"query": "mutation", "variables": {"password": "` + wrongPassword + `"`, `"` + wrongCode + `"`, `[{"query": "` + wrongCode + `"}]`} {
		if status, text := c.send(http.MethodPost, d.API+"/graphql", []byte(body)); status != http.StatusBadRequest || len(d.typed.in(string(text))) != 0 {
			d.t.Errorf("%s is answered %d %s", body, status, text)
		}
	}
	c.send(http.MethodGet, d.API+"/graphql?query="+wrongCode+"&password="+wrongToken, nil)
	c.send(http.MethodGet, d.API+"/"+wrongCode, nil)

	if _, a := d.agent.post(generateCodes, vars{"token": wrongToken}); len(a.Errors) == 0 {
		d.t.Error("a guessed token made codes")
	}
	for n, fault := range []string{
		`{"path": "/2010-04-01/", "status": 400, "code": 21610, "times": 1}`,
		`{"path": "/2010-04-01/", "status": 500, "body": "<html>", "times": 1}`,
		`{"path": "/2010-04-01/", "cut": "after", "times": 1}`,
		`{"path": "/2010-04-01/", "status": 401, "code": 20003, "times": 1}`,
	} {
		asked := c.password("harbor", fmt.Sprintf("customer%02d@customer.example", n+1), password)
		d.order(http.MethodPost, "faults", fault)
		if _, a := c.post(sendCode, vars{"challenge": asked.ID, "option": asked.Options[0].ID}); len(a.Errors) == 0 {
			d.t.Errorf("a Twilio that does %s made no error", fault)
		}
		_, a := c.post(verifyCode, vars{"challenge": asked.ID, "option": asked.Options[0].ID, "code": wrongCode})
		if a.refused()["verifyCode"] != "WRONG_CODE" {
			d.t.Errorf("%+v", a.Errors)
		}
	}
	d.order(http.MethodPost, "faults", `{"path": "/2010-04-01/", "status": 500}`)
	var got struct{ NotificationHistory history }
	d.agent.ask(&got, `{ notificationHistory(phoneNumber: "+12025550103") `+historyFields+` }`, nil)
	if !got.NotificationHistory.Stale {
		d.t.Error("the history of a Twilio that fails is not stale")
	}
	d.order(http.MethodDelete, "faults", "")
}

// leaksNothing stops the program and reads all it has written.
func (d day) leaksNothing(t *testing.T, url string) {
	t.Helper()
	letters := mailbox(d.Dir + "/var/mail")
	eventually(t, "told by mail", func() bool { return len(letters.read(t)) >= 2 })
	_, metrics := d.browser().send(http.MethodGet, d.Ops+"/metrics", nil)
	d.stop()
	d.typed.add("Twilio token", "harborsandboxtoken", "summitsandboxtoken")
	if n := len(d.typed.all); n < 30 {
		t.Errorf("only %d secrets were typed", n)
	}
	for table, rows := range dump(t, url) {
		if leaked := d.typed.in(strings.Join(rows, "")); len(leaked) != 0 {
			t.Errorf("table %s has %v", table, leaked)
		}
	}
	outputs := map[string]string{
		"stdout": strings.Replace(d.out.String(), demo.Greeting, "", 1), "stderr": d.errs.String(), "/metrics": string(metrics),
	}
	for n, m := range letters.read(t) {
		outputs[fmt.Sprintf("mail %d", n)] = m.subject + "\n" + m.text + "\n" + m.raw
	}
	for name, text := range outputs {
		leaked := append(d.typed.in(text), numbers.FindAllString(text, -1)...)
		if len(leaked) != 0 || text == "" {
			t.Errorf("%s has %v in:\n%s", name, leaked, text)
		}
	}
	if !strings.Contains(d.errs.String(), "level=DEBUG") {
		t.Error("the log is not as talkative as it can be")
	}
}
