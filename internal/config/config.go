// Package config reads the settings of `factordesk serve` from flags and
// environment, flags first, and refuses those that do not fit together: all that
// is wrong in one line.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/platform/secret"
)

// Environment says how much is at stake.
type Environment string

// The environments.
const (
	Development Environment = "development"
	// UAT is for acceptance tests: no text is sent and no call made.
	UAT        Environment = "uat"
	Production Environment = "production"
)

// UnmarshalText takes the three names; empty is not set.
func (e *Environment) UnmarshalText(text []byte) error {
	switch *e = Environment(text); *e {
	case "", Development, UAT, Production:
		return nil
	}
	return fmt.Errorf("must be development, uat or production but got %q", text)
}

// Database is where everything is kept. Every command has it.
type Database struct {
	DatabaseURL string `name:"database-url" env:"DATABASE_URL" default:"sqlite://var/factordesk.db" help:"sqlite://PATH or postgres://…" placeholder:"URL"`
}

// Check refuses what is no database URL. It quotes none of it: it may hold a
// password.
func (d Database) Check() error {
	path, isFile := strings.CutPrefix(d.DatabaseURL, "sqlite://")
	parsed, err := url.Parse(withoutHosts(d.DatabaseURL))
	if isFile && path != "" || err == nil && (parsed.Scheme == "postgres" || parsed.Scheme == "postgresql") {
		return nil
	}
	return errors.New("DATABASE_URL is neither sqlite://PATH nor postgres://…")
}

// withoutHosts takes several hosts out of a URL, whose ports net/url can't read.
func withoutHosts(databaseURL string) string {
	scheme, rest, _ := strings.Cut(databaseURL, "://")
	hosts, path, _ := strings.Cut(rest, "/")
	if !strings.Contains(hosts, ",") {
		return databaseURL
	}
	return scheme + "://several/" + path
}

// Unencrypted reports whether the URL says that the way to PostgreSQL may be left
// unencrypted.
func (d Database) Unencrypted() bool {
	parsed, err := url.Parse(withoutHosts(d.DatabaseURL))
	return err == nil && strings.HasPrefix(parsed.Scheme, "postgres") && slices.Contains([]string{"disable", "allow", "prefer"}, parsed.Query().Get("sslmode"))
}

// Keys is the keyset that opens secrets at rest.
type Keys struct {
	Environment Environment `env:"FACTORDESK_ENVIRONMENT" help:"development, uat or production (default: production)." placeholder:"NAME"`
	KeysetFile  string      `name:"keyset" env:"FACTORDESK_KEYSET" help:"Keyset file; make one with: factordesk keys create." placeholder:"FILE"`
}

// Keep is how many days what is over is kept, in case someone asks.
type Keep struct {
	KeepSessions int `env:"FACTORDESK_KEEP_SESSIONS" default:"90" help:"Days that sessions are kept once they are over." placeholder:"DAYS"`
	KeepBrowsers int `env:"FACTORDESK_KEEP_BROWSERS" default:"400" help:"Days that a browser is known for a sign-in that was completed in it." placeholder:"DAYS"`
	KeepNotices  int `env:"FACTORDESK_KEEP_NOTICES" default:"30" help:"Days that notices, and jobs that are done or given up, are kept." placeholder:"DAYS"`
	KeepCodeSets int `env:"FACTORDESK_KEEP_CODE_SETS" default:"400" help:"Days that sets of backup codes are kept once they are void, over or spent." placeholder:"DAYS"`
	KeepAttempts int `env:"FACTORDESK_KEEP_ATTEMPTS" default:"90" help:"Days that wrong codes in a row are counted since the last; what they switched off stays off." placeholder:"DAYS"`
	KeepWindows  int `env:"FACTORDESK_KEEP_WINDOWS" default:"0" help:"Days that the counts of limits are kept once they are over." placeholder:"DAYS"`
	KeepReadings int `env:"FACTORDESK_KEEP_READINGS" default:"400" help:"Days that it is kept when a number's texts were last read off Twilio." placeholder:"DAYS"`
}

// mostDays is the longest that anything may be kept.
const mostDays = 36_500

// check returns what is wrong. Notices are kept for longer than they are tried.
func (k Keep) check() (problems []error) {
	for _, s := range []struct {
		name        string
		days, least int
	}{
		{"SESSIONS", k.KeepSessions, 1}, {"BROWSERS", k.KeepBrowsers, 1}, {"NOTICES", k.KeepNotices, 8}, {"CODE_SETS", k.KeepCodeSets, 1},
		{"ATTEMPTS", k.KeepAttempts, 1}, {"WINDOWS", k.KeepWindows, 0}, {"READINGS", k.KeepReadings, 1},
	} {
		if s.days < s.least || s.days > mostDays {
			problems = append(problems, fmt.Errorf("FACTORDESK_KEEP_%s is %d to %d days, not %d", s.name, s.least, mostDays, s.days))
		}
	}
	return problems
}

