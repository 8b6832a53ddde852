package device_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// app adds an authenticator app of a user, confirmed or not.
func (d *desk) app(t *testing.T, owner user.User, confirmed bool) *device.Authenticator {
	t.Helper()
	now := d.Time.Now()
	app := &device.Authenticator{Base: world.Base(owner)}
	app.AddedAt, app.ConfirmedAt = now, &now
	if !confirmed {
		app.ConfirmedAt = nil
	}
	d.AddDevice(t, app)
	return app
}

// Every act on an own device is refused alike.
func TestService_OwnDevices(t *testing.T) {
	d := newDesk(t)
	owner, frozen := d.User(t), d.User(t)
	p, spare := d.phone(t, owner), d.app(t, owner, true)
	ofFrozen := d.phone(t, frozen)
	d.app(t, frozen, true)
	if err := d.DB.SetUserStatus(t.Context(), d.Bank.ID, frozen.ID, user.Frozen); err != nil {
		t.Fatal(err)
	}
	stale := world.FactorAt(d.As(t, owner), world.Began.Add(-5*time.Minute-time.Microsecond))
	byCode := world.FactorAt(d.As(t, owner), time.Time{})
	boss := d.User(t, world.Admin)
	for name, act := range map[string]func(s *device.Service, try try) error{
		"Rename":     func(s *device.Service, x try) error { _, err := s.Rename(x.ctx, x.deviceID, "Other"); return err },
		"SetDefault": func(s *device.Service, x try) error { _, err := s.SetDefault(x.ctx, x.deviceID); return err },
		"Remove":     func(s *device.Service, x try) error { return s.Remove(x.ctx, x.deviceID) },
	} {
		for _, tt := range []struct {
			name string
			try
			want fault.Code
		}{
			{"nobody", try{t.Context(), p.ID}, fault.Unauthenticated},
			{"another customer", try{d.As(t, d.User(t)), p.ID}, fault.NotFound},
			{"staff with every permission", try{d.As(t, boss, auth.Permissions()...), p.ID}, fault.NotFound},
			{"staff of another institution", try{d.As(t, d.Stranger(), auth.Permissions()...), p.ID}, fault.NotFound},
			{"the owner, of what is no device", try{d.As(t, owner), owner.ID}, fault.NotFound},
			{"the owner after a factor that is too old", try{stale, p.ID}, fault.StepUpRequired},
			{"the owner after a backup code", try{byCode, p.ID}, fault.StepUpRequired},
			{"a frozen owner", try{d.As(t, frozen), ofFrozen.ID}, fault.Conflict},
			{"a stranger, of a frozen owner's", try{d.As(t, owner), ofFrozen.ID}, fault.NotFound},
		} {
			t.Run(name+" by "+tt.name, func(t *testing.T) { world.WantCode(t, act(d.Service, tt.try), tt.want) })
		}
		t.Run(name+" changes nothing that is not recorded", func(t *testing.T) {
			errNo := errors.New("no")
			d.Audited.Err = errNo
			defer func() { d.Audited.Err = nil }()
			if err := act(d.Service, try{d.As(t, owner), spare.ID}); !errors.Is(err, errNo) {
				t.Errorf("got %v", err)
			}
			if got := stored(t, d, p.ID); got.Label != "" || !got.IsDefault {
				t.Errorf("it is %+v", got)
			}
			if _, err := d.Find(d.As(t, owner), spare.ID); err != nil {
				t.Error(err)
			}
		})
	}
	if len(d.Audited.Events) > 0 {
		t.Errorf("recorded %v", d.Audited.Events)
	}
}

func TestService_Rename(t *testing.T) {
	d := newDesk(t)
	owner := d.User(t)
	p := d.phone(t, owner)

	got, err := d.Rename(d.As(t, owner), p.ID, "  Ann’s 📱 ")

	if err != nil || got.Common().Label != "Ann’s 📱" {
		t.Errorf("got %v, %v", got, err)
	}
	if len(d.Audited.Events) != 1 || d.Audited.Events[0].Action != audit.RenamedDevice || d.Audited.Events[0].TargetID != p.ID || d.Audited.Events[0].Details["user"] != owner.ID {
		t.Errorf("recorded %v", d.Audited.Events)
	}
	for _, label := range []string{strings.Repeat("x", 51), "a\x00", "a\nb", "\xff"} {
		_, err := d.Rename(d.As(t, owner), p.ID, label)
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != fault.InvalidInput || f.Field != "label" {
			t.Errorf("%q: %v", label, err)
		}
	}
}

