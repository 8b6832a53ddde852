package main

import (
	"maps"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hidden is a password made up for these tests. No message may show it.
const hidden = "hunter2hunter2"

// production returns settings with which a production server would start.
func production(t *testing.T) map[string]string {
	t.Helper()
	keyset := filepath.Join(t.TempDir(), "keyset.json")
	succeeds(t, "", "keys", "create", "--keyset", keyset)
	return map[string]string{
		"DATABASE_URL": sqlite(t), "FACTORDESK_KEYSET": keyset,
		"FACTORDESK_ADDR": "127.0.0.1:0", "FACTORDESK_OPS_ADDR": "127.0.0.1:0", "FACTORDESK_SANDBOX_ADDR": "127.0.0.1:0",
		"FACTORDESK_PUBLIC_URL": "https://2fa.bank.example", "FACTORDESK_ADMIN_URL": "https://desk.bank.example", "FACTORDESK_BANKING_URL": "https://my.bank.example",
	}
}

func setenv(t *testing.T, settings map[string]string) {
	t.Helper()
	for name, value := range settings {
		t.Setenv(name, value)
	}
}

func environ(settings map[string]string) []string {
	var variables []string
	for name, value := range settings {
		variables = append(variables, name+"="+value)
	}
	return variables
}

// TestServe_Settings starts production with one setting wrong or missing. That
// is one line, and exit code 2.
func TestServe_Settings(t *testing.T) {
	good := production(t)
	broken := filepath.Join(t.TempDir(), "broken.json")
	write(t, broken, `{"aead": {"primaryKeyId": 1, "key": "`+hidden+`"}, "mac": {"secret": "`+hidden+`"`)
	half := filepath.Join(t.TempDir(), "half.json")
	write(t, half, `{"aead": {"primaryKeyId": 1, "key": "`+hidden+`"}, "mac": {"secret": "`+hidden+`"}}`)
	foreign := filepath.Join(t.TempDir(), "persisted-documents.json")
	write(t, foreign, `{"68e8d0d4ab9d9d3fa6e6f7e8b6f0a5d1": "{ __typename }"}`)
	set := func(settings ...string) map[string]string {
		all := maps.Clone(good)
		for i := 0; i < len(settings); i += 2 {
			all[settings[i]] = settings[i+1]
		}
		return all
	}
	for name, c := range map[string]struct {
		settings map[string]string
		args     []string
		want     []string
	}{
		"database of an unknown kind":  {set("DATABASE_URL", "mysql://desk:"+hidden+"@127.0.0.1/desk"), nil, []string{"DATABASE_URL", "sqlite://", "postgres://"}},
		"database that is no URL":      {set("DATABASE_URL", "desk:"+hidden+"@127.0.0.1/desk"), nil, []string{"DATABASE_URL"}},
		"database URL that is broken":  {set("DATABASE_URL", "postgres://desk:"+hidden+"%zz@127.0.0.1/desk"), nil, []string{"DATABASE_URL"}},
		"database with a broken port":  {set("DATABASE_URL", "postgres://desk:"+hidden+"@127.0.0.1:port/desk"), nil, []string{"DATABASE_URL"}},
		"database file without a name": {set("DATABASE_URL", "sqlite://"), nil, []string{"DATABASE_URL"}},
		"unknown environment":          {set("FACTORDESK_ENVIRONMENT", "staging"), nil, []string{`must be development, uat or production but got "staging"`}},
		"unknown log level":            {set("FACTORDESK_LOG_LEVEL", "chatty"), nil, []string{"log-level", "debug", "chatty"}},
		"brand that is no name":        {set("FACTORDESK_BRAND", "1234567"), nil, []string{"FACTORDESK_BRAND: A name is 2 to 40 characters"}},
		"address without a port":       {set("FACTORDESK_ADDR", "127.0.0.1"), nil, []string{"FACTORDESK_ADDR", "127.0.0.1", "HOST:PORT"}},
		"address with a wrong port":    {set("FACTORDESK_ADDR", "127.0.0.1:99999"), nil, []string{"FACTORDESK_ADDR", "99999"}},
		"ops address":                  {set("FACTORDESK_OPS_ADDR", "here"), nil, []string{"FACTORDESK_OPS_ADDR", "here"}},
		"sandbox address":              {set("FACTORDESK_SANDBOX_ADDR", ":"), nil, []string{"FACTORDESK_SANDBOX_ADDR"}},
		"clock limit of nothing":       {set("FACTORDESK_CLOCK_LIMIT", "0s"), nil, []string{"FACTORDESK_CLOCK_LIMIT", "100ms to 1m", "0s"}},
		"drain too long":               {set("FACTORDESK_DRAIN", "16s"), nil, []string{"FACTORDESK_DRAIN", "0s to 15s", "16s"}},
		"drain that is no time":        {set("FACTORDESK_DRAIN", "soon"), nil, []string{"drain", "soon"}},
		"proxy":                        {set("FACTORDESK_TRUSTED_PROXIES", "10.0.0.0/8,gateway"), nil, []string{"FACTORDESK_TRUSTED_PROXIES", "gateway"}},
		"proxies too many bits":        {set("FACTORDESK_TRUSTED_PROXIES", "10.0.0.0/33"), nil, []string{"FACTORDESK_TRUSTED_PROXIES", "10.0.0.0/33"}},
		"public URL missing":           {set("FACTORDESK_PUBLIC_URL", ""), nil, []string{"FACTORDESK_PUBLIC_URL is missing"}},
		"public URL by http":           {set("FACTORDESK_PUBLIC_URL", "http://2fa.bank.example"), nil, []string{"FACTORDESK_PUBLIC_URL", "https"}},
		"public URL without a host":    {set("FACTORDESK_PUBLIC_URL", "https://:443/x"), nil, []string{"FACTORDESK_PUBLIC_URL"}},
		"admin URL missing":            {set("FACTORDESK_ADMIN_URL", ""), nil, []string{"FACTORDESK_ADMIN_URL is missing"}},
		"admin URL by http":            {set("FACTORDESK_ADMIN_URL", "http://desk.bank.example"), nil, []string{"FACTORDESK_ADMIN_URL", "https"}},
		"banking URL missing":          {set("FACTORDESK_BANKING_URL", ""), nil, []string{"FACTORDESK_BANKING_URL is missing"}},
		"banking URL is no URL":        {set("FACTORDESK_BANKING_URL", "my.bank.example"), nil, []string{"FACTORDESK_BANKING_URL"}},
		"clients at one host":          {set("FACTORDESK_BANKING_URL", "https://desk.bank.example"), nil, []string{"FACTORDESK_ADMIN_URL", "FACTORDESK_BANKING_URL", "same host"}},
		"clients at one host's ports":  {set("FACTORDESK_BANKING_URL", "https://Desk.Bank.example:8443"), nil, []string{"same host"}}, // browsers send cookies to all ports
		"keyset missing":               {set("FACTORDESK_KEYSET", ""), nil, []string{"FACTORDESK_KEYSET", "factordesk keys create"}},
		"keyset not there":             {set("FACTORDESK_KEYSET", "/nowhere/keyset.json"), nil, []string{"FACTORDESK_KEYSET", "/nowhere/keyset.json"}},
		"keyset broken":                {set("FACTORDESK_KEYSET", broken), nil, []string{"FACTORDESK_KEYSET"}},
		"keyset of something else":     {set("FACTORDESK_KEYSET", half), nil, []string{"FACTORDESK_KEYSET"}},
		"the development keyset":       {set("FACTORDESK_KEYSET", "../../internal/platform/secret/development_keyset.json"), nil, []string{"FACTORDESK_KEYSET", "development keyset"}},
		"mail folder":                  {set("FACTORDESK_MAIL_DIR", t.TempDir()), nil, []string{"FACTORDESK_MAIL_DIR", "FACTORDESK_SMTP_URL"}},
		"mail server is no URL":        {set("FACTORDESK_SMTP_URL", "desk:"+hidden+"@mail.bank.example"), nil, []string{"FACTORDESK_SMTP_URL"}},
		"mail server URL broken":       {set("FACTORDESK_SMTP_URL", "smtp://desk:"+hidden+"%zz@mail.bank.example"), nil, []string{"FACTORDESK_SMTP_URL"}},
		"mail sender":                  {set("FACTORDESK_SMTP_URL", "smtp://desk:"+hidden+"@mail.bank.example?from=desk"), nil, []string{"FACTORDESK_SMTP_URL", "from"}},
		"operations not there":         {set("FACTORDESK_OPERATIONS", "/nowhere/operations.json"), nil, []string{"FACTORDESK_OPERATIONS", "/nowhere/operations.json"}},
		"operations of something else": {set("FACTORDESK_OPERATIONS", broken), nil, []string{"FACTORDESK_OPERATIONS", broken, "no JSON object"}},
		"operations by another hash":   {good, []string{"--operations", foreign}, []string{"FACTORDESK_OPERATIONS", foreign, "68e8d0d4ab9d9d3fa6e6f7e8b6f0a5d1", "SHA-256"}},
		"demo in production":           {set("FACTORDESK_ENVIRONMENT", "production"), []string{"--demo"}, []string{"--demo", "FACTORDESK_ENVIRONMENT", "production"}},
		"demo in uat":                  {set("FACTORDESK_ENVIRONMENT", "uat"), []string{"--demo"}, []string{"--demo", "uat"}},
		"unknown flag":                 {good, []string{"--frobnicate"}, []string{"--frobnicate"}},
		"argument too many":            {good, []string{"postgres://desk:" + hidden + "@127.0.0.1/desk"}, []string{"unexpected argument"}},
		"several at once": {set("FACTORDESK_ADDR", "here", "FACTORDESK_PUBLIC_URL", "", "DATABASE_URL", "there"), nil,
			[]string{"FACTORDESK_ADDR", "FACTORDESK_PUBLIC_URL", "DATABASE_URL"}},
	} {
		t.Run(name, func(t *testing.T) {
			setenv(t, c.settings)
			said := fails(t, exitSettings, append([]string{"serve"}, c.args...)...)
			for _, want := range c.want {
				if !strings.Contains(said, want) {
					t.Errorf("%q does not say %q", said, want)
				}
			}
			if strings.Contains(said, hidden) {
				t.Errorf("%q shows a secret", said)
			}
		})
	}
	t.Run("hidden flags have names, too", func(t *testing.T) {
		setenv(t, good)
		if said := fails(t, exitSettings, "serve", "--twilio-account-sid"); !strings.Contains(said, "--twilio-account-sid: expected") {
			t.Error(said)
		}
	})
	t.Run("demo data", func(t *testing.T) {
		setenv(t, set("DATABASE_URL", "sqlite://"+demoCopy(t)))
		if said := fails(t, exitSettings, "serve"); !strings.Contains(said, "demo data") {
			t.Error(said)
		}
	})
}

func TestServe_PortTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for _, name := range []string{"FACTORDESK_ADDR", "FACTORDESK_OPS_ADDR", "FACTORDESK_SANDBOX_ADDR"} {
		t.Run(name, func(t *testing.T) {
			settings := production(t)
			settings["FACTORDESK_ENVIRONMENT"] = "development"
			settings[name] = taken.Addr().String()
			setenv(t, settings)
			t.Chdir(t.TempDir())
			said := fails(t, exitFailed, "serve")
			if !strings.Contains(said, taken.Addr().String()) || !strings.Contains(said, name) || !strings.Contains(said, "in use") {
				t.Error(said)
			}
			if _, err := os.Stat(strings.TrimPrefix(settings["DATABASE_URL"], "sqlite://")); err == nil {
				t.Error("the database was made before the address was tried")
			}
		})
	}
}

