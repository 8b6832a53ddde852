package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/secret"
)

// complete are settings with nothing wrong in them, for an environment.
func complete(e Environment) Serve {
	return Serve{
		Database: Database{DatabaseURL: "sqlite://var/factordesk.db"}, Keys: Keys{Environment: e},
		Addr: "127.0.0.1:8080", OpsAddr: "127.0.0.1:9090", SandboxAddr: "127.0.0.1:8081",
		JobsPoll: time.Second, ClockLimit: 5 * time.Second, PublicURL: "https://2fa.bank.example", AdminURL: "https://desk.bank.example", BankingURL: "https://my.bank.example",
		Keep: Keep{KeepSessions: 90, KeepBrowsers: 400, KeepNotices: 30, KeepCodeSets: 400, KeepAttempts: 90, KeepReadings: 400},
	}
}

func TestDatabase_Check(t *testing.T) {
	for url, good := range map[string]bool{
		"sqlite://var/factordesk.db": true, "sqlite:///var/lib/factordesk.db": true, "sqlite://a file.db": true,
		"postgres://db.internal/factordesk": true, "postgresql://u:p@db.internal:5432/factordesk?sslmode=verify-full": true,
		"postgres:///factordesk?host=/run/postgresql": true, "postgres://u:p@h1:5432,[::1]:5433/d?target_session_attrs=read-write": true,
		"": false, "sqlite://": false, "sqlite:var/x.db": false, "var/factordesk.db": false, "file:x.db": false, "mysql://u:p@h/d": false,
		"host=db.internal dbname=factordesk": false, "postgres://u:p%zz@h/d": false, "postgres://u:p@h:port/d": false, "POSTGRES": false,
	} {
		err := Database{url}.Check()
		if (err == nil) != good {
			t.Errorf("%q: %v", url, err)
		}
		if err != nil && strings.Contains(err.Error(), "u:p") {
			t.Errorf("%q is quoted: %v", url, err)
		}
	}
}

func TestDatabase_Unencrypted(t *testing.T) {
	for url, want := range map[string]bool{
		"postgres://u:p@h/desk?sslmode=disable": true, "postgresql://u@h1:1,h2:2/desk?sslmode=prefer": true, "postgres://h/desk?a=b&sslmode=allow": true,
		"postgres://u:p@h/desk": false, "postgres://h1:1,h2:2/desk?sslmode=verify-full": false, "postgres://h/desk?sslmode=require": false,
		"sqlite://var/desk.db?sslmode=disable": false,
	} {
		if got := (Database{url}).Unencrypted(); got != want {
			t.Errorf("%q: %t", url, got)
		}
	}
}

func TestKeys_Resolve(t *testing.T) {
	for given, want := range map[Environment]Environment{"": Production, Development: Development, UAT: UAT, Production: Production} {
		if got := (Keys{Environment: given}).Resolve(); got != want {
			t.Errorf("%q: %s", given, got)
		}
	}
}

func TestKeys_Keyset(t *testing.T) {
	created, err := secret.Create()
	if err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(t.TempDir(), "own.json")
	if err := os.WriteFile(own, created, 0o600); err != nil {
		t.Fatal(err)
	}
	const public = "../platform/secret/development_keyset.json"
	for _, c := range []struct {
		environment Environment
		file        string
		refusal     string
	}{
		{Development, "", ""}, {UAT, "", "is missing"}, {Production, "", "is missing"}, {"", "", "is missing"},
		{Development, public, ""}, {UAT, public, "development keyset"}, {Production, public, "development keyset"}, {"", public, "development keyset"},
		{Development, own, ""}, {UAT, own, ""}, {Production, own, ""}, {"", own, ""},
		{Development, own + ".gone", "cannot be read"}, {Production, filepath.Dir(own), "cannot be read"},
	} {
		set, err := Keys{c.environment, c.file}.Keyset()
		if (c.refusal == "") != (err == nil) || (set == nil) == (err == nil) {
			t.Errorf("%s with %q: %v", c.environment, c.file, err)
		}
		if err != nil && (!strings.Contains(err.Error(), c.refusal) || !strings.Contains(err.Error(), "FACTORDESK_KEYSET")) {
			t.Errorf("%s with %q: %v, want %s", c.environment, c.file, err, c.refusal)
		}
	}
}

