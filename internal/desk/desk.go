// Package desk wires the product's parts together: the services of all domains
// over one database, one keyset, one mailer and one Twilio. The server, the
// commands and the tests of the whole desk wire the same.
package desk

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"net/url"
	"strings"
	"time"

	"github.com/factordesk/factordesk/graph"
	"github.com/factordesk/factordesk/internal/account"
	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/twilio"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/departure"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/diagnosis"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/freeze"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/invite"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/live"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/passwordreset"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/provider"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// hashQueue is how many sign-ins may wait for a hash before the answer is
// THROTTLED.
const hashQueue = 64

// Parts are what a desk is wired from.
type Parts struct {
	DB     *store.DB
	Keys   *secret.Keyset
	Mailer notification.Mailer
	// TwilioURL is where Twilio's API is, if not at Twilio.
	TwilioURL *url.URL
	// PublicURL is where Twilio reports to; nil asks for no reports.
	PublicURL *url.URL
	// AdminURL and BankingURL are where staff and customers reach the desk, for the
	// links in mails.
	AdminURL, BankingURL *url.URL
	// Brand is the platform's name, for staff where there is no digital banking;
	// Factordesk if it is empty.
	Brand string
	UAT   bool
	// PollJobs is how often queues are looked at for what other processes wrote; a second
	// if it is zero.
	PollJobs time.Duration
	// Retention is how long rows are kept that are over; the usual time for tables that it
	// does not name.
	Retention store.Retention
	Clock     clock.Clock
	// AppClock is what the codes of authenticator apps are held against; Clock if it is nil.
	AppClock clock.Clock
	Log      *slog.Logger
}

// Desk is everything, wired.
type Desk struct {
	graph.Services
	Providers *provider.Service
	// Sending is what asks the accounts of Providers.
	Sending *twilio.Client
	Budget  *institution.Budget
	Runner  *job.Runner
	// Retention is that of the parts, with every table.
	Retention store.Retention
}