func TestServe_DatabaseDoesNotAnswer(t *testing.T) {
	settings := production(t)
	settings["DATABASE_URL"] = "postgres://desk:" + hidden + "@127.0.0.1:1/desk"
	setenv(t, settings)
	for _, args := range [][]string{{"serve"}, {"migrate", "up"}, {"migrate", "status"}, {"keys", "reencrypt"}} {
		if said := fails(t, exitFailed, args...); !strings.Contains(said, "DATABASE_URL") || strings.Contains(said, hidden) {
			t.Error(said)
		}
	}
}

func TestRun_Commands(t *testing.T) {
	commands := []string{
		"serve", "migrate up", "migrate status", "institution create", "institution list", "institution settings",
		"staff create", "staff list", "staff first-password", "staff disable", "staff enable", "staff reset-factors", "staff access", "staff review",
		"staff roles list", "staff roles save", "staff roles remove", "staff roles give", "staff roles take", "user show", "provider list", "jobs list", "sandbox",
		"keys create", "keys add", "keys promote", "keys reencrypt", "audit verify", "version",
	}
	t.Run("--help lists all", func(t *testing.T) {
		help := succeeds(t, "", "--help")
		for _, c := range commands {
			if !strings.Contains(help, "\n  "+c+" ") && !strings.Contains(help, "\n  "+c+"\n") {
				t.Errorf("%s is missing", c)
			}
		}
	})
	t.Run("each has its own --help, which shows no setting's value", func(t *testing.T) {
		setenv(t, map[string]string{
			"DATABASE_URL": "postgres://desk:" + hidden + "@127.0.0.1/desk", "FACTORDESK_SMTP_URL": "smtp://desk:" + hidden + "@127.0.0.1", "TWILIO_AUTH_TOKEN": hidden,
		})
		for _, c := range commands {
			if help := succeeds(t, "", append(strings.Fields(c), "--help")...); !strings.Contains(help, "Usage: factordesk "+c) || strings.Contains(help, hidden) {
				t.Errorf("%s: %s", c, help)
			}
		}
	})
	t.Run("an unknown one is a wrong setting", func(t *testing.T) {
		for _, args := range [][]string{{"frobnicate"}, {"keys", "frobnicate"}, {"keys"}, {}, {"--frobnicate"}} {
			fails(t, exitSettings, args...)
		}
	})
	t.Run("all refuse a database of an unknown kind", func(t *testing.T) {
		setenv(t, production(t))
		t.Setenv("DATABASE_URL", "mysql://desk:"+hidden+"@127.0.0.1/desk")
		setenv(t, twilioAccount())
		for _, args := range [][]string{
			{"migrate", "up"}, {"migrate", "status"}, {"keys", "reencrypt"}, {"institution", "create", "--slug", "bank", "--name", "Bank"},
			{"staff", "create", "--institution", "bank", "--email", "a@bank.example", "--first-name", "A", "--last-name", "B", "--phone", "+12025550181"},
		} {
			if said := fails(t, exitSettings, args...); !strings.Contains(said, "DATABASE_URL") || strings.Contains(said, hidden) {
				t.Error(said)
			}
		}
	})
}

