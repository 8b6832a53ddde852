package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/demo"
)

// TestProvider mends a bank's account at Twilio by commands, beside a server that goes on.
func TestProvider(t *testing.T) {
	for name, database := range databases(t) {
		t.Run(name, func(t *testing.T) {
			p := serve(t, []string{"DATABASE_URL=" + database}, "--demo")
			sandbox, err := url.Parse(p.Sandbox)
			if err != nil {
				t.Fatal(err)
			}
			t.Setenv("DATABASE_URL", database)
			t.Setenv("FACTORDESK_ENVIRONMENT", "development")
			t.Setenv("FACTORDESK_SANDBOX_ADDR", sandbox.Host)
			account := demo.Accounts()[0]
			by := func(act string, more ...string) []string {
				return append([]string{"provider", act, "--institution", "harbor"}, more...)
			}

			listed := succeeds(t, "", by("list")...)
			if !strings.Contains(listed, account.SID) || !strings.Contains(listed, "token …"+account.Token[len(account.Token)-4:]) || strings.Contains(listed, account.Token) {
				t.Error(listed)
			}
			listed = succeeds(t, "", by("list", "--json")...)
			if strings.Count(listed, "\n") != 1 || !strings.Contains(listed, `"accountSid":"`+account.SID+`"`) || strings.Contains(listed, account.Token) {
				t.Error(listed)
			}
			p.order(http.MethodPut, "account", `{"sid": "`+account.SID+`", "balance": "0.00"}`)
			if said := succeeds(t, "", by("check")...); !strings.Contains(said, "FAIL") || !strings.Contains(said, "BALANCE") {
				t.Error(said)
			}
			nobody := p.browser()
			_, metrics := nobody.send(http.MethodGet, p.Ops+"/metrics", nil)
			for _, want := range []string{
				`factordesk_provider_check\{check="BALANCE",institution="ins_[0-9a-f]+",provider="prv_[0-9a-f]+",status="FAIL"\} 1`,
				`factordesk_provider_check\{check="BALANCE",institution="ins_[0-9a-f]+",provider="prv_[0-9a-f]+",status="PASS"\} 0`,
				`factordesk_provider_check\{check="STATUS_PAGE",institution="ins_[0-9a-f]+",provider="prv_[0-9a-f]+",status="PASS"\} 1`,
				`factordesk_provider_balance\{currency="USD",institution="ins_[0-9a-f]+",provider="prv_[0-9a-f]+"\} 0\n`,
				`factordesk_sends_failed_over_total\{channel="VOICE"\} 0\n`,
				`factordesk_provider_checked_timestamp_seconds\{institution="ins_[0-9a-f]+",provider="prv_[0-9a-f]+"\} 1\.`,
			} {
				if !regexp.MustCompile(want).Match(metrics) || strings.Contains(string(metrics), account.SID) {
					t.Errorf("%s is not among the metrics", want)
				}
			}
			p.order(http.MethodPut, "account", `{"sid": "`+account.SID+`", "balance": "100.00"}`)

			if r := command(t, "madeUpWrongToken\n", by("set", "--token-file", "-")...); r.code != exitSettings || !strings.Contains(r.err, "turns this token away") || strings.Contains(r.err+r.out, "madeUpWrong") {
				t.Errorf("%+v", r)
			}
			for want, args := range map[string][]string{
				"This is the only provider that sends": by("set", "--no-enabled"), "no such provider": by("check", "--provider", "prv_1"),
			} {
				if said := fails(t, exitFailed, args...); !strings.Contains(said, want) {
					t.Errorf("%q, want %q", said, want)
				}
			}
			if said := fails(t, exitSettings, by("set", "--sender", "+12025550177")...); !strings.Contains(said, "Twilio has no such number") {
				t.Error(said)
			}
			if said := fails(t, exitSettings, by("set", "--token-file", "/nowhere")...); !strings.Contains(said, "--token-file") {
				t.Error(said)
			}
			said := succeeds(t, account.Token+"\n", by("set", "--token-file", "-", "--name", "Main", "--json")...)
			var shown struct {
				Name   string
				Health struct{ Status string }
			}
			if err := json.Unmarshal([]byte(said), &shown); err != nil || strings.Count(said, "\n") != 1 || shown.Name != "Main" || shown.Health.Status != "PASS" {
				t.Errorf("%v: %s", err, said)
			}
			p.signIn("harbor", "viewer@harbor.example", "+12025550183")
		})
	}
}
