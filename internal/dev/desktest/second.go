package desktest

import (
	"log/slog"
	"net/http"

	"github.com/factordesk/factordesk/graph"
	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/desk"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/server"
)

// Second returns the same desk as another process serves it: over the same
// database, with connections, services and a handler of its own.
func (d *Desk) Second() *Desk {
	d.t.Helper()
	second := *d
	second.DB = storetest.Open(d.t, d.database)
	log := slog.New(slog.NewTextHandler(d.Log, nil))
	second.Desk = desk.Wire(desk.Parts{
		DB: second.DB, Keys: secret.Development(), Mailer: d.Mails, TwilioURL: d.Twilio.url, Clock: d.Clock, Log: log,
	})
	second.hashQuickly()
	var err error
	second.Handler, err = server.New(server.Config{
		GraphQL:  graph.NewHandler(second.Services, graph.Options{Environment: model.EnvironmentDevelopment, Log: log}),
		Webhooks: http.NotFoundHandler(), NotYou: second.Freezes, Sessions: second.Sessions, Health: second.DB, Log: log, Metrics: server.NewMetrics(),
	})
	d.must(err)
	return &second
}
