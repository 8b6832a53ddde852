package device_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// app gives a user an authenticator app, confirmed or not.
func (d *desk) app(t *testing.T, owner user.User, confirmed bool) *device.Authenticator {
	t.Helper()
	now := d.clock.Now()
	app := &device.Authenticator{Base: device.Base{ID: id.New(id.Device), InstitutionID: owner.InstitutionID, UserID: owner.ID, AddedAt: now}}
	if confirmed {
		app.ConfirmedAt = &now
	}
	if err := d.db.CreateDevice(t.Context(), app); err != nil {
		t.Fatal(err)
	}
	return app
}

// codeUsed has a backup code sign a user in now.
func (d *desk) codeUsed(t *testing.T, u user.User) {
	t.Helper()
	code := backupcode.Hashed{ID: id.New(id.Code), Position: 1, Selector: "AA", Hash: "made up"}
	set := backupcode.Set{ID: id.New(id.CodeSet), InstitutionID: u.InstitutionID, UserID: u.ID, Origin: backupcode.ByStaff, ByID: u.ID, GeneratedAt: d.clock.Now()}
	if err := d.db.CreateCodes(t.Context(), set, []backupcode.Hashed{code}); err != nil {
		t.Fatal(err)
	}
	if ok, err := d.db.ConsumeCode(t.Context(), code.ID, d.clock.Now()); err != nil || !ok {
		t.Fatal(ok, err)
	}
}

// Every act on an own device is refused alike.
func TestService_OwnDevices(t *testing.T) {
	d := newDesk(t)
	owner, frozen := d.user(t, auth.Customer, false), d.user(t, auth.Customer, false)
	p, spare := d.phone(t, owner), d.app(t, owner, true)
	ofFrozen := d.phone(t, frozen)
	d.app(t, frozen, true)
	if err := d.db.SetUserStatus(t.Context(), d.bank.ID, frozen.ID, user.Frozen); err != nil {
		t.Fatal(err)
	}
	stale := auth.WithActor(t.Context(), auth.Actor{
		UserID: owner.ID, InstitutionID: owner.InstitutionID, Kind: owner.Kind, FactorAt: began.Add(-5*time.Minute - time.Microsecond),
	})
	byCode := auth.WithActor(t.Context(), auth.Actor{UserID: owner.ID, InstitutionID: owner.InstitutionID, Kind: owner.Kind})
	boss := d.user(t, auth.Staff, true)
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
			{"another customer", try{as(t, d.user(t, auth.Customer, false)), p.ID}, fault.NotFound},
			{"staff with every permission", try{as(t, boss, auth.Permissions()...), p.ID}, fault.NotFound},
			{"staff of another institution", try{as(t, d.stranger(), auth.Permissions()...), p.ID}, fault.NotFound},
			{"the owner, of what is no device", try{as(t, owner), owner.ID}, fault.NotFound},
			{"the owner after a factor that is too old", try{stale, p.ID}, fault.StepUpRequired},
			{"the owner after a backup code", try{byCode, p.ID}, fault.StepUpRequired},
			{"a frozen owner", try{as(t, frozen), ofFrozen.ID}, fault.Conflict},
			{"a stranger, of a frozen owner's", try{as(t, owner), ofFrozen.ID}, fault.NotFound},
		} {
			t.Run(name+" by "+tt.name, func(t *testing.T) { wantCode(t, act(d.Service, tt.try), tt.want) })
		}
		t.Run(name+" changes nothing that is not recorded", func(t *testing.T) {
			errNo := errors.New("no")
			d.unrecorded = errNo
			defer func() { d.unrecorded = nil }()
			if err := act(d.Service, try{as(t, owner), spare.ID}); !errors.Is(err, errNo) {
				t.Errorf("got %v", err)
			}
			if got := stored(t, d, p.ID); got.Label != "" || !got.IsDefault {
				t.Errorf("it is %+v", got)
			}
			if _, err := d.Find(as(t, owner), spare.ID); err != nil {
				t.Error(err)
			}
		})
	}
	if len(d.audited) > 0 {
		t.Errorf("recorded %v", d.audited)
	}
}

func TestService_Rename(t *testing.T) {
	d := newDesk(t)
	owner := d.user(t, auth.Customer, false)
	p := d.phone(t, owner)

	got, err := d.Rename(as(t, owner), p.ID, "  Ann’s 📱 ")

	if err != nil || got.Common().Label != "Ann’s 📱" {
		t.Errorf("got %v, %v", got, err)
	}
	if len(d.audited) != 1 || d.audited[0].Action != audit.RenamedDevice || d.audited[0].TargetID != p.ID || d.audited[0].Details["user"] != owner.ID {
		t.Errorf("recorded %v", d.audited)
	}
	for _, label := range []string{strings.Repeat("x", 51), "a\x00", "a\nb", "\xff"} {
		_, err := d.Rename(as(t, owner), p.ID, label)
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != fault.InvalidInput || f.Field != "label" {
			t.Errorf("%q: %v", label, err)
		}
	}
}

