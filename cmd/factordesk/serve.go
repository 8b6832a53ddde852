package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/factordesk/factordesk/graph"
	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/graph/transport"
	"github.com/factordesk/factordesk/internal/adapter/mail"
	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/twilio/callback"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/demo"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/server"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
	"github.com/factordesk/factordesk/web"
)

type serveCmd struct {
	config.Serve
}

// Run serves until ctx ends, then lets what is running end.
func (c *serveCmd) Run(ctx context.Context, s streams) error {
	if err := c.Check(); err != nil {
		return settingsError{err}
	}
	if err := institution.CheckName(c.Brand); err != nil {
		return settingsError{fmt.Errorf("FACTORDESK_BRAND: %w", err)}
	}
	keys, err := c.Keyset()
	if err != nil {
		return settingsError{err}
	}
	operations, err := graph.ReadOperations(web.Operations(), c.Operations)
	if err != nil {
		return settingsError{fmt.Errorf("FACTORDESK_OPERATIONS: %w", err)}
	}
	log := newLogger(s.Err, c.LogLevel, c.Environment)
	end := &ending{log: log, exit: os.Exit}
	defer end.over()
	listeners, err := c.listen()
	if err != nil {
		return err
	}
	defer listeners.close()
	p := desk.Parts{Keys: keys, UAT: c.Environment == config.UAT, Brand: c.Brand, Log: log, PollJobs: c.JobsPoll, Retention: retention(c.Keep)}
	if p.PublicURL, err = c.publicURL(listeners.public.Addr()); err != nil {
		return settingsError{err}
	}
	if p.AdminURL, err = urlOr(c.AdminURL, p.PublicURL); err != nil {
		return settingsError{err}
	}
	if p.BankingURL, err = urlOr(c.BankingURL, p.PublicURL); err != nil {
		return settingsError{err}
	}
	if p.Mailer, err = c.mailer(p.PublicURL); err != nil {
		return settingsError{err}
	}
	if p.DB, err = openServed(ctx, c.Database, c.Keys, keys); err != nil {
		return err
	}
	defer func() { _ = p.DB.Close() }()
	shared := c.sharedClock(p.DB)
	shared.CheckAndLog(ctx, log)
	p.Clock, p.AppClock = shared, shared.World()
	warnOfReaders(log, c.Database, c.Keys)
	if c.KeysetFile != "" && !keys.HasAuditKeys() {
		log.Warn("the audit record has no keys of its own: run factordesk keys add and keys promote, as for a rotation")
	}
	c.warnOfGaps(log)
	var sandbox *twiliosandbox.Sandbox
	if listeners.sandbox != nil {
		sandbox = c.newSandbox(log)
		p.TwilioURL = &url.URL{Scheme: "http", Host: reachable(listeners.sandbox.Addr())}
	}
	app := desk.Wire(p)
	running, err := c.servers(app, p, shared, operations, sandbox, end)
	if err != nil {
		return err
	}
	if sandbox != nil {
		running.sandbox.start(listeners.sandbox)
	}
	if c.Demo {
		if err := c.fillDemo(ctx, p, app, sandbox); err != nil {
			running.stop(sandbox, log)
			return fmt.Errorf("the demo data could not be made: %w", err)
		}
	}
	running.ops.start(listeners.ops)
	running.public.start(listeners.public)
	c.greet(s, listeners)
	return c.serveUntil(ctx, app, shared, running, sandbox, end)
}

// retention is how long the rows of each table are kept that has a setting.
func retention(k config.Keep) store.Retention {
	const day = 24 * time.Hour
	keep := store.Retention{}
	for table, days := range map[string]int{
		"sessions": k.KeepSessions, "browsers": k.KeepBrowsers, "notices": k.KeepNotices, "jobs": k.KeepNotices, "backup_code_sets": k.KeepCodeSets,
		"throttle_attempts": k.KeepAttempts, "throttle_windows": k.KeepWindows, "notification_refreshes": k.KeepReadings,
	} {
		keep[table] = time.Duration(days) * day
	}
	return keep
}