// Wire makes a desk. Nothing runs yet.
func Wire(p Parts) Desk {
	hasher := secret.NewHasher(hashQueue)
	limiter := &throttle.Limiter{Store: p.DB, Clock: p.Clock}
	record := &audit.Service{Store: p.DB, Keys: p.Keys.Audit(), Clock: p.Clock, Log: p.Log}
	institutions := &institution.Service{Store: p.DB, Audit: record, Limiter: limiter, Clock: p.Clock}
	budget := &institution.Budget{Institutions: institutions, Limiter: limiter, Log: p.Log}
	record.Budget = budget
	providers := &provider.Service{Store: p.DB, Institutions: institutions, Keys: p.Keys, Clock: p.Clock, Audit: record, UAT: p.UAT}
	users := &user.Service{Store: p.DB, Hasher: hasher, Clock: p.Clock}
	sessions := auth.NewSessions(p.DB, p.Clock)
	jobs := job.New(p.DB, p.Clock)
	notices := &notice.Service{Store: p.DB, Directory: device.Directory{Store: p.DB}, Institutions: institutions, Jobs: jobs, Clock: p.Clock}
	toTwilio := twilio.New(twilio.Config{Accounts: providers, BaseURL: p.TwilioURL, CallbackURL: p.PublicURL, Clock: p.Clock, Log: p.Log})
	providers.Prober = toTwilio
	notifications := &notification.Service{
		Store: p.DB, Provider: toTwilio, Archive: toTwilio, Mailer: p.Mailer, Institutions: institutions,
		Limiter: limiter, Audit: record, Clock: p.Clock, Log: p.Log, Keys: p.Keys, UAT: p.UAT, Brand: cmp.Or(p.Brand, "Factordesk"),
	}
	backupCodes := &backupcode.Service{
		Store: p.DB, Users: users, Institutions: institutions, Notices: notices, Audit: record, Hasher: hasher, Limiter: limiter, Clock: p.Clock,
	}
	codes := &onetimecode.Service{Store: p.DB, Keys: p.Keys, Sender: notifications, Limiter: limiter, Clock: p.Clock}
	attempts := &throttle.Attempts{Store: p.DB, Clock: p.Clock}
	authenticators := &authenticator.Service{
		Store: p.DB, Institutions: institutions, Keys: p.Keys, Attempts: attempts, Notices: notices, Audit: record, Clock: p.Clock, AppClock: p.Clock,
	}
	if p.AppClock != nil {
		authenticators.AppClock = p.AppClock
	}
	freezes := &freeze.Service{
		Store: p.DB, Users: users, Institutions: institutions, Notices: notices, Audit: record, Limiter: limiter, Clock: p.Clock, URL: p.BankingURL,
	}
	devices := &device.Service{
		Store: p.DB, Detector: toTwilio, Users: users, Institutions: institutions, Notices: notices, Audit: record, Clock: p.Clock, Log: p.Log,
		Codes: codes, Limiter: limiter, Attempts: attempts, Tests: notifications,
	}
	providers.Phones, providers.Texts = devices, notifications
	enrollments := &enrollment.Service{
		Store: p.DB, Institutions: institutions, Users: users, Phones: devices, BackupCodes: backupCodes, Notices: notices, Audit: record,
		Limiter: limiter, Clock: p.Clock,
	}
	challenges := &challenge.Service{
		Store: p.DB, Institutions: institutions, Hasher: hasher, Codes: codes, Notices: notices, Audit: record,
		Sessions: sessions, Browsers: p.DB, BackupCodes: backupCodes, Enrollments: enrollments, Resets: &passwordreset.Finisher{Store: p.DB, Notices: notices, Audit: record},
		Invites: &invite.Finisher{Store: p.DB, Audit: record}, Authenticators: authenticators,
		Limiter: limiter, Attempts: attempts,
		Clock: p.Clock, Log: p.Log,
	}
	resets := &passwordreset.Service{
		Store: p.DB, Institutions: institutions, Challenges: challenges, Hasher: hasher, Sender: notifications, Audit: record,
		Limiter: limiter, Jobs: jobs, Clock: p.Clock,
		Pages: map[auth.Kind]*url.URL{
			auth.Staff: page(p.AdminURL, "admin/reset-password"), auth.Customer: page(p.BankingURL, "banking/reset-password"),
		},
	}
	roles := &role.Service{Store: p.DB, Institutions: institutions, Audit: record, Clock: p.Clock}
	invites := &invite.Service{
		Store: p.DB, Institutions: institutions, Users: users, Roles: roles, Phones: devices, Apps: authenticators, Challenges: challenges,
		Hasher: hasher, Sender: notifications, Audit: record, Limiter: limiter, Jobs: jobs, Clock: p.Clock, Page: page(p.AdminURL, "admin/invitation"),
	}
	retention := store.UsualRetention()
	maps.Copy(retention, p.Retention)
	return Desk{
		Retention: retention,
		Services: graph.Services{
			Account: &account.Service{
				Store: p.DB, Users: users, Institutions: institutions, Hasher: hasher, Browsers: p.DB, Notices: notices, Audit: record, Limiter: limiter, Clock: p.Clock,
			},
			Departures:     &departure.Service{Store: p.DB, Users: users, Notices: notices, Audit: record, Clock: p.Clock},
			Institutions:   institutions,
			Users:          users,
			Profiles:       &profile.Service{Users: users, Store: p.DB, Clock: p.Clock},
			Devices:        devices,
			Diagnosis:      &diagnosis.Service{Store: p.DB, Institutions: institutions, Clock: p.Clock},
			Enrollments:    enrollments,
			BackupCodes:    backupCodes,
			Authenticators: authenticators,
			Freezes:        freezes,
			Challenges:     challenges,
			PasswordResets: resets,
			Notifications:  notifications,
			Sessions:       sessions,
			Audit:          record,
			Jobs:           &job.Desk{Service: jobs, Audit: record},
			SMSProviders:   providers,
			Roles:          roles,
			Invites:        invites,
			Live:           live.New(p.DB, sessions, p.Log),
		},
		Providers: providers,
		Sending:   toTwilio,
		Budget:    budget,
		Runner: &job.Runner{
			Service: jobs, Log: p.Log, Poll: cmp.Or(p.PollJobs, time.Second),
			Handlers: handlers(
				(&notice.Dispatcher{Store: p.DB, Institutions: institutions, Links: freezes, Sender: notifications, Jobs: jobs, Clock: p.Clock}).Handlers(),
				resets.Handlers(), invites.Handlers(), notifications.Handlers(), providers.Handlers(), chores(p.DB, record, retention, p.Clock),
			),
		},
	}
}

// handlers returns what does every kind of job.
func handlers(of ...map[job.Kind]job.Handler) map[job.Kind]job.Handler {
	all := map[job.Kind]job.Handler{}
	for _, some := range of {
		maps.Copy(all, some)
	}
	return all
}

// chores are what is done by the clock and is nobody else's.
func chores(db *store.DB, record *audit.Service, keep store.Retention, c clock.Clock) map[job.Kind]job.Handler {
	each := func(every time.Duration, do func(ctx context.Context) error) job.Handler {
		return job.Handler{Every: every, Do: func(ctx context.Context, _ *job.Claimed) error { return do(ctx) }}
	}
	all := map[job.Kind]job.Handler{
		"LOG_AUDIT_HEADS":     each(5*time.Minute, record.LogHeads),
		"SUM_FAILED_SIGN_INS": each(time.Minute, record.SumFailures),
	}
	for _, table := range store.Sweeps() {
		all[job.Kind("SWEEP_"+strings.ToUpper(table))] = each(time.Hour, func(ctx context.Context) error { return sweep(ctx, db, table, keep, c) })
	}
	return all
}

// sweepPause is how long others have the database between two batches.
const sweepPause = 100 * time.Millisecond

// sweep deletes what is over from a table, batch by batch, and goes on later with what
// is left when the job's time is up.
func sweep(ctx context.Context, db *store.DB, table string, keep store.Retention, c clock.Clock) error {
	for {
		more, err := db.SweepSome(ctx, table, c.Now(), keep)
		switch {
		case ctx.Err() != nil:
			return job.Again(time.Second)
		case err != nil || !more:
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(sweepPause):
		}
	}
}

// page returns the address of a client's page, if the client has one.
func page(client *url.URL, path string) *url.URL {
	if client == nil {
		return nil
	}
	return client.JoinPath(path)
}