func TestService_SetDefault(t *testing.T) {
	d := newDesk(t)
	owner := d.user(t, auth.Customer, false)
	p, app, pending := d.phone(t, owner), d.app(t, owner, true), d.app(t, owner, false)

	got, err := d.SetDefault(as(t, owner), app.ID)

	if err != nil || !got.Common().IsDefault || stored(t, d, p.ID).IsDefault {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := d.SetDefault(as(t, owner), app.ID); err != nil {
		t.Errorf("what is the default already: %v", err)
	}
	_, err = d.SetDefault(as(t, owner), pending.ID)
	wantCode(t, err, fault.Conflict)
}

func TestService_Remove(t *testing.T) {
	t.Run("tells the owner everywhere, on the removed phone too, and hands the default on", func(t *testing.T) {
		d := newDesk(t)
		owner := d.user(t, auth.Customer, false)
		p, app := d.phone(t, owner), d.app(t, owner, true)

		if err := d.Remove(as(t, owner), p.ID); err != nil {
			t.Fatal(err)
		}

		if len(d.notices) != 1 || d.notices[0] != (tell{notification.DeviceRemoved, ""}) {
			t.Errorf("told %v", d.notices)
		}
		if len(d.audited) != 1 || d.audited[0].Action != audit.RemovedDevice || d.audited[0].TargetID != p.ID {
			t.Errorf("recorded %v", d.audited)
		}
		_, err := d.Find(as(t, owner), p.ID)
		wantCode(t, err, fault.NotFound)
		if got, err := d.Find(as(t, owner), app.ID); err != nil || !got.Common().IsDefault {
			t.Errorf("the other is %v, %v", got, err)
		}
		wantCode(t, d.Remove(as(t, owner), p.ID), fault.NotFound)
	})

	t.Run("keeps the last device that signs its owner in", func(t *testing.T) {
		for name, other := range map[string]func(d *desk, t *testing.T, owner user.User){
			"alone":              func(*desk, *testing.T, user.User) {},
			"beside one pending": func(d *desk, t *testing.T, owner user.User) { d.app(t, owner, false) },
			"beside one turned off": func(d *desk, t *testing.T, owner user.User) {
				if err := d.db.DisableDevice(t.Context(), d.bank.ID, d.app(t, owner, true).ID, began); err != nil {
					t.Fatal(err)
				}
			},
			"beside one not permitted": func(d *desk, t *testing.T, owner user.User) {
				mail := &device.Email{Address: "ann@customer.example", Base: device.Base{
					ID: id.New(id.Device), InstitutionID: d.bank.ID, UserID: owner.ID, AddedAt: began, ConfirmedAt: &began,
				}}
				if err := d.db.CreateDevice(t.Context(), mail); err != nil {
					t.Fatal(err)
				}
			},
		} {
			t.Run(name, func(t *testing.T) {
				d := newDesk(t)
				owner := d.user(t, auth.Customer, false)
				p := d.phone(t, owner)
				other(d, t, owner)

				wantCode(t, d.Remove(as(t, owner), p.ID), fault.Conflict)

				if len(d.notices) > 0 {
					t.Errorf("told %v", d.notices)
				}
			})
		}
	})

	t.Run("lets a device go that signs nobody in, and tells nobody of one that never did", func(t *testing.T) {
		d := newDesk(t, func(s *institution.Settings) { s.Methods = []institution.Method{institution.SMS} })
		owner := d.user(t, auth.Customer, false)
		d.phone(t, owner)
		unpermitted, pending := d.app(t, owner, true), d.app(t, owner, false)

		wantCode(t, d.Remove(as(t, owner), pending.ID), "")
		if len(d.notices) > 0 {
			t.Errorf("told %v", d.notices)
		}
		wantCode(t, d.Remove(as(t, owner), unpermitted.ID), "")
		if len(d.notices) != 1 {
			t.Errorf("told %v", d.notices)
		}
	})
}

// Whoever found a backup code may add an app, and can't turn the owner out with it.
func TestService_AfterABackupCode(t *testing.T) {
	d := newDesk(t)
	owner := d.user(t, auth.Customer, false)
	p := d.phone(t, owner)
	d.clock.Advance(time.Hour)
	d.codeUsed(t, owner)
	d.clock.Advance(time.Minute)
	app := d.app(t, owner, true)
	fresh := func() try {
		return try{auth.WithActor(t.Context(), auth.Actor{
			UserID: owner.ID, InstitutionID: owner.InstitutionID, Kind: owner.Kind, FactorAt: d.clock.Now(),
		}), p.ID}
	}

	_, renamed := d.Rename(fresh().ctx, p.ID, "Mine")
	_, defaulted := d.SetDefault(fresh().ctx, p.ID)
	for _, err := range []error{renamed, defaulted, d.Remove(fresh().ctx, p.ID)} {
		wantCode(t, err, fault.Forbidden)
	}
	if _, err := d.Rename(fresh().ctx, app.ID, "Mine"); err != nil {
		t.Errorf("the app that was added since: %v", err)
	}

	d.clock.Advance(24*time.Hour - time.Minute - time.Microsecond)
	wantCode(t, d.Remove(fresh().ctx, p.ID), fault.Forbidden)
	d.clock.Advance(time.Microsecond)
	wantCode(t, d.Remove(fresh().ctx, p.ID), "")
}