// serveUntil waits for the end and shuts down in the order in which the parts
// need each other: requests, jobs, the record, the sandbox.
func (c *serveCmd) serveUntil(ctx context.Context, app desk.Desk, shared *clock.Shared, running *servers, sandbox *twiliosandbox.Sandbox, end *ending) error {
	log := end.log
	working, stopWorking := context.WithCancel(context.WithoutCancel(ctx))
	var jobs sync.WaitGroup
	jobs.Go(func() { app.Runner.Run(working) })
	jobs.Go(func() { shared.Run(working, log) })
	jobs.Go(func() { app.Live.Run(working) })
	if err := app.Audit.LogHeads(working); err != nil {
		log.Error("the heads of the audit record could not be logged", "error", err)
	}
	var failed error
	select {
	case <-ctx.Done():
		end.begin()
		app.Live.Close() // who waits for updates goes to another process
		end.drain(*c.Drain)
		log.Info("stopping: running requests may end")
	case failed = <-running.failed:
		end.begin()
		app.Live.Close()
	}
	end.on("requests")
	running.public.shutdown(log)
	end.on("jobs")
	stopWorking()
	jobs.Wait()
	end.on("the audit record")
	app.Audit.Wait()
	end.on("metrics and the sandbox")
	running.stop(sandbox, log)
	end.on("connections to the database")
	return failed
}

func (c *serveCmd) publicURL(addr net.Addr) (*url.URL, error) {
	if c.PublicURL != "" {
		return url.Parse(c.PublicURL)
	}
	return &url.URL{Scheme: "http", Host: reachable(addr)}, nil
}

// urlOr returns where people reach a client: at a setting, or where everything else
// is.
func urlOr(setting string, publicURL *url.URL) (*url.URL, error) {
	if setting == "" {
		return publicURL, nil
	}
	return url.Parse(setting)
}

// reachable returns an address at which this machine reaches a listener.
func reachable(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return addr.String()
	}
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
}

// warnOfGaps says what production should not go without: as errors, so that nobody
// filters them out.
func (c *serveCmd) warnOfGaps(log *slog.Logger) {
	level := slog.LevelWarn
	if c.Environment == config.Production {
		level = slog.LevelError
	}
	if c.SMTPURL == "" && c.MailDir == "" {
		log.Log(context.Background(), level, "FACTORDESK_SMTP_URL is not set: nobody can prove an address or reset a password, codes by mail are refused, and notices by mail wait in the outbox and are given up after 7 days")
	}
	if c.Unencrypted() && c.Environment != config.Development {
		log.Log(context.Background(), level, "DATABASE_URL lets the way to PostgreSQL be unencrypted: whoever listens there reads all of it. Say sslmode=verify-full, unless the way never leaves this machine")
	}
}

func (c *serveCmd) mailer(publicURL *url.URL) (notification.Mailer, error) {
	from := "no-reply@" + publicURL.Hostname()
	if net.ParseIP(publicURL.Hostname()) != nil {
		from = "no-reply@factordesk.example"
	}
	switch {
	case c.MailDir != "":
		return &mail.Folder{Dir: c.MailDir, From: from, Clock: clock.System{}}, nil
	case c.SMTPURL != "":
		return mail.NewSMTP(c.SMTPURL, from, clock.System{})
	default:
		return mail.Nowhere{}, nil
	}
}

func (c *serveCmd) newSandbox(log *slog.Logger) *twiliosandbox.Sandbox {
	cfg := twiliosandbox.Config{Open: !c.Demo, Log: log}
	if c.Demo {
		cfg.Accounts = demo.Accounts()
	}
	return twiliosandbox.New(cfg)
}

func (c *serveCmd) fillDemo(ctx context.Context, p desk.Parts, app desk.Desk, sandbox *twiliosandbox.Sandbox) error {
	demo.Prepare(sandbox, clock.System{}.Now())
	err := p.DB.Locked(ctx, func(ctx context.Context) error {
		return demo.Fill(ctx, demo.Desk{
			Institutions: app.Institutions, Providers: app.Providers, Users: app.Users, Devices: app.Devices, Authenticators: app.Authenticators, Store: p.DB,
			Clock: clock.System{},
		})
	})
	if err != nil || p.PublicURL == nil {
		return err
	}
	accounts, err := app.Providers.List(ctx)
	if err == nil {
		demo.Hear(sandbox, accounts, p.PublicURL)
	}
	return err
}

