package callback

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/platform/secret"
)

// The vector that Twilio publishes.
const (
	vectorToken     = "12345"
	vectorURL       = "https://example.com/myapp.php?foo=1&bar=2"
	vectorSignature = "L/OH5YylLD5NRKLltdqwSvS0BnU="
)

func vectorForm() url.Values {
	return url.Values{
		"CallSid": {"CA1234567890ABCDE"}, "Caller": {"+14158675310"}, "Digits": {"1234"},
		"From": {"+14158675310"}, "To": {"+18005551212"},
	}
}

func TestSign(t *testing.T) {
	t.Run("as published", func(t *testing.T) {
		got := base64.StdEncoding.EncodeToString(sign(secret.NewText(vectorToken), vectorURL, vectorForm()))
		if got != vectorSignature {
			t.Error(got)
		}
	})
	t.Run("every value of a repeated parameter counts", func(t *testing.T) {
		one := sign(secret.NewText("k"), "u", url.Values{"A": {"1"}})
		two := sign(secret.NewText("k"), "u", url.Values{"A": {"1", "2"}})
		if string(one) == string(two) {
			t.Error("the second value is not signed")
		}
	})
}

func TestHandler_Signed(t *testing.T) {
	public, _ := url.Parse("https://example.com")
	h := &handler{Config{PublicURL: public}}
	token := secret.NewText(vectorToken)
	request := func(target, signature string) *http.Request {
		r := httptest.NewRequest("POST", target, nil)
		r.Host = "backend.internal:8080" // what a proxy makes of it
		r.Header.Set("X-Twilio-Signature", signature)
		return r
	}
	t.Run("the published vector", func(t *testing.T) {
		if !h.signed(request("/myapp.php?foo=1&bar=2", vectorSignature), token, vectorForm()) {
			t.Error("refused")
		}
	})
	t.Run("anything that differs is refused", func(t *testing.T) {
		for name, change := range map[string]func(target, signature *string, token *secret.Text, form url.Values){
			"path":              func(target, _ *string, _ *secret.Text, _ url.Values) { *target = "/other.php?foo=1&bar=2" },
			"query":             func(target, _ *string, _ *secret.Text, _ url.Values) { *target = "/myapp.php?foo=1&bar=3" },
			"order of a query":  func(target, _ *string, _ *secret.Text, _ url.Values) { *target = "/myapp.php?bar=2&foo=1" },
			"value":             func(_, _ *string, _ *secret.Text, form url.Values) { form.Set("To", "+18005551213") },
			"added parameter":   func(_, _ *string, _ *secret.Text, form url.Values) { form.Set("Zed", "1") },
			"added value":       func(_, _ *string, _ *secret.Text, form url.Values) { form.Add("To", "+18005551213") },
			"missing parameter": func(_, _ *string, _ *secret.Text, form url.Values) { form.Del("To") },
			"token":             func(_, _ *string, token *secret.Text, _ url.Values) { *token = secret.NewText("12346") },
			"no token":          func(_, _ *string, token *secret.Text, _ url.Values) { *token = secret.Text{} },
			"signature":         func(_, signature *string, _ *secret.Text, _ url.Values) { *signature = strings.ToLower(*signature) },
			"no signature":      func(_, signature *string, _ *secret.Text, _ url.Values) { *signature = "" },
			"half a signature":  func(_, signature *string, _ *secret.Text, _ url.Values) { *signature = (*signature)[:12] },
			"not base64":        func(_, signature *string, _ *secret.Text, _ url.Values) { *signature = "%" },
		} {
			target, signature, token, form := "/myapp.php?foo=1&bar=2", vectorSignature, token, vectorForm()
			change(&target, &signature, &token, form)
			if h.signed(request(target, signature), token, form) {
				t.Errorf("%s: accepted", name)
			}
		}
	})
	t.Run("an account without a token signs nothing", func(t *testing.T) {
		form := vectorForm()
		empty := base64.StdEncoding.EncodeToString(sign(secret.Text{}, "https://example.com/", form))
		if h.signed(request("/", empty), secret.Text{}, form) {
			t.Error("accepted")
		}
	})
	t.Run("repeated parameters, as sent or as Twilio's libraries order them", func(t *testing.T) {
		form := url.Values{"A": {"z", "a", "z"}, "B": {"1"}}
		for _, signedForm := range []url.Values{form, {"A": {"a", "z"}, "B": {"1"}}} {
			signature := base64.StdEncoding.EncodeToString(sign(token, "https://example.com/x", signedForm))
			if !h.signed(request("/x", signature), token, form) {
				t.Errorf("%v: refused", signedForm)
			}
		}
	})
}

func TestAddresses(t *testing.T) {
	for base, want := range map[string][]string{
		"https://desk.example":          {"https://desk.example/w?a=%2B", "https://desk.example:443/w?a=%2B"},
		"https://desk.example/":         {"https://desk.example/w?a=%2B", "https://desk.example:443/w?a=%2B"},
		"https://desk.example:443":      {"https://desk.example:443/w?a=%2B", "https://desk.example/w?a=%2B"},
		"https://desk.example:8443":     {"https://desk.example:8443/w?a=%2B", "https://desk.example/w?a=%2B"},
		"http://desk.example":           {"http://desk.example/w?a=%2B", "http://desk.example:80/w?a=%2B"},
		"http://desk.example:443":       {"http://desk.example:443/w?a=%2B", "http://desk.example/w?a=%2B"},
		"http://127.0.0.1:8080":         {"http://127.0.0.1:8080/w?a=%2B", "http://127.0.0.1/w?a=%2B"},
		"http://[::1]:8080":             {"http://[::1]:8080/w?a=%2B", "http://[::1]/w?a=%2B"},
		"http://[::1]":                  {"http://[::1]/w?a=%2B", "http://[::1]:80/w?a=%2B"},
		"https://bank.example/desk%20a": {"https://bank.example/desk%20a/w?a=%2B", "https://bank.example:443/desk%20a/w?a=%2B"},
	} {
		public, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, addresses(public, "/w?a=%2B")); diff != "" {
			t.Errorf("%s: %s", base, diff)
		}
	}
}
