package main

import (
	"encoding/json"
	"maps"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

const staffPassword = "correct horse battery staple"

// TestServe_Production goes the way of an operator: keys, institution, staff,
// serve. Behind the proxy a sandbox answers for Twilio.
func TestServe_Production(t *testing.T) {
	for name, url := range databases(t) {
		settings := production(t)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings["DATABASE_URL"] = url
			maps.Copy(settings, twilioAccount())
			outside := newNetwork(t, &twiliosandbox.Account{
				SID: settings["TWILIO_ACCOUNT_SID"], Token: settings["TWILIO_AUTH_TOKEN"], From: settings["TWILIO_FROM"],
			})
			all := slices.Concat(environ(settings), outside.settings)
			founds(t, all)
			p := serve(t, all)
			p.Sandbox = outside.phones
			serves(t, p)
			p.stop()
			logs(t, p, settings)
			for _, host := range outside.requests() {
				if !slices.Contains([]string{"api.twilio.com:443", "lookups.twilio.com:443", "status.twilio.com:443"}, host) {
					t.Errorf("asked for %s", host)
				}
			}
			rows := dump(t, url)
			if devices := strings.Join(rows["devices"], "\n"); !strings.Contains(devices, "detected_number_type=MOBILE\n") {
				t.Errorf("the number was not looked up: %s", devices)
			}
		})
	}
}

// founds makes an institution and its first staff user.
func founds(t *testing.T, settings []string) {
	t.Helper()
	if made := program(t, settings, "", "migrate", "up"); made.code != exitOK {
		t.Fatalf("%+v", made)
	}
	made := program(t, settings, "", "institution", "create", "--slug", "bank", "--name", "Bank of Tests", "--support-phone", "+1 202 555 0199")
	if made.code != exitOK || !strings.Contains(made.out, "Bank of Tests") || strings.Contains(made.out+made.err, "madeuptokenofatest") {
		t.Fatalf("%+v", made)
	}
	made = program(t, settings, staffPassword+"\n", "staff", "create", "--institution", "bank", "--admin", "--password-stdin",
		"--email", "Ann@bank.example", "--first-name", "Ann", "--last-name", "Boss", "--phone", "+1 (202) 555-0181")
	if made.code != exitOK || !strings.Contains(made.out, "Made ann@bank.example") || strings.Contains(made.out+made.err, staffPassword) {
		t.Fatalf("%+v", made)
	}
}

var buildInfo = regexp.MustCompile(`(?m)^factordesk_build_info\{commit="[^"]+",goversion="[^"]*go1[^"]+",version="[^"]+"\} 1$`)

// serves looks at a production server from outside.
func serves(t *testing.T, p *process) {
	t.Helper()
	if strings.Contains(p.out.String(), "Phones") || strings.Contains(p.out.String(), "Explorer") {
		t.Errorf("this is no greeting of production: %s", p.out.String())
	}
	visitor := p.browser()
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/graphql": 421, "/admin/": 421} {
		if status, body := visitor.send("GET", p.API+path, nil); status != want {
			t.Errorf("%s at a foreign host: %d, want %d: %s", path, status, want, body)
		}
	}
	visitor.header.Set("Host", "desk.bank.example")
	for path, want := range map[string]int{
		"/healthz": 200, "/readyz": 200, "/graphiql": 404, "/graphiql/": 404, "/sandbox/": 404, "/metrics": 404, "/debug/pprof/": 404,
		"/graphql?query={viewer{user{id}}}": 405,
	} {
		if status, body := visitor.send("GET", p.API+path, nil); status != want {
			t.Errorf("%s: %d, want %d: %s", path, status, want, body)
		}
	}
	if status, body := visitor.send("GET", p.Ops+"/metrics", nil); status != 200 || !strings.Contains(string(body), "factordesk_http_requests_total") || !buildInfo.Match(body) ||
		!strings.Contains(string(body), `factordesk_jobs_due{queue="mail"} `) || !strings.Contains(string(body), `factordesk_jobs_given_up_total{kind="SEND_NOTICE"} 0`) ||
		!strings.Contains(string(body), `factordesk_sweep_rows_left{table="sessions"} 0`) {
		t.Errorf("/metrics: %d", status)
	}
	for _, document := range []string{"{ __schema { queryType { name } } }", `{ __type(name: "User") { name } }`} {
		if _, a := visitor.post(document, nil); len(a.Errors) == 0 || strings.Contains(string(a.Data), "name") {
			t.Errorf("introspection is answered: %s", a.Data)
		}
	}
	if _, a := visitor.post("{ vewer { user { id } } }", nil); len(a.Errors) != 1 || strings.Contains(a.Errors[0].Message, "viewer") {
		t.Errorf("a suggestion is made: %+v", a.Errors)
	}
	signsIn(t, p)
}

