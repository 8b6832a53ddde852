// Package desktest provides a test with a whole desk: what production wires, over HTTP,
// with nothing replaced but the world around it.
//
//	Client ── cookies ──> Handler ──> services ──> database   SQLite, or PostgreSQL
//	                                     ├──────> Twilio      the sandbox, over HTTP
//	                                     ├──────> Mails       a folder in memory
//	                                     └──────> Clock       stands still until moved
//
// Hashing takes no time unless a test asks for the real one.
//
// Two institutions are there, each with its people, made through the services:
// Harbor, which accepted the risk of VoIP numbers, and Summit, which did not.
package desktest

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/factordesk/factordesk/graph"
	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/adapter/twilio/callback"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/dev/pgtest"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/server"
)

// Start is when every desk's clock starts.
var Start = time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)

// Desk is a desk with the world around it.
type Desk struct {
	desk.Desk
	DB      *store.DB
	Clock   *clock.Fake
	Twilio  *Twilio
	Mails   *Mails
	Log     *Log
	Metrics *server.Metrics
	// Public is where Twilio reports to.
	Public *url.URL
	// Handler is the public HTTP surface.
	Handler http.Handler
	Harbor  Bank
	Summit  Bank

	t testing.TB
	// database is its URL.
	database string
}

type options struct {
	database    func(t testing.TB) string
	environment model.Environment
	realHashing bool
	operations  []string
	server      func(c *server.Config)
}

// Option changes how a desk is made.
type Option func(o *options)

// OnPostgreSQL keeps everything in PostgreSQL instead of SQLite.
func OnPostgreSQL(o *options) { o.database = pgtest.DSN }

// OnSQLite keeps everything in SQLite, as happens anyway.
func OnSQLite(o *options) {
	o.database = storetest.SQLite
}

// Databases are the options by which a test runs on both.
var Databases = map[string]Option{"SQLite": OnSQLite, "PostgreSQL": OnPostgreSQL}

// UAT makes an environment that sends no texts.
func UAT(o *options) { o.environment = model.EnvironmentUat }

// Production switches off what development is offered: introspection,
// suggestions and GET.
func Production(o *options) { o.environment = model.EnvironmentProduction }

// Operations lists the documents of manifests.
func Operations(files ...string) Option { return func(o *options) { o.operations = files } }

// RealHashing hashes passwords and codes as production does, slowly.
func RealHashing(o *options) { o.realHashing = true }

// Server changes the HTTP surface's configuration.
func Server(f func(c *server.Config)) Option { return func(o *options) { o.server = f } }

// New makes a desk for one test.
func New(t testing.TB, opts ...Option) *Desk {
	t.Helper()
	o := options{environment: model.EnvironmentDevelopment, server: func(*server.Config) {}}
	OnSQLite(&o)
	for _, opt := range opts {
		opt(&o)
	}
	d := &Desk{t: t, Clock: clock.NewFake(Start), Log: &Log{}, Mails: &Mails{}, Metrics: server.NewMetrics()}
	d.Twilio = newTwilio(t, d.Clock)
	d.database = o.database(t)
	d.DB = storetest.Open(t, d.database)

	// What Twilio reports arrives over a listener; tests call the handler itself.
	public := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { d.Handler.ServeHTTP(w, r) }))
	t.Cleanup(public.Close)
	publicURL, err := url.Parse(public.URL)
	d.must(err)
	d.Public = publicURL
	log := slog.New(slog.NewTextHandler(d.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	d.Desk = desk.Wire(desk.Parts{
		DB: d.DB, Keys: secret.Development(), Mailer: d.Mails, TwilioURL: d.Twilio.url,
		PublicURL: publicURL, AdminURL: publicURL, BankingURL: publicURL,
		UAT: o.environment == model.EnvironmentUat, Clock: d.Clock, Log: log,
	})
	if !o.realHashing {
		d.hashQuickly()
	}
	operations, err := graph.ReadOperations(nil, o.operations)
	d.must(err)
	c := server.Config{
		GraphQL:  graph.NewHandler(d.Services, graph.Options{Environment: o.environment, Operations: operations, Log: log}),
		Webhooks: callback.New(callback.Config{PublicURL: publicURL, Accounts: d.Providers, Receiver: d.Notifications, Log: log}),
		NotYou:   d.Freezes,
		Sessions: d.Sessions, Health: d.DB, Log: log, Metrics: d.Metrics,
	}
	o.server(&c)
	d.Handler, err = server.New(c)
	d.must(err)
	d.settle()
	return d
}

// hashQuickly takes a hasher that takes no time.
func (d *Desk) hashQuickly() {
	quick := &world.Hasher{}
	d.Account.Hasher, d.Users.Hasher, d.Challenges.Hasher, d.BackupCodes.Hasher = quick, quick, quick, quick
	d.PasswordResets.Hasher, d.Invites.Hasher = quick, quick
}

func (d *Desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// SendNotices does every job that is due, chores aside: it sends notices and links.
func (d *Desk) SendNotices() {
	d.t.Helper()
	for _, q := range []job.Queue{job.Mail, job.Phone} {
		for d.Runner.Next(d.t.Context(), q) {
		}
	}
}
