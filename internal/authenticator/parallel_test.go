package authenticator_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
)

func TestService_SpendInParallel(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		s := d.bound(t, d.User(t))
		second := *d.Service
		second.Store = w.Second(t)
		code := d.code(t, s)
		var right atomic.Int64
		var done sync.WaitGroup

		for i := range 64 {
			service := []*authenticator.Service{d.Service, &second}[i%2]
			done.Go(func() {
				ok, err := verify(t.Context(), service, d.Bank.ID, s.Device.ID, code)
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

func TestService_ConfirmInParallel(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		d.Attempts = &throttle.Attempts{Store: unlimited{}, Clock: d.Time} // what is looked at is the binding
		u := d.User(t)
		ctx := d.As(t, u)
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

func TestService_StartInParallel(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		u := d.User(t)
		ctx := d.As(t, u)
		var done sync.WaitGroup

		for range 16 {
			done.Go(func() {
				if _, err := d.Start(ctx, ""); err != nil && fault.CodeOf(err) != fault.Conflict {
					t.Error(err)
				}
			})
		}
		done.Wait()

		devices, err := d.DB.ListDevices(ctx, d.Bank.ID, []string{u.ID})
		if err != nil || len(devices) != 1 {
			t.Errorf("%d apps wait, %v", len(devices), err)
		}
	})
}

type unlimited struct{}

func (unlimited) BeginAttempt(context.Context, string, throttle.Browser, time.Time, throttle.Schedule) (throttle.Count, bool, error) {
	return throttle.Count{Failures: 1}, true, nil
}
func (unlimited) ListAttempts(context.Context, []string, throttle.Browser) (map[string]throttle.Count, error) {
	return nil, nil
}
func (unlimited) ClearAttempts(context.Context, string, throttle.Browser) error { return nil }