func TestService_SetDefault(t *testing.T) {
	d := newDesk(t)
	owner := d.User(t)
	p, app, pending := d.phone(t, owner), d.app(t, owner, true), d.app(t, owner, false)

	got, err := d.SetDefault(d.As(t, owner), app.ID)

	if err != nil || !got.Common().IsDefault || stored(t, d, p.ID).IsDefault {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := d.SetDefault(d.As(t, owner), app.ID); err != nil {
		t.Errorf("what is the default already: %v", err)
	}
	_, err = d.SetDefault(d.As(t, owner), pending.ID)
	world.WantCode(t, err, fault.Conflict)
}

func TestService_Remove(t *testing.T) {
	t.Run("tells the owner everywhere, on the removed phone too, and hands the default on", func(t *testing.T) {
		d := newDesk(t)
		owner := d.User(t)
		p, app := d.phone(t, owner), d.app(t, owner, true)

		if err := d.Remove(d.As(t, owner), p.ID); err != nil {
			t.Fatal(err)
		}

		if len(d.Told.All) != 1 || d.Told.All[0] != (world.Told{Notice: notification.DeviceRemoved, Except: ""}) {
			t.Errorf("told %v", d.Told.All)
		}
		if len(d.Audited.Events) != 1 || d.Audited.Events[0].Action != audit.RemovedDevice || d.Audited.Events[0].TargetID != p.ID {
			t.Errorf("recorded %v", d.Audited.Events)
		}
		_, err := d.Find(d.As(t, owner), p.ID)
		world.WantCode(t, err, fault.NotFound)
		if got, err := d.Find(d.As(t, owner), app.ID); err != nil || !got.Common().IsDefault {
			t.Errorf("the other is %v, %v", got, err)
		}
		world.WantCode(t, d.Remove(d.As(t, owner), p.ID), fault.NotFound)
	})

	t.Run("keeps the last device that signs its owner in", func(t *testing.T) {
		for name, other := range map[string]func(d *desk, t *testing.T, owner user.User){
			"alone":              func(*desk, *testing.T, user.User) {},
			"beside one pending": func(d *desk, t *testing.T, owner user.User) { d.app(t, owner, false) },
			"beside one turned off": func(d *desk, t *testing.T, owner user.User) {
				if err := d.DB.DisableDevice(t.Context(), d.Bank.ID, d.app(t, owner, true).ID, world.Began); err != nil {
					t.Fatal(err)
				}
			},
			"beside one not permitted": func(d *desk, t *testing.T, owner user.User) {
				d.AddDevice(t, &device.Email{Address: "ann@customer.example", Base: world.Base(owner)})
			},
		} {
			t.Run(name, func(t *testing.T) {
				d := newDesk(t)
				owner := d.User(t)
				p := d.phone(t, owner)
				other(d, t, owner)

				world.WantCode(t, d.Remove(d.As(t, owner), p.ID), fault.Conflict)

				if len(d.Told.All) > 0 {
					t.Errorf("told %v", d.Told.All)
				}
			})
		}
	})

	t.Run("lets a device go that signs nobody in, and tells nobody of one that never did", func(t *testing.T) {
		d := newDesk(t, func(s *institution.Settings) { s.Methods = []institution.Method{institution.SMS} })
		owner := d.User(t)
		d.phone(t, owner)
		unpermitted, pending := d.app(t, owner, true), d.app(t, owner, false)

		world.WantCode(t, d.Remove(d.As(t, owner), pending.ID), "")
		if len(d.Told.All) > 0 {
			t.Errorf("told %v", d.Told.All)
		}
		world.WantCode(t, d.Remove(d.As(t, owner), unpermitted.ID), "")
		if len(d.Told.All) != 1 {
			t.Errorf("told %v", d.Told.All)
		}
	})
}

// after returns the context of a user whose session comes from a backup code.
func after(ctx context.Context, used time.Time) context.Context {
	actor, _ := auth.FromContext(ctx)
	actor.BackupCodeUsedAt = used
	return auth.WithActor(ctx, actor)
}

// Whoever found a backup code may add an app, and can't turn the owner out with it.
func TestService_AfterABackupCode(t *testing.T) {
	d := newDesk(t)
	owner := d.User(t)
	p, waiting := d.phone(t, owner), d.app(t, owner, false)
	used := d.Time.Now()
	d.Time.Advance(time.Minute)
	app := &device.Authenticator{Base: world.Base(owner)}
	app.BackupCodeUsedAt = &used
	d.AddDevice(t, app)
	mine := func() context.Context { return after(d.As(t, owner), used) }

	refused := func() (all []error) {
		_, renamed := d.Rename(mine(), p.ID, "Mine")
		_, defaulted := d.SetDefault(mine(), p.ID)
		_, itself := d.SetDefault(mine(), app.ID)
		_, phone := d.AddMyPhone(mine(), "+12025550160", "")
		_, mail := d.AddMyEmail(mine(), "ann@customer.example", "")
		_, confirmed := d.Confirm(mine(), waiting.ID, "000000")
		return []error{renamed, defaulted, itself, phone, mail, confirmed, d.Remove(mine(), p.ID)}
	}
	for _, err := range refused() {
		world.WantCode(t, err, fault.Forbidden)
		if err == nil || !strings.Contains(err.Error(), "Until 5 March 05:06 UTC") {
			t.Errorf("not said until when: %v", err)
		}
	}
	if _, err := d.Rename(mine(), app.ID, "Mine"); err != nil {
		t.Errorf("the app that was added since: %v", err)
	}
	if _, err := d.Rename(d.As(t, owner), p.ID, "Mine"); err != nil {
		t.Errorf("the owner, by a factor of their own: %v", err)
	}

	d.Time.Advance(24*time.Hour - time.Minute - time.Microsecond)
	world.WantCode(t, d.Remove(mine(), p.ID), fault.Forbidden)
	d.Time.Advance(time.Microsecond)
	world.WantCode(t, d.Remove(mine(), p.ID), "")
}