// Serve are the settings of the server.
type Serve struct {
	Database
	Keys
	Keep
	Demo           bool           `help:"Fill the database with made-up institutions and people, and send all texts and calls to the built-in sandbox. Implies development."`
	Addr           string         `env:"FACTORDESK_ADDR" default:"127.0.0.1:8080" help:"Where to listen." placeholder:"HOST:PORT"`
	OpsAddr        string         `env:"FACTORDESK_OPS_ADDR" default:"127.0.0.1:9090" help:"Where metrics and profiles are served; keep it private." placeholder:"HOST:PORT"`
	SandboxAddr    string         `env:"FACTORDESK_SANDBOX_ADDR" default:"127.0.0.1:8081" help:"Where the sandbox listens, if it starts." placeholder:"HOST:PORT"`
	PublicURL      string         `name:"public-url" env:"FACTORDESK_PUBLIC_URL" help:"The address that Twilio calls back (default in development: from --addr)." placeholder:"URL"`
	AdminURL       string         `name:"admin-url" env:"FACTORDESK_ADMIN_URL" help:"Where staff open the dashboard; the staff cookie is good there only." placeholder:"URL"`
	BankingURL     string         `name:"banking-url" env:"FACTORDESK_BANKING_URL" help:"Where customers open the banking client." placeholder:"URL"`
	TrustedProxies []string       `env:"FACTORDESK_TRUSTED_PROXIES" help:"Addresses or CIDRs whose X-Forwarded-For is believed." placeholder:"CIDR"`
	SMTPURL        string         `name:"smtp-url" env:"FACTORDESK_SMTP_URL" help:"Mail server: smtp://user:password@host:587 or smtps://…, with ?from=ADDRESS." placeholder:"URL"`
	MailDir        string         `env:"FACTORDESK_MAIL_DIR" help:"Write mails here instead, one .eml each; not in production (default in development: var/mail)." placeholder:"DIR"`
	Brand          string         `env:"FACTORDESK_BRAND" default:"Factordesk" help:"The platform's name: what staff see and hear in texts and calls where an institution has no digital banking." placeholder:"NAME"`
	Operations     []string       `env:"FACTORDESK_OPERATIONS" help:"Manifests of the documents that clients name by their SHA-256, or built-in for those of the clients built in; with any, production runs no others." placeholder:"FILE"`
	JobsPoll       time.Duration  `env:"FACTORDESK_JOBS_POLL" default:"1s" help:"How often to look for jobs that other processes wrote or put off, 100ms to 1m: one statement each time." placeholder:"DURATION"`
	Drain          *time.Duration `env:"FACTORDESK_DRAIN" help:"How long requests are still taken at the end while /readyz says that no more should be sent, 0s to 15s (default: 5s; 0s in development)." placeholder:"DURATION"`
	ClockLimit     time.Duration  `env:"FACTORDESK_CLOCK_LIMIT" default:"5s" help:"How far this machine's clock may be from the database's before /readyz says so, where another process agrees with the database, 100ms to 1m." placeholder:"DURATION"`
	LogLevel       string         `env:"FACTORDESK_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"debug, info, warn or error."`
	// RealTwilio is set where a developer wants Twilio itself.
	RealTwilio string `name:"twilio-account-sid" env:"TWILIO_ACCOUNT_SID" hidden:""`
}

const (
	// usualDrain is long enough for a balancer that asks /readyz every few seconds, or
	// an orchestrator that takes the process out of its lists as it asks it to end.
	usualDrain = 5 * time.Second
	// longestDrain leaves running requests their time before all has to be over.
	longestDrain = 15 * time.Second
)

// Resolve returns the environment, which is production unless it is set.
func (k Keys) Resolve() Environment {
	if k.Environment == "" {
		return Production
	}
	return k.Environment
}

// Keyset reads the keyset file. Without one, development uses the public development
// keyset, which production and uat refuse even as a file.
func (k Keys) Keyset() (*secret.Keyset, error) {
	if k.KeysetFile == "" {
		if k.Resolve() != Development {
			return nil, fmt.Errorf("FACTORDESK_KEYSET is missing: make a keyset with `factordesk keys create`")
		}
		return secret.Development(), nil
	}
	data, err := os.ReadFile(k.KeysetFile)
	if err != nil {
		return nil, fmt.Errorf("FACTORDESK_KEYSET cannot be read: %w", err)
	}
	if k.Resolve() != Development && secret.IsDevelopment(data) {
		return nil, fmt.Errorf("FACTORDESK_KEYSET is the public development keyset, which %s refuses", k.Resolve())
	}
	set, err := secret.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("FACTORDESK_KEYSET: %w", err)
	}
	return set, nil
}

