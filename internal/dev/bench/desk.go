package main

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"sync"
	"time"

	"github.com/factordesk/factordesk/graph"
	"github.com/factordesk/factordesk/internal/adapter/mail"
	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/server"
)

// newDesk makes the product's handler as production has it: no introspection,
// cookies that are Secure, two hosts, metrics, and a line in the log for each
// request, which goes nowhere. Only codes are caught instead of sent, and what
// runs beside requests, the sending of notices and the sweep, waits to be told.
func newDesk(ctx context.Context, databaseURL string) (subject, error) {
	db, err := store.Open(ctx, databaseURL)
	if err != nil {
		return subject{}, err
	}
	nowhere, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return subject{}, err
	}
	keys, err := keyset()
	if err != nil {
		return subject{}, err
	}
	log := slog.New(slog.NewJSONHandler(nowhere, nil))
	app := desk.Wire(desk.Parts{
		DB: db, Keys: keys, Mailer: mail.Nowhere{}, Clock: clock.System{}, Log: log,
		TwilioURL: &url.URL{Scheme: "http", Host: "127.0.0.1:1"}, // nobody answers, and nobody is asked
	})
	sent := &caught{}
	app.Challenges.Codes.Sender = sent
	handler, err := server.New(server.Config{
		GraphQL:  graph.NewHandler(app.Services, graph.Options{Log: log}),
		Webhooks: http.NotFoundHandler(), Sessions: app.Sessions, Health: db,
		Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		Secure:  true, AdminHost: adminHost, BankingHost: bankingHost, Log: log, Metrics: server.NewMetrics(),
	})
	work := func() { go app.Runner.Run(context.WithoutCancel(ctx)) }
	return subject{handler: handler, statements: db.Statements, code: sent.code, work: work, close: db.Close}, err
}

// caught holds the code that each user was sent last.
type caught struct{ codes sync.Map }

// SendCode implements onetimecode.Sender.
func (c *caught) SendCode(_ context.Context, r notification.Recipient, code string, _ time.Duration) error {
	c.codes.Store(r.UserID, code)
	return nil
}

func (c *caught) code(userID string) string {
	code, _ := c.codes.Load(userID)
	s, _ := code.(string)
	return s
}
