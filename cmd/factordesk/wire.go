package main

import (
	"log/slog"
	"net/url"
	"time"

	"github.com/factordesk/factordesk/graph"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/clock"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/provider"
	"github.com/factordesk/factordesk/internal/secret"
	"github.com/factordesk/factordesk/internal/store"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/twilio"
	"github.com/factordesk/factordesk/internal/user"
)

// hashQueue is how many sign-ins may wait for a hash before the answer is
// THROTTLED.
const hashQueue = 64

// parts are what an application is wired from.
type parts struct {
	db     *store.DB
	keys   *secret.Keyset
	mailer notification.Mailer
	// twilioURL is where Twilio's API is, if not at Twilio.
	twilioURL *url.URL
	// publicURL is where Twilio reports to; nil asks for no reports.
	publicURL *url.URL
	uat       bool
	clock     clock.Clock
	log       *slog.Logger
}

// application is everything, wired.
type application struct {
	graph.Services
	providers  *provider.Service
	dispatcher *notice.Dispatcher
}

func wire(p parts) application {
	hasher := secret.NewHasher(hashQueue)
	limiter := &throttle.Limiter{Store: p.db, Clock: p.clock}
	institutions := &institution.Service{Store: p.db, Clock: p.clock}
	providers := &provider.Service{Store: p.db, Keys: p.keys, Clock: p.clock}
	users := &user.Service{Store: p.db, Hasher: hasher, Clock: p.clock}
	sessions := &auth.Sessions{Store: p.db, Clock: p.clock}
	notices := &notice.Service{Store: p.db, Institutions: institutions, Clock: p.clock}
	toTwilio := twilio.New(twilio.Config{Accounts: providers, BaseURL: p.twilioURL, CallbackURL: p.publicURL, Log: p.log})
	notifications := &notification.Service{
		Store: p.db, Provider: toTwilio, Archive: toTwilio, Mailer: p.mailer, Institutions: institutions,
		Limiter: limiter, Clock: p.clock, Log: p.log, UAT: p.uat,
	}
	return application{
		Services: graph.Services{
			Institutions: institutions,
			Users:        users,
			Devices: &device.Service{
				Store: p.db, Detector: toTwilio, Users: users, Institutions: institutions, Notifier: notices, Clock: p.clock, Log: p.log,
			},
			BackupCodes: &backupcode.Service{
				Store: p.db, Users: users, Institutions: institutions, Notifier: notices, Hasher: hasher, Clock: p.clock,
			},
			Challenges: &challenge.Service{
				Store: p.db, Institutions: institutions, Hasher: hasher, Keys: p.keys, Sender: notifications, Notifier: notices,
				Sessions: sessions, Browsers: p.db, Limiter: limiter, Attempts: &throttle.Attempts{Store: p.db, Clock: p.clock},
				Clock: p.clock, Log: p.log,
			},
			Notifications: notifications,
			Sessions:      sessions,
		},
		providers: providers,
		dispatcher: &notice.Dispatcher{
			Store: p.db, Institutions: institutions, Sender: notifications, Clock: p.clock, Log: p.log, Poll: time.Second,
		},
	}
}