// signsIn goes through the desk's host, and then tries the cookie at another.
func signsIn(t *testing.T, p *process) {
	t.Helper()
	ann := p.browser()
	ann.header.Set("Host", "desk.bank.example")
	ann.header.Set("Origin", "https://desk.bank.example")
	asked := ann.password("bank", "ann@bank.example", staffPassword)
	heard := p.listen("+12025550181")
	ann.code(asked)
	if who := ann.enter(asked, heard()); who.User.Email != "ann@bank.example" || len(who.Permissions) != 0 {
		t.Errorf("%+v", who)
	}
	if len(ann.set) != 2 {
		t.Errorf("%d cookies: %q", len(ann.set), ann.set)
	}
	for _, cookie := range ann.set {
		if !strings.HasPrefix(cookie, "__Host-fd_staff=") && !strings.HasPrefix(cookie, "__Host-fd_browser=") {
			t.Errorf("%s", cookie)
		}
		for _, want := range []string{"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"} {
			if !strings.Contains(cookie+";", want+";") {
				t.Errorf("%s is missing in %s", want, cookie)
			}
		}
		if strings.Contains(strings.ToLower(cookie), "domain") {
			t.Errorf("%s is no cookie of one host", cookie)
		}
	}
	const document = "{ viewer { user { email } } }"
	for host, want := range map[string]string{
		"desk.bank.example": `{"viewer":{"user":{"email":"ann@bank.example"}}}`, "my.bank.example": `{"viewer":null}`, "2fa.bank.example": `{"viewer":null}`,
	} {
		ann.header.Set("Host", host)
		ann.header.Set("Origin", "https://"+host)
		if _, a := ann.post(document, nil); string(a.Data) != want {
			t.Errorf("at %s the staff cookie is answered %s %+v", host, a.Data, a.Errors)
		}
	}
	ann.header.Set("Host", "desk.bank.example")
	ann.header.Set("Origin", "https://my.bank.example")
	if status, body := ann.send("POST", p.API+"/graphql", []byte(`{"query": "{ __typename }"}`)); status != 403 {
		t.Errorf("the customers' page posts to the staff's host: %d %s", status, body)
	}
	ann.header.Set("Origin", "https://evil.example")
	if status, a := ann.post(document, nil); status != 403 || len(a.Errors) != 1 || a.Errors[0].Extensions.Code != "FORBIDDEN" {
		t.Errorf("another site's page is answered %d %+v", status, a)
	}
}

// logs checks that everything on stderr is JSON.
func logs(t *testing.T, p *process, settings map[string]string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(p.errs.String()), "\n")
	for _, line := range lines {
		var entry struct{ Time, Level, Msg string }
		if json.Unmarshal([]byte(line), &entry) != nil || entry.Time == "" || entry.Level == "" || entry.Msg == "" {
			t.Errorf("this is no line of JSON: %q", line)
		}
	}
	if len(lines) < 5 {
		t.Errorf("%d lines", len(lines))
	}
	for said, want := range map[string]bool{
		"FACTORDESK_SMTP_URL is not set":     settings["FACTORDESK_SMTP_URL"] == "",
		"DATABASE_URL lets the way to Postg": strings.Contains(settings["DATABASE_URL"], "sslmode=disable"),
	} {
		if got := strings.Contains(p.errs.String(), `"level":"ERROR","msg":"`+said); got != want {
			t.Errorf("%q is said as an error: %t, want %t", said, got, want)
		}
	}
}

// TestHTTPServer_Log lets net/http itself say something: it says it as JSON, too.
func TestHTTPServer_Log(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var said buffer
	log := newLogger(&said, "info", config.Production)
	server := newHTTPServer("test", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("at the disco") }), make(chan error, 1), log)
	server.start(listener)
	if res, err := http.Get("http://" + listener.Addr().String()); err == nil {
		_ = res.Body.Close()
		t.Error("a panic was answered")
	}
	server.shutdown(log)
	var entry struct{ Level, Msg string }
	read(t, []byte(said.String()), &entry)
	if entry.Level != "WARN" || !strings.Contains(entry.Msg, "at the disco") {
		t.Errorf("%+v", entry)
	}
}

// TestStaffCreate_Offline makes a staff user where Twilio can't be reached: the
// number is taken, and nothing is known about it.
func TestStaffCreate_Offline(t *testing.T) {
	settings := production(t)
	t.Parallel()
	maps.Copy(settings, twilioAccount())
	outside := newNetwork(t, nil)
	all := slices.Concat(environ(settings), outside.settings)
	founds(t, all)
	if asked := outside.requests(); len(asked) == 0 || asked[0] != "lookups.twilio.com:443" {
		t.Errorf("asked for %v, want one look-up", asked)
	}
	rows := dump(t, settings["DATABASE_URL"])
	if len(rows["devices"]) != 1 || !strings.Contains(rows["devices"][0], "detected_number_type=<nil>\n") || strings.Contains(rows["devices"][0], "confirmed_at=<nil>\n") {
		t.Errorf("%q", rows["devices"])
	}
	p := serve(t, all)
	ann := p.browser()
	ann.header.Set("Host", "desk.bank.example")
	asked := ann.password("bank", "ann@bank.example", staffPassword)
	if asked.Options[0].Kind != "SMS" {
		t.Errorf("%+v", asked.Options)
	}
	_, a := ann.post(sendCode, vars{"challenge": asked.ID, "option": asked.Options[0].ID})
	if got := a.refused(); !maps.Equal(got, map[string]string{"sendCode": "PROVIDER_UNAVAILABLE"}) {
		t.Errorf("%v", got)
	}
}
