package device_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// SendCode keeps the code.
func (d *desk) SendCode(_ context.Context, r notification.Recipient, code string, _ time.Duration) error {
	d.sent = append(d.sent, sent{r.Channel, r.To, code})
	return nil
}

type sent struct {
	channel  notification.Channel
	to, code string
}

func (d *desk) now(t *testing.T, u user.User) context.Context {
	return auth.WithActor(t.Context(), auth.Actor{UserID: u.ID, InstitutionID: u.InstitutionID, Kind: u.Kind, FactorAt: d.clock.Now()})
}

func TestService_AddMyPhone(t *testing.T) {
	d := newDesk(t)
	owner, family := d.user(t, auth.Customer, false), d.user(t, auth.Customer, false)

	added, err := d.AddMyPhone(d.now(t, owner), "+1 202 555 0101", "Mine")
	if err != nil || added.RetryAfter != 30*time.Second || !added.ExpiresAt.Equal(began.Add(5*time.Minute)) || added.Device.Common().ConfirmedAt != nil {
		t.Fatalf("added %+v, %v", added, err)
	}
	if len(d.sent) != 1 || d.sent[0].channel != notification.SMS || d.sent[0].to != "+12025550101" {
		t.Fatalf("sent %v", d.sent)
	}
	deviceID := added.Device.Common().ID

	t.Run("asks once in 30 seconds, and the newest code only is good", func(t *testing.T) {
		_, err := d.ResendMyCode(d.now(t, owner), deviceID)
		wantCode(t, err, fault.Throttled)
		d.clock.Advance(30 * time.Second)
		if _, err := d.ResendMyCode(d.now(t, owner), deviceID); err != nil {
			t.Fatal(err)
		}
		if d.sent[0].code != d.sent[1].code {
			_, err = d.Confirm(d.now(t, owner), deviceID, d.sent[0].code)
			wantCode(t, err, fault.WrongCode)
		}
	})

	t.Run("is the owner's alone", func(t *testing.T) {
		for _, ctx := range []context.Context{d.now(t, family), as(t, d.stranger(), auth.Permissions()...)} {
			_, err := d.Confirm(ctx, deviceID, d.sent[1].code)
			wantCode(t, err, fault.NotFound)
			_, err = d.ResendMyCode(ctx, deviceID)
			wantCode(t, err, fault.NotFound)
		}
	})

	t.Run("is confirmed by one of 64 who ask at once", func(t *testing.T) {
		ctx := d.now(t, owner)
		var confirmed atomic.Int64
		var asking sync.WaitGroup
		for range 64 {
			asking.Go(func() {
				switch _, err := d.Confirm(ctx, deviceID, d.sent[1].code); fault.CodeOf(err) {
				case "":
					confirmed.Add(1)
				case fault.WrongCode, fault.Throttled, fault.Conflict:
				default:
					t.Error(err)
				}
			})
		}
		asking.Wait()
		if confirmed.Load() != 1 {
			t.Errorf("%d confirmed it", confirmed.Load())
		}
		if len(d.notices) != 1 || d.notices[0] != (tell{notification.DeviceAdded, deviceID}) {
			t.Errorf("told %v", d.notices)
		}
	})

	t.Run("is CONFLICT once it is confirmed, and no matter to the family", func(t *testing.T) {
		d.clock.Advance(30 * time.Second)
		_, err := d.AddMyPhone(d.now(t, owner), "+12025550101", "")
		wantCode(t, err, fault.Conflict)
		_, err = d.ResendMyCode(d.now(t, owner), deviceID)
		wantCode(t, err, fault.Conflict)
		d.clock.Advance(30 * time.Second)
		_, err = d.AddMyPhone(d.now(t, family), "+12025550101", "")
		wantCode(t, err, "")
	})

	t.Run("takes the place of the same number that waits", func(t *testing.T) {
		d.clock.Advance(30 * time.Second)
		again, err := d.AddMyPhone(d.now(t, family), "+12025550101", "Again")
		if err != nil {
			t.Fatal(err)
		}
		listed, err := d.List(d.now(t, family), []string{family.ID})
		if err != nil || len(listed[family.ID]) != 1 || listed[family.ID][0].Common().ID != again.Device.Common().ID {
			t.Errorf("listed %v, %v", listed, err)
		}
	})

	t.Run("expires", func(t *testing.T) {
		listed, _ := d.List(d.now(t, family), []string{family.ID})
		d.clock.Advance(5 * time.Minute)
		_, err := d.Confirm(d.now(t, family), listed[family.ID][0].Common().ID, d.sent[len(d.sent)-1].code)
		wantCode(t, err, fault.WrongCode)
	})

	t.Run("is refused before anything is sent", func(t *testing.T) {
		before := len(d.sent)
		_, stale := d.AddMyPhone(as(t, owner), "+12025550105", "")
		wantCode(t, stale, fault.StepUpRequired)
		_, nobody := d.AddMyPhone(t.Context(), "+12025550105", "")
		wantCode(t, nobody, fault.Unauthenticated)
		_, unpermitted := d.AddMyEmail(d.now(t, owner), "other@customer.example", "")
		wantCode(t, unpermitted, fault.Conflict)
		d.detect = func(string) (device.Detection, error) {
			return device.Detection{Valid: true, LineType: "fixedVoip"}, nil
		}
		_, voip := d.AddMyPhone(d.now(t, owner), "+12025550105", "")
		wantCode(t, voip, fault.InvalidInput)
		if err := d.db.SetUserStatus(t.Context(), d.bank.ID, owner.ID, user.Frozen); err != nil {
			t.Fatal(err)
		}
		_, frozen := d.AddMyPhone(d.now(t, owner), "+12025550105", "")
		wantCode(t, frozen, fault.Conflict)
		if len(d.sent) != before {
			t.Errorf("sent %v", d.sent[before:])
		}
	})
}

func TestService_AddMyEmail(t *testing.T) {
	d := newDesk(t, func(s *institution.Settings) {
		s.Methods, s.EmailRisk = append(s.Methods, institution.Email), &institution.RiskAcceptance{By: "admin", At: began}
	})
	owner := d.user(t, auth.Customer, false)

	for _, address := range []string{"", "ann", "Ann <ann@customer.example>", "ann@localhost", "a\x00@customer.example"} {
		_, err := d.AddMyEmail(d.now(t, owner), address, "")
		wantCode(t, err, fault.InvalidInput)
	}
	added, err := d.AddMyEmail(d.now(t, owner), " Other@Customer.example ", "")
	if err != nil || len(d.sent) != 1 || d.sent[0].channel != notification.Email || d.sent[0].to != "other@customer.example" {
		t.Fatalf("%v, sent %v", err, d.sent)
	}
	confirmed, err := d.Confirm(d.now(t, owner), added.Device.Common().ID, " "+d.sent[0].code+" ")
	if err != nil || confirmed.Common().ConfirmedAt == nil || !confirmed.Common().IsDefault {
		t.Errorf("got %v, %v", confirmed, err)
	}
}
