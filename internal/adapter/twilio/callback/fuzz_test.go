package callback

import (
	"encoding/base64"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/platform/secret"
)

// FuzzHandler returns the handler any body, signed as Twilio would sign it: it
// never panics, and what it takes can be stored.
func FuzzHandler(f *testing.F) {
	f.Add(textForm().Encode(), "attempt="+attemptID, true)
	f.Add(callForm().Encode(), "attempt="+attemptID, false)
	f.Add("MessageSid=SM1&MessageStatus=sent&AccountSid="+harborSID+"&From=%00", "", true)
	f.Add("AccountSid="+harborSID+"&AccountSid=AC2&SmsSid=MM1&SmsStatus=x&ErrorCode=-1", "attempt=%", true)
	f.Add("a=1;b=2&%zz=&=&&", "?", false)
	f.Fuzz(func(t *testing.T, body, query string, text bool) {
		path := (&url.URL{Path: "/webhooks/twilio/" + providerID + map[bool]string{true: "/messages", false: "/calls"}[text], RawQuery: query}).String()
		target, err := url.ParseRequestURI(path)
		if err != nil || strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r > '~' }) {
			t.Skip("no HTTP client sends this path")
		}
		form, parseErr := url.ParseQuery(body)
		r := httptest.NewRequest("POST", path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		signature := sign(secret.NewText(token), "https://desk.example"+target.RequestURI(), form)
		r.Header.Set("X-Twilio-Signature", base64.StdEncoding.EncodeToString(signature))

		d := &desk{}
		w, _ := serve(d, r)
		switch {
		case len(body) > maxBody:
			if w.Code != 413 {
				t.Errorf("%d bytes: %d", len(body), w.Code)
			}
		case parseErr != nil:
			if w.Code != 400 {
				t.Errorf("%v: %d", parseErr, w.Code)
			}
		case form.Get("AccountSid") != harborSID:
			if w.Code != 403 {
				t.Errorf("account %q: %d", form.Get("AccountSid"), w.Code)
			}
		case w.Code != 204 && w.Code != 400:
			t.Errorf("signed: %d", w.Code)
		}
		if (w.Code == 204) != (len(d.got) == 1) {
			t.Fatalf("%d, taken %v", w.Code, d.got)
		}
		for _, c := range d.got {
			for _, stored := range []string{c.Receipt.SID, c.Receipt.Status, c.Receipt.From, c.Receipt.AccountSID} {
				if !utf8.ValidString(stored) || strings.ContainsFunc(stored, unicode.IsControl) || len(stored) > maxSender {
					t.Errorf("taken: %q", stored)
				}
			}
			if c.Receipt.ErrorCode < 0 || c.InstitutionID != "ins_harbor" {
				t.Errorf("taken: %+v", c)
			}
		}
	})
}
