package onetimecode_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
)

// in has a confirmed device's code asked for in a kind of browser.
func in(browser throttle.Browser) onetimecode.Request {
	r := to("sign-in", "dev_1", number, true)
	r.Browser = browser
	return r
}

// wants asks for a code that is refused, and compares how long to wait.
func (d *desk) wants(t *testing.T, r onetimecode.Request, code fault.Code, wait time.Duration) {
	t.Helper()
	_, err := d.Send(t.Context(), r, nil)
	world.WantCode(t, err, code)
	if f, ok := errors.AsType[*fault.Error](err); wait > 0 && (!ok || f.RetryAfter != wait) {
		t.Errorf("wait %v, want %s", err, wait)
	}
}

func TestService_Send_limits(t *testing.T) {
	t.Run("strangers have five an hour together, and the owner's browsers five of their own", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			told := 0
			stranger := in(throttle.UnknownBrowser)
			stranger.UsedUp = func(context.Context) error { told++; return nil }
			for i := range 5 {
				d.send(t, stranger)
				if told != i/4 {
					t.Errorf("told %d times after %d", told, i+1)
				}
				d.Time.Advance(30 * time.Second)
			}
			d.wants(t, stranger, fault.Throttled, time.Hour-150*time.Second)

			for range 5 {
				d.send(t, in(throttle.KnownBrowser))
				d.Time.Advance(30 * time.Second)
			}
			d.wants(t, in(throttle.KnownBrowser), fault.Throttled, time.Hour-150*time.Second)
			d.Time.Advance(time.Hour - 300*time.Second)
			for range 5 {
				d.send(t, stranger)
				d.Time.Advance(30 * time.Second)
			}
			if told != 2 {
				t.Errorf("told %d times in two hours", told)
			}
		})
	})

	t.Run("a number that nobody confirmed has five an hour over all institutions", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			sent := 0
			for i := range 20 {
				r := to("sign-in", fmt.Sprint("dev_", i), number, false)
				r.To.Institution.ID = []string{"ins_harbor", "ins_summit"}[i%2]
				if _, err := d.Send(t.Context(), r, nil); err == nil {
					sent++
				}
				d.Time.Advance(30 * time.Second)
			}
			if sent != 5 || len(d.Inbox.All) != 5 {
				t.Errorf("%d were sent", len(d.Inbox.All))
			}
			d.send(t, to("sign-in", "dev_1", "+12025550102", false))
		})
	})

	t.Run("the wait until the next code is the longest", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			for i := range 5 {
				want := 30 * time.Second
				if i == 4 {
					want = time.Hour - 2*time.Minute
				}
				if sent, err := d.Send(t.Context(), in(throttle.KnownBrowser), nil); err != nil || sent.RetryAfter != want {
					t.Errorf("%d: wait %s, want %s, %v", i, sent.RetryAfter, want, err)
				}
				d.Time.Advance(30 * time.Second)
			}
		})
	})
}

func TestService_Send_unsent(t *testing.T) {
	refusal := &fault.Error{Code: fault.ProviderError, ProviderCode: 21610}

	t.Run("uses neither the hour nor the 30 seconds", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			d.Inbox.Err = refusal
			for range 29 {
				d.wants(t, in(throttle.KnownBrowser), fault.ProviderError, 0)
			}
			d.Inbox.Err = nil
			d.send(t, in(throttle.KnownBrowser))
			d.wants(t, in(throttle.KnownBrowser), fault.Throttled, time.Hour) // 30 requests an hour in all
		})
	})

	t.Run("is bounded by 30 requests to the provider in an hour", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			d.Inbox.Err = refusal
			for range 30 {
				d.wants(t, in(throttle.KnownBrowser), fault.ProviderError, 0)
				d.Time.Advance(time.Minute)
			}
			d.wants(t, in(throttle.UnknownBrowser), fault.Throttled, 30*time.Minute)
			if n := len(d.Inbox.All); n != 30 {
				t.Errorf("%d requests", n)
			}
		})
	})

	t.Run("waits as long as the provider says, and then for nothing", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			d.Inbox.Err = fault.Throttle(5*time.Second, "busy")
			d.wants(t, in(throttle.KnownBrowser), fault.Throttled, 5*time.Second)
			d.Time.Advance(5 * time.Second)
			d.Inbox.Err = nil
			d.send(t, in(throttle.KnownBrowser))
		})
	})

	t.Run("waits for the last request that may be made, where that is longer", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			d.Inbox.Err = fault.Throttle(5*time.Second, "busy")
			for range 29 {
				d.wants(t, in(throttle.KnownBrowser), fault.Throttled, 5*time.Second)
			}
			d.wants(t, in(throttle.KnownBrowser), fault.Throttled, time.Hour)
		})
	})

	t.Run("stays counted where it may have been sent", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			d.Inbox.Err = fault.Errorf(fault.ProviderUnavailable, "503")
			for range 5 {
				d.wants(t, in(throttle.KnownBrowser), fault.ProviderUnavailable, 0)
				d.wants(t, in(throttle.KnownBrowser), fault.Throttled, 0)
				d.Time.Advance(30 * time.Second)
			}
			d.wants(t, in(throttle.KnownBrowser), fault.Throttled, time.Hour-150*time.Second)
		})
	})
}

// Codes that are asked for at once never exceed a limit, and those of them that are not
// sent free what they took and no more.
func TestService_Send_manyAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		// all asks for codes of one device, to as many numbers, so that its hour is what limits.
		all := func() (sent, refused int64) {
			var ok, no atomic.Int64
			var done sync.WaitGroup
			for i := range 40 {
				done.Go(func() {
					r := to(fmt.Sprint("sign-in ", i), "dev_1", fmt.Sprintf("+120255501%02d", i), true)
					switch _, err := d.Send(t.Context(), r, nil); fault.CodeOf(err) {
					case "":
						ok.Add(1)
					case fault.ProviderError:
						no.Add(1)
					case fault.Throttled:
					default:
						t.Error(err)
					}
				})
			}
			done.Wait()
			return ok.Load(), no.Load()
		}
		d.Inbox.Err = &fault.Error{Code: fault.ProviderError, ProviderCode: 21610}
		if sent, refused := all(); sent != 0 || refused < 5 {
			t.Errorf("%d sent, %d refused", sent, refused)
		}
		d.Inbox.Err = nil
		if sent, _ := all(); sent != 5 {
			t.Errorf("%d were sent", sent)
		}
		if sent, _ := all(); sent != 0 {
			t.Errorf("%d more were sent", sent)
		}
		d.Time.Advance(time.Hour)
		if sent, _ := all(); sent != 5 {
			t.Errorf("%d were sent in the next hour", sent)
		}
	})
}
