package device_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

func TestService_AddMyPhone(t *testing.T) {
	d := newDesk(t)
	owner, family := d.User(t), d.User(t)

	added, err := d.AddMyPhone(d.As(t, owner), "+1 202 555 0101", "Mine")
	if err != nil || added.RetryAfter != 30*time.Second || !added.ExpiresAt.Equal(world.Began.Add(5*time.Minute)) || added.Device.Common().ConfirmedAt != nil {
		t.Fatalf("added %+v, %v", added, err)
	}
	if len(d.Inbox.All) != 1 || d.Inbox.All[0].To.Channel != notification.SMS || d.Inbox.All[0].To.To != "+12025550101" {
		t.Fatalf("sent %v", d.Inbox.All)
	}
	deviceID := added.Device.Common().ID

	t.Run("asks once in 30 seconds, and the newest code only is good", func(t *testing.T) {
		_, err := d.ResendMyCode(d.As(t, owner), deviceID)
		world.WantCode(t, err, fault.Throttled)
		d.Time.Advance(30 * time.Second)
		if _, err := d.ResendMyCode(d.As(t, owner), deviceID); err != nil {
			t.Fatal(err)
		}
		if d.Inbox.All[0].Code != d.Inbox.All[1].Code {
			_, err = d.Confirm(d.As(t, owner), deviceID, d.Inbox.All[0].Code)
			world.WantCode(t, err, fault.WrongCode)
		}
	})

	t.Run("is the owner's alone", func(t *testing.T) {
		for _, ctx := range []context.Context{d.As(t, family), d.As(t, d.Stranger(), auth.Permissions()...)} {
			_, err := d.Confirm(ctx, deviceID, d.Inbox.All[1].Code)
			world.WantCode(t, err, fault.NotFound)
			_, err = d.ResendMyCode(ctx, deviceID)
			world.WantCode(t, err, fault.NotFound)
		}
	})

	t.Run("is confirmed by one of 64 who ask at once", func(t *testing.T) {
		ctx := d.As(t, owner)
		var confirmed atomic.Int64
		var asking sync.WaitGroup
		for range 64 {
			asking.Go(func() {
				switch _, err := d.Confirm(ctx, deviceID, d.Inbox.All[1].Code); fault.CodeOf(err) {
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
		if len(d.Told.All) != 1 || d.Told.All[0] != (world.Told{Notice: notification.DeviceAdded, Except: deviceID}) {
			t.Errorf("told %v", d.Told.All)
		}
	})

	t.Run("is CONFLICT once it is confirmed, and no matter to the family", func(t *testing.T) {
		d.Time.Advance(30 * time.Second)
		_, err := d.AddMyPhone(d.As(t, owner), "+12025550101", "")
		world.WantCode(t, err, fault.Conflict)
		_, err = d.ResendMyCode(d.As(t, owner), deviceID)
		world.WantCode(t, err, fault.Conflict)
		d.Time.Advance(30 * time.Second)
		_, err = d.AddMyPhone(d.As(t, family), "+12025550101", "")
		world.WantCode(t, err, "")
	})

	t.Run("takes the place of the same number that waits", func(t *testing.T) {
		d.Time.Advance(30 * time.Second)
		again, err := d.AddMyPhone(d.As(t, family), "+12025550101", "Again")
		if err != nil {
			t.Fatal(err)
		}
		listed, err := d.List(d.As(t, family), []string{family.ID})
		if err != nil || len(listed[family.ID]) != 1 || listed[family.ID][0].Common().ID != again.Device.Common().ID {
			t.Errorf("listed %v, %v", listed, err)
		}
	})

	t.Run("expires", func(t *testing.T) {
		listed, _ := d.List(d.As(t, family), []string{family.ID})
		d.Time.Advance(5 * time.Minute)
		_, err := d.Confirm(d.As(t, family), listed[family.ID][0].Common().ID, d.Inbox.All[len(d.Inbox.All)-1].Code)
		world.WantCode(t, err, fault.WrongCode)
	})

	t.Run("is refused before anything is sent", func(t *testing.T) {
		before := len(d.Inbox.All)
		_, stale := d.AddMyPhone(world.FactorAt(d.As(t, owner), world.Began), "+12025550105", "")
		world.WantCode(t, stale, fault.StepUpRequired)
		_, nobody := d.AddMyPhone(t.Context(), "+12025550105", "")
		world.WantCode(t, nobody, fault.Unauthenticated)
		_, unpermitted := d.AddMyEmail(d.As(t, owner), "other@customer.example", "")
		world.WantCode(t, unpermitted, fault.Conflict)
		d.detect = func(string) (device.Detection, error) {
			return device.Detection{Valid: true, LineType: "fixedVoip"}, nil
		}
		_, voip := d.AddMyPhone(d.As(t, owner), "+12025550105", "")
		world.WantCode(t, voip, fault.InvalidInput)
		if err := d.DB.SetUserStatus(t.Context(), d.Bank.ID, owner.ID, user.Frozen); err != nil {
			t.Fatal(err)
		}
		_, frozen := d.AddMyPhone(d.As(t, owner), "+12025550105", "")
		world.WantCode(t, frozen, fault.Conflict)
		if len(d.Inbox.All) != before {
			t.Errorf("sent %v", d.Inbox.All[before:])
		}
	})
}

func TestService_AddMyEmail(t *testing.T) {
	d := newDesk(t, world.Mail)
	owner := d.User(t)

	for _, address := range []string{"", "ann", "Ann <ann@customer.example>", "ann@localhost", "a\x00@customer.example"} {
		_, err := d.AddMyEmail(d.As(t, owner), address, "")
		world.WantCode(t, err, fault.InvalidInput)
	}
	added, err := d.AddMyEmail(d.As(t, owner), " Other@Customer.example ", "")
	if err != nil || len(d.Inbox.All) != 1 || d.Inbox.All[0].To.Channel != notification.Email || d.Inbox.All[0].To.To != "other@customer.example" {
		t.Fatalf("%v, sent %v", err, d.Inbox.All)
	}
	confirmed, err := d.Confirm(d.As(t, owner), added.Device.Common().ID, " "+d.Inbox.All[0].Code+" ")
	if err != nil || confirmed.Common().ConfirmedAt == nil || !confirmed.Common().IsDefault {
		t.Errorf("got %v, %v", confirmed, err)
	}
}