// servers makes the HTTP servers; none listens yet.
func (c *serveCmd) servers(app desk.Desk, p desk.Parts, shared *clock.Shared, operations transport.Operations, sandbox *twiliosandbox.Sandbox, end *ending) (*servers, error) {
	metrics := server.NewMetrics(slices.Concat(dbCollectors(p.DB), jobMetrics(app.Runner, p.DB, app.Retention), []prometheus.Collector{buildMetric(), budgetMetric(app.Budget), clockMetric(shared), providerMetrics{p.DB.ListProviders}, sendingMetrics{app.Sending}})...)
	production := c.Environment == config.Production
	var explorer fs.FS
	if files, ok := web.GraphiQL(); ok && !production {
		explorer = files
	}
	var dashboard, banking fs.FS
	if files, ok := web.Admin(); ok {
		dashboard = files
	}
	if files, ok := web.Banking(); ok {
		banking = files
	}
	proxies, err := c.Proxies()
	if err != nil {
		return nil, settingsError{err}
	}
	cfg := server.Config{
		GraphQL: graph.NewHandler(app.Services, graph.Options{
			Environment: model.Environment(strings.ToUpper(string(c.Environment))), Operations: operations, Log: p.Log,
		}),
		Webhooks: callback.New(callback.Config{
			PublicURL: p.PublicURL, Accounts: app.Providers, Receiver: app.Notifications, Log: p.Log,
		}),
		NotYou:   app.Freezes,
		GraphiQL: explorer, Admin: dashboard, Banking: banking, Sessions: app.Sessions, Secure: c.Environment != config.Development,
		Health: health{p.DB, shared}, Draining: end.draining.Load,
		Origins: c.origins(), Proxies: proxies, Log: p.Log, Metrics: metrics,
	}
	if production {
		cfg.AdminHost, cfg.BankingHost, cfg.PublicHost = host(c.AdminURL), host(c.BankingURL), host(c.PublicURL)
		cfg.Origins = nil // each client posts to the host that it came from
	}
	handler, err := server.New(cfg)
	if err != nil {
		return nil, settingsError{err}
	}
	failed := make(chan error, 3)
	return &servers{
		public: newHTTPServer("public", handler, failed, p.Log),
		ops:    newHTTPServer("ops", metrics.Ops(), failed, p.Log),
		// Latency and hanging are faults that the sandbox is there to show.
		sandbox: newHTTPServer("sandbox", sandbox, failed, p.Log).patient(),
		failed:  failed,
	}, nil
}

// origins are the addresses of the clients, which browsers name as theirs.
func (c *serveCmd) origins() []string {
	var origins []string
	for _, u := range []string{c.PublicURL, c.AdminURL, c.BankingURL} {
		if parsed, err := url.Parse(u); err == nil && parsed.Host != "" {
			origins = append(origins, parsed.Scheme+"://"+host(u))
		}
	}
	return origins
}

// host returns a URL's host as browsers name it: in lower case, and without the
// port that goes without saying.
func host(u string) string {
	parsed, err := url.Parse(u)
	if err != nil {
		return ""
	}
	usual := map[string]string{"http": ":80", "https": ":443"}[parsed.Scheme]
	return strings.TrimSuffix(strings.ToLower(parsed.Host), usual)
}

func (c *serveCmd) greet(s streams, l *listeners) {
	base := "http://" + reachable(l.public.Addr())
	lines := fmt.Sprintf("Factordesk (%s) is ready.\n\n", c.Environment)
	if _, ok := web.Admin(); ok {
		lines += fmt.Sprintf("  Desk      %s/admin/   for support staff\n", base)
	}
	if _, ok := web.Banking(); ok {
		lines += fmt.Sprintf("  Banking   %s/banking/   for customers\n", base)
	}
	lines += fmt.Sprintf("  API       %s/graphql\n", base)
	if _, ok := web.GraphiQL(); ok && c.Environment != config.Production {
		lines += fmt.Sprintf("  Explorer  %s/graphiql/\n", base)
	}
	lines += fmt.Sprintf("  Metrics   http://%s/metrics\n", reachable(l.ops.Addr()))
	if l.sandbox != nil {
		lines += fmt.Sprintf("  Phones    http://%s/sandbox/   every text and call arrives here; nothing leaves this machine\n", reachable(l.sandbox.Addr()))
	}
	if c.MailDir != "" {
		lines += fmt.Sprintf("  Mails     %s/   one .eml each\n", c.MailDir)
	}
	if c.Demo {
		lines += demo.Greeting
	}
	_, _ = fmt.Fprintln(s.Out, lines)
}

var _ http.Handler = (*twiliosandbox.Sandbox)(nil)