func TestServe_FlagsWin(t *testing.T) {
	t.Parallel()
	p := serve(t, []string{
		"FACTORDESK_ENVIRONMENT=production", "FACTORDESK_ADDR=nowhere", "DATABASE_URL=mysql://", "FACTORDESK_MAIL_DIR=/nowhere", "FACTORDESK_LOG_LEVEL=debug",
	}, "--environment", "development", "--addr", "127.0.0.1:0", "--database-url", "sqlite://elsewhere.db", "--mail-dir", "letters", "--log-level", "error")
	if _, err := os.Stat(filepath.Join(p.Dir, "elsewhere.db")); err != nil {
		t.Error(err)
	}
	if !strings.Contains(p.out.String(), "letters/") || !strings.Contains(p.out.String(), "(development)") {
		t.Error(p.out.String())
	}
	if status, _ := p.browser().send("GET", p.API+"/healthz", nil); status != 200 {
		t.Errorf("/healthz: %d", status)
	}
	p.stop()
	if p.errs.String() != "" {
		t.Errorf("at level error: %s", p.errs.String())
	}
}

// twilioAccount is a made-up account, as the environment gives it.
func twilioAccount() map[string]string {
	return map[string]string{
		"TWILIO_ACCOUNT_SID": "AC" + strings.Repeat("0a", 16), "TWILIO_AUTH_TOKEN": "madeuptokenofatest", "TWILIO_FROM": "+12025550190",
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