// Check returns everything that is wrong, and fills what follows from the rest.
func (s *Serve) Check() error {
	var problems []error
	if s.Demo {
		if s.Environment != "" && s.Environment != Development {
			problems = append(problems, fmt.Errorf("--demo means development, and FACTORDESK_ENVIRONMENT says %s", s.Environment))
		}
		s.Environment = Development
	}
	s.Environment = s.Resolve()
	if err := s.Database.Check(); err != nil {
		problems = append(problems, err)
	}
	for _, a := range []struct{ name, value string }{
		{"FACTORDESK_ADDR", s.Addr}, {"FACTORDESK_OPS_ADDR", s.OpsAddr}, {"FACTORDESK_SANDBOX_ADDR", s.SandboxAddr},
	} {
		if !isAddress(a.value) {
			problems = append(problems, fmt.Errorf("%s %q is not HOST:PORT", a.name, a.value))
		}
	}
	if _, err := s.Proxies(); err != nil {
		problems = append(problems, err)
	}
	if s.JobsPoll < 100*time.Millisecond || s.JobsPoll > time.Minute {
		problems = append(problems, fmt.Errorf("FACTORDESK_JOBS_POLL is 100ms to 1m, not %s", s.JobsPoll))
	}
	if s.ClockLimit < 100*time.Millisecond || s.ClockLimit > time.Minute {
		problems = append(problems, fmt.Errorf("FACTORDESK_CLOCK_LIMIT is 100ms to 1m, not %s", s.ClockLimit))
	}
	if s.Drain == nil {
		s.Drain = new(map[bool]time.Duration{false: usualDrain}[s.Environment == Development])
	}
	if *s.Drain < 0 || *s.Drain > longestDrain {
		problems = append(problems, fmt.Errorf("FACTORDESK_DRAIN is 0s to %s, not %s", longestDrain, *s.Drain))
	}
	problems = append(problems, s.Keep.check()...)
	problems = append(problems, s.checkURLs()...)
	if s.Environment == Production && s.MailDir != "" {
		problems = append(problems, fmt.Errorf("FACTORDESK_MAIL_DIR is not for production: set FACTORDESK_SMTP_URL"))
	}
	if s.MailDir == "" && s.SMTPURL == "" && s.Environment == Development {
		s.MailDir = "var/mail"
	}
	return join(problems)
}

func isAddress(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

func (s *Serve) checkURLs() []error {
	var problems []error
	needed := s.Environment == Production
	hosts := map[string]string{}
	for _, u := range []struct{ name, value string }{
		{"FACTORDESK_PUBLIC_URL", s.PublicURL}, {"FACTORDESK_ADMIN_URL", s.AdminURL}, {"FACTORDESK_BANKING_URL", s.BankingURL},
	} {
		switch parsed, err := url.Parse(u.value); {
		case u.value == "" && needed:
			problems = append(problems, fmt.Errorf("%s is missing", u.name))
		case u.value == "":
		case err != nil || parsed.Hostname() == "" || parsed.Scheme != "https" && parsed.Scheme != "http":
			problems = append(problems, fmt.Errorf("%s is not a URL such as https://2fa.bank.example", u.name))
		case needed && parsed.Scheme != "https":
			problems = append(problems, fmt.Errorf("%s is not https, which production refuses", u.name))
		default:
			hosts[u.name] = strings.ToLower(parsed.Hostname()) // cookies know no ports
		}
	}
	if admin := hosts["FACTORDESK_ADMIN_URL"]; needed && admin != "" && admin == hosts["FACTORDESK_BANKING_URL"] {
		problems = append(problems, errors.New("FACTORDESK_ADMIN_URL and FACTORDESK_BANKING_URL are on the same host, and must not be"))
	}
	return problems
}

// Proxies returns the networks whose X-Forwarded-For is believed.
func (s *Serve) Proxies() ([]netip.Prefix, error) {
	var nets []netip.Prefix
	for _, p := range s.TrustedProxies {
		prefix, err := netip.ParsePrefix(p)
		if err != nil {
			addr, addrErr := netip.ParseAddr(p)
			if addrErr != nil {
				return nil, fmt.Errorf("FACTORDESK_TRUSTED_PROXIES: %q is neither an address nor a CIDR", p)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		nets = append(nets, prefix)
	}
	return nets, nil
}

// Sandbox reports whether the built-in sandbox takes Twilio's place.
func (s *Serve) Sandbox() bool {
	return s.Demo || s.Environment == Development && s.RealTwilio == ""
}

// join puts all problems into one line.
func join(problems []error) error {
	if len(problems) == 0 {
		return nil
	}
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = p.Error()
	}
	return errors.New(strings.Join(lines, "; "))
}
