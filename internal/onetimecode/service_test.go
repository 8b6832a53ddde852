package onetimecode_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/throttle"
)

const number = "+12025550101"

// desk is a service in a world.
type desk struct {
	*onetimecode.Service
	*world.World
}

// onBoth runs a test on both databases.
func onBoth(t *testing.T, test func(t *testing.T, d *desk)) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		test(t, &desk{World: w, Service: &onetimecode.Service{
			Store: w.DB, Keys: secret.Development(), Sender: w.Inbox, Limiter: &throttle.Limiter{Store: w.DB, Clock: w.Time}, Clock: w.Time,
		}})
	})
}

// to returns a request for a code to a number.
func to(subject, deviceID, number string, confirmed bool) onetimecode.Request {
	return onetimecode.Request{Subject: subject, DeviceID: deviceID, To: notification.Recipient{
		Institution: institution.Institution{ID: "ins_harbor", Settings: institution.DefaultSettings()},
		Channel:     notification.SMS, To: number, Confirmed: confirmed,
	}}
}

func (d *desk) send(t *testing.T, r onetimecode.Request) string {
	t.Helper()
	if _, err := d.Send(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	return d.Inbox.Last().Code
}

func TestService_Send(t *testing.T) {
	t.Run("goes to one number once in 30 seconds, whatever it is for", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			d.send(t, to("sign-in", "dev_1", number, true))
			for _, r := range []onetimecode.Request{to("sign-in", "dev_1", number, true), to(onetimecode.DeviceConfirmation, "dev_2", number, false)} {
				_, err := d.Send(t.Context(), r, nil)
				world.WantCode(t, err, fault.Throttled)
			}
			d.send(t, to("sign-in", "dev_3", "+12025550102", true))
			d.Time.Advance(30 * time.Second)
			d.send(t, to(onetimecode.DeviceConfirmation, "dev_2", number, false))
		})
	})

	t.Run("goes five times an hour to a number that nobody confirmed, over all devices and accounts", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			for i, device := range []string{"dev_1", "dev_2", "dev_3", "dev_1", "dev_2"} {
				d.send(t, to([]string{onetimecode.DeviceConfirmation, "sign-in"}[i%2], device, number, false))
				d.Time.Advance(time.Minute)
			}

			_, err := d.Send(t.Context(), to("sign-in", "dev_4", number, false), nil)
			world.WantCode(t, err, fault.Throttled)

			d.send(t, to("sign-in", "dev_5", number, true)) // its owner's own count
			d.Time.Advance(55 * time.Minute)
			d.send(t, to("sign-in", "dev_4", number, false))
		})
	})

	t.Run("keeps no code and counts nothing where what goes with it fails", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			r, no := to(onetimecode.DeviceConfirmation, "dev_1", number, false), errors.New("no")
			if _, err := d.Send(t.Context(), r, func(context.Context) error { return no }); !errors.Is(err, no) || d.Inbox.Last().Code != "" {
				t.Fatalf("got %v, sent %q", err, d.Inbox.Last().Code)
			}
			d.send(t, r)
		})
	})

	t.Run("leaves a code good that may have been sent after all", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			d.Inbox.Err = fault.Errorf(fault.Timeout, "no answer")
			_, err := d.Send(t.Context(), to("sign-in", "dev_1", number, true), nil)
			world.WantCode(t, err, fault.Timeout)

			_, err = d.Check(t.Context(), "sign-in", "dev_1", d.Inbox.Last().Code)
			world.WantCode(t, err, "")
		})
	})
}

// inScript returns digits in the script whose zero is given.
func inScript(code string, zero rune) string {
	return strings.Map(func(r rune) rune { return zero + r - '0' }, code)
}

func TestService_Check(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		code := d.send(t, to("sign-in", "dev_1", number, true))
		other := strings.Map(func(r rune) rune { return '0' + (r-'0'+1)%10 }, code)
		for typed, want := range map[string]fault.Code{
			code: "", " " + code[:3] + " " + code[3:] + "\n": "", code[:3] + "-" + code[3:]: "", code[:3] + "\u2011" + code[3:]: "",
			"\u200e" + code: "", inScript(code, '０'): "", inScript(code, '٠'): "", other: fault.WrongCode, "": fault.WrongCode, code[:5]: fault.WrongCode,
			strings.Repeat(code, 1000): fault.WrongCode,
		} {
			_, err := d.Check(t.Context(), "sign-in", "dev_1", typed)
			world.WantCode(t, err, want)
		}
		for _, elsewhere := range [][2]string{{"another", "dev_1"}, {"sign-in", "dev_2"}, {onetimecode.DeviceConfirmation, "dev_1"}} {
			_, err := d.Check(t.Context(), elsewhere[0], elsewhere[1], code)
			world.WantCode(t, err, fault.WrongCode)
		}
		d.Time.Advance(institution.DefaultSettings().CodeLifetime)
		_, err := d.Check(t.Context(), "sign-in", "dev_1", code)
		world.WantCode(t, err, fault.WrongCode)
	})
}

func TestService_Spend(t *testing.T) {
	t.Run("spends nothing where what it is spent for fails", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			code, err := d.Check(t.Context(), "sign-in", "dev_1", d.send(t, to("sign-in", "dev_1", number, true)))
			world.WantCode(t, err, "")
			no := errors.New("no")
			err = d.DB.InTx(t.Context(), func(ctx context.Context) error {
				world.WantCode(t, d.Spend(ctx, code), "")
				return no
			})
			if !errors.Is(err, no) {
				t.Fatal(err)
			}

			world.WantCode(t, d.Spend(t.Context(), code), "")
			world.WantCode(t, d.Spend(t.Context(), code), fault.WrongCode)
		})
	})

	t.Run("of 64 at once one wins", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			code, err := d.Check(t.Context(), "sign-in", "dev_1", d.send(t, to("sign-in", "dev_1", number, true)))
			world.WantCode(t, err, "")
			var won atomic.Int64
			var done sync.WaitGroup
			for range 64 {
				done.Go(func() {
					switch err := d.Spend(t.Context(), code); fault.CodeOf(err) {
					case "":
						won.Add(1)
					case fault.WrongCode:
					default:
						t.Error(err)
					}
				})
			}
			done.Wait()
			if won.Load() != 1 {
				t.Errorf("it was spent %d times", won.Load())
			}
		})
	})
}