func TestServe_Check(t *testing.T) {
	t.Run("production wants its URLs", func(t *testing.T) {
		s := complete(Production)
		if err := s.Check(); err != nil {
			t.Error(err)
		}
		s.PublicURL, s.AdminURL, s.BankingURL = "", "http://desk.bank.example", "ftp://my.bank.example"
		err := s.Check()
		if want := "FACTORDESK_PUBLIC_URL is missing; FACTORDESK_ADMIN_URL is not https, which production refuses; FACTORDESK_BANKING_URL is not a URL such as https://2fa.bank.example"; err == nil || err.Error() != want {
			t.Error(err)
		}
	})
	t.Run("others may do without, or with http", func(t *testing.T) {
		for _, e := range []Environment{Development, UAT} {
			s := complete(e)
			s.PublicURL, s.AdminURL, s.BankingURL = "", "http://127.0.0.1:5173", "http://127.0.0.1:5173"
			if err := s.Check(); err != nil {
				t.Errorf("%s: %v", e, err)
			}
			if s.AdminURL = "desk"; s.Check() == nil {
				t.Errorf("%s: %q passed for a URL", e, s.AdminURL)
			}
		}
	})
	t.Run("the cookies of two clients need two hosts", func(t *testing.T) {
		for url, good := range map[string]bool{
			"https://my.bank.example": true, "https://desk.bank.example.evil.example": true,
			"https://desk.bank.example": false, "https://desk.bank.example:8443": false, "https://DESK.bank.example/banking/": false,
		} {
			s := complete(Production)
			if s.BankingURL = url; (s.Check() == nil) != good {
				t.Errorf("%s: %v", url, s.Check())
			}
		}
	})
	t.Run("an unset environment is production", func(t *testing.T) {
		s := complete("")
		if err := s.Check(); err != nil || s.Environment != Production {
			t.Error(err, s.Environment)
		}
	})
	t.Run("the demo is development, and nothing else", func(t *testing.T) {
		for given, good := range map[Environment]bool{"": true, Development: true, UAT: false, Production: false} {
			s := complete(given)
			s.Demo = true
			if err := s.Check(); (err == nil) != good || s.Environment != Development {
				t.Errorf("%q: %v, %s", given, err, s.Environment)
			}
		}
	})
	t.Run("mails go into a folder in development, unless there is a server", func(t *testing.T) {
		for _, c := range []struct {
			environment        Environment
			smtp, folder, want string
		}{
			{Development, "", "", "var/mail"}, {Development, "smtp://127.0.0.1", "", ""}, {Development, "", "letters", "letters"},
			{UAT, "", "", ""}, {UAT, "", "letters", "letters"}, {Production, "smtp://127.0.0.1", "", ""},
		} {
			s := complete(c.environment)
			s.SMTPURL, s.MailDir = c.smtp, c.folder
			if err := s.Check(); err != nil || s.MailDir != c.want {
				t.Errorf("%+v: %v, %q", c, err, s.MailDir)
			}
		}
		s := complete(Production)
		if s.MailDir = "letters"; s.Check() == nil {
			t.Error("production writes mails into a folder")
		}
	})
	t.Run("nothing is kept for no time that is asked for, or notices for less than they are tried", func(t *testing.T) {
		s := complete(Production)
		s.Keep = Keep{KeepNotices: 7, KeepWindows: -1, KeepReadings: 36_501}
		err := s.Check()
		if err == nil || strings.Count(err.Error(), "FACTORDESK_KEEP_") != 7 || !strings.Contains(err.Error(), "FACTORDESK_KEEP_NOTICES is 8 to 36500 days, not 7") {
			t.Error(err)
		}
		s = complete(Production)
		s.Keep = Keep{1, 1, 8, 1, 1, 0, 36_500}
		if err := s.Check(); err != nil {
			t.Error(err)
		}
	})
	t.Run("addresses", func(t *testing.T) {
		for addr, good := range map[string]bool{
			":8080": true, "127.0.0.1:0": true, "[::1]:8080": true, "desk.internal:65535": true,
			"": false, "8080": false, "127.0.0.1": false, "127.0.0.1:": false, "127.0.0.1:65536": false, "127.0.0.1:-1": false, "::1:8080": false,
		} {
			s := complete(Production)
			if s.OpsAddr = addr; (s.Check() == nil) != good {
				t.Errorf("%q: %v", addr, s.Check())
			}
		}
	})
	t.Run("says everything that is wrong in the same order each time, on one line", func(t *testing.T) {
		var first string
		for range 10 {
			s := complete(Production)
			s.DatabaseURL, s.Addr, s.OpsAddr, s.SandboxAddr, s.TrustedProxies, s.PublicURL = "x", "x", "x", "x", []string{"x"}, "x"
			err := s.Check()
			if err == nil || strings.Contains(err.Error(), "\n") || strings.Count(err.Error(), ";") != 5 {
				t.Fatal(err)
			}
			if first == "" {
				first = err.Error()
			}
			if err.Error() != first {
				t.Fatalf("%s\n%s", first, err)
			}
		}
	})
}

func TestServe_Proxies(t *testing.T) {
	for given, want := range map[string]string{
		"10.0.0.0/8": "10.0.0.0/8", "192.0.2.7": "192.0.2.7/32", "2001:db8::1": "2001:db8::1/128", "2001:db8::/32": "2001:db8::/32",
		"gateway": "", "10.0.0.0/33": "", "10.0.0": "", "": "",
	} {
		s := complete(Production)
		s.TrustedProxies = []string{given}
		nets, err := s.Proxies()
		if (err == nil) != (want != "") || err == nil && nets[0].String() != want {
			t.Errorf("%q: %v, %v", given, nets, err)
		}
		if (s.Check() == nil) != (want != "") {
			t.Errorf("%q: Check says %v", given, s.Check())
		}
	}
}

func TestServe_Sandbox(t *testing.T) {
	for _, c := range []struct {
		environment Environment
		demo        bool
		account     string
		want        bool
	}{
		{Development, false, "", true}, {Development, false, "AC1", false}, {Development, true, "AC1", true},
		{UAT, false, "", false}, {Production, false, "", false}, {Production, false, "AC1", false},
	} {
		s := complete(c.environment)
		s.Demo, s.RealTwilio = c.demo, c.account
		if got := s.Sandbox(); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestServe_Drain(t *testing.T) {
	for environment, want := range map[Environment]time.Duration{Production: 5 * time.Second, UAT: 5 * time.Second, Development: 0} {
		s := complete(environment)
		if err := s.Check(); err != nil || *s.Drain != want {
			t.Errorf("%s: %s, %v", environment, s.Drain, err)
		}
		s.Drain = new(3 * time.Second)
		if err := s.Check(); err != nil || *s.Drain != 3*time.Second {
			t.Errorf("%s: %s, %v", environment, s.Drain, err)
		}
		for _, wrong := range []time.Duration{-1, 15*time.Second + 1} {
			s.Drain = &wrong
			if err := s.Check(); err == nil {
				t.Errorf("%s was taken", wrong)
			}
		}
	}
}
