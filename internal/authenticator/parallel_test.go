package authenticator_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/dev/pgtest"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

func TestService_SpendInParallel(t *testing.T) {
	for name, newDatabase := range map[string]func(t testing.TB) string{"SQLite": storetest.SQLite, "PostgreSQL": pgtest.DSN} {
		t.Run(name, func(t *testing.T) {
			dsn := newDatabase(t)
			d := deskOn(t, storetest.Open(t, dsn))
			s := d.bound(t, d.user(t))
			second := *d.Service
			second.Store = storetest.Open(t, dsn)
			code := d.code(t, s)
			var right atomic.Int64
			var done sync.WaitGroup

			for i := range 64 {
				service := []*authenticator.Service{d.Service, &second}[i%2]
				done.Go(func() {
					ok, err := verify(t.Context(), service, d.bank.ID, s.Device.ID, code)
					if err != nil {
						t.Error(err)
					}
					if ok {
						right.Add(1)
					}
				})
			}
			done.Wait()

			if right.Load() != 1 {
				t.Errorf("one code was right %d times", right.Load())
			}
		})
	}
}

func TestService_ConfirmInParallel(t *testing.T) {
	for name, newDatabase := range map[string]func(t testing.TB) string{"SQLite": storetest.SQLite, "PostgreSQL": pgtest.DSN} {
		t.Run(name, func(t *testing.T) {
			db := storetest.Open(t, newDatabase(t))
			d := deskOn(t, db)
			d.Attempts = &throttle.Attempts{Store: unlimited{}, Clock: d.clock} // what is looked at is the binding
			d.Notices, d.Audit = silence{}, silence{}
			u := d.user(t)
			ctx := d.as(t, u)
			s := d.start(t, ctx)
			code := d.code(t, s)
			var bound atomic.Int64
			var done sync.WaitGroup

			for range 64 {
				done.Go(func() {
					switch _, err := d.Confirm(ctx, s.Device.ID, code); fault.CodeOf(err) {
					case "":
						bound.Add(1)
					case fault.Conflict, fault.WrongCode:
					default:
						t.Error(err)
					}
				})
			}
			done.Wait()

			if bound.Load() != 1 {
				t.Errorf("bound %d times", bound.Load())
			}
		})
	}
}

func TestService_StartInParallel(t *testing.T) {
	for name, newDatabase := range map[string]func(t testing.TB) string{"SQLite": storetest.SQLite, "PostgreSQL": pgtest.DSN} {
		t.Run(name, func(t *testing.T) {
			d := deskOn(t, storetest.Open(t, newDatabase(t)))
			d.Audit = silence{}
			u := d.user(t)
			ctx := d.as(t, u)
			var done sync.WaitGroup

			for range 16 {
				done.Go(func() {
					if _, err := d.Start(ctx, ""); err != nil && fault.CodeOf(err) != fault.Conflict {
						t.Error(err)
					}
				})
			}
			done.Wait()

			devices, err := d.db.ListDevices(ctx, d.bank.ID, []string{u.ID})
			if err != nil || len(devices) != 1 {
				t.Errorf("%d apps wait, %v", len(devices), err)
			}
		})
	}
}

type unlimited struct{}

func (unlimited) BeginAttempt(context.Context, string, throttle.Lane, time.Time, throttle.Schedule) (throttle.Count, bool, error) {
	return throttle.Count{Failures: 1}, true, nil
}
func (unlimited) ListAttempts(context.Context, []string, throttle.Lane) (map[string]throttle.Count, error) {
	return nil, nil
}
func (unlimited) ClearAttempts(context.Context, string, throttle.Lane) error { return nil }

type silence struct{}

func (silence) TellByMail(context.Context, user.User, notification.Notice) error { return nil }

func (silence) RecordFor(context.Context, auth.Actor, audit.Event) error { return nil }
