package server_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/freeze"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/server"
)

// freezer answers with what the test says and remembers who pressed.
type freezer struct {
	frozen  freeze.Frozen
	err     error
	pressed []string
}

func (f *freezer) Freeze(ctx context.Context, token string) (freeze.Frozen, error) {
	f.pressed = append(f.pressed, token+" from "+auth.ClientFrom(ctx).Address)
	return f.frozen, f.err
}

func newPage(t *testing.T, f *freezer, change ...func(c *server.Config)) *surface {
	return newSurface(t, func(c *server.Config) {
		c.NotYou = f
		for _, ch := range change {
			ch(c)
		}
	})
}

func TestNotYou_AsksInTheLanguageOfTheLink(t *testing.T) {
	f := &freezer{}
	s := newPage(t, f)
	for _, test := range []struct{ token, accepted, want string }{
		{"es-abc", "en", "es"}, {"en-abc", "es", "en"}, {"abc", "es-MX,es;q=0.9,en;q=0.5", "es"}, {"abc", "fr", "en"}, {"abc", "", "en"},
		{"", "", ""}, {"fr-abc", "es", "es"}, {"abc", "\x00;;", "en"},
	} {
		w := s.send("GET", "/not-you/"+test.token, "Accept-Language", test.accepted)
		switch body := w.Body.String(); {
		case test.want == "":
			if w.Code != http.StatusNotFound {
				t.Errorf("no token: %d", w.Code)
			}
		case !strings.Contains(body, `<html lang="`+test.want+`">`) || !strings.Contains(body, message.In(message.Language(strings.ToUpper(test.want))).Page.Ask):
			t.Errorf("%v: %s", test, body)
		}
	}
	if f.pressed != nil {
		t.Errorf("asking does %v", f.pressed)
	}
}

func TestNotYou_IsHardened(t *testing.T) {
	s := newPage(t, &freezer{err: fault.Errorf(fault.NotFound, "no")})
	for _, method := range []string{"GET", "POST"} {
		w := s.send(method, "/not-you/en-abc")
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "X-Frame-Options": "DENY",
			"X-Content-Type-Options": "nosniff", "Content-Type": "text/html; charset=utf-8",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q", method, name, got)
			}
		}
		policy := w.Header().Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "style-src 'sha256-", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: %q is not in %s", method, part, policy)
			}
		}
		if body := w.Body.String(); strings.Contains(policy, "unsafe") || strings.Contains(body, "<script") || strings.Contains(body, "abc") || len(w.Result().Cookies()) != 0 {
			t.Errorf("%s: %s, %s", method, policy, body)
		}
	}
	if w := s.send("DELETE", "/not-you/en-abc"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("DELETE: %d", w.Code)
	}
}

func TestNotYou_SaysWhatCameOfIt(t *testing.T) {
	spanish := freeze.Frozen{Language: message.Spanish, Institution: "Banco <b>& Söhne</b>", SupportPhone: "+1 (202) 555-0199"}
	for _, test := range []struct {
		name   string
		frozen freeze.Frozen
		err    error
		status int
		want   []string
	}{
		{"done", spanish, nil, 200, []string{"Su cuenta está protegida", "Banco &lt;b&gt;&amp; Söhne&lt;/b&gt;", `href="tel:&#43;12025550199">&#43;1 (202) 555-0199<`}},
		{"done, without a number", freeze.Frozen{Institution: "Harbor"}, nil, 200, []string{"Your account is protected", "Call Harbor now, so"}},
		{"a dead link", freeze.Frozen{}, fault.Errorf(fault.NotFound, "secret"), 410, []string{"This link does nothing any more"}},
		{"too often", freeze.Frozen{}, fault.Throttle(time.Minute, "secret"), 429, []string{"Please wait a little"}},
		{"a failure", freeze.Frozen{}, errors.New("secret"), 500, []string{"This did not work"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := &freezer{frozen: test.frozen, err: test.err}
			w := newPage(t, f).send("POST", "/not-you/en-abc", "From", "192.0.2.7:4000")
			for _, want := range test.want {
				if !strings.Contains(w.Body.String(), want) {
					t.Errorf("%q is not in %s", want, w.Body)
				}
			}
			if w.Code != test.status || strings.Contains(w.Body.String(), "secret") || strings.Contains(w.Body.String(), "<form") {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			if len(f.pressed) != 1 || f.pressed[0] != "en-abc from 192.0.2.7" {
				t.Errorf("%q", f.pressed)
			}
		})
	}
}

func TestNotYou_IsPressedOnItsOwnPageOnly(t *testing.T) {
	for site, want := range map[string]int{"same-origin": 200, "none": 200, "": 200, "cross-site": 403, "same-site": 403} {
		f := &freezer{}
		w := newPage(t, f).send("POST", "/not-you/en-abc", "Sec-Fetch-Site", site, "Origin", "null")
		if w.Code != want || (len(f.pressed) == 1) != (want == 200) {
			t.Errorf("%q: %d, pressed %v", site, w.Code, f.pressed)
		}
	}
}

func TestNotYou_IsWhereCustomersAre(t *testing.T) {
	s := newPage(t, &freezer{}, func(c *server.Config) { c.AdminHost, c.BankingHost = "desk.example", "bank.example" })
	for host, want := range map[string]int{"bank.example": 200, "desk.example": 404} {
		if w := s.send("GET", "/not-you/en-abc", "Host", host); w.Code != want {
			t.Errorf("%s: %d", host, w.Code)
		}
	}
}

func TestNotYou_LeavesNoTraceOfTheLink(t *testing.T) {
	s := newPage(t, &freezer{err: errors.New("no")})
	s.send("GET", "/not-you/en-t0ken")
	s.send("POST", "/not-you/en-t0ken")
	if log := s.log.String(); strings.Contains(log, "t0ken") || !strings.Contains(log, "route=/not-you/ method=POST status=500") {
		t.Error(log)
	}
}
