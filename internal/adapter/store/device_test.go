package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

func base(b bank, owner user.User, label string) device.Base {
	return device.Base{ID: id.New(id.Device), InstitutionID: b.ID, UserID: owner.ID, Label: label, AddedAt: now}
}

func testDevices(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor, summit := newBank(t, db), newBank(t, db)
	find := func(t *testing.T, deviceID string) device.Device {
		t.Helper()
		d, err := db.FindDevice(ctx, harbor.ID, deviceID)
		check(t, err)
		return d
	}

	t.Run("of each kind come back with every field", func(t *testing.T) {
		owner := harbor.user()
		mobile := &device.Phone{
			Base: base(harbor, owner, "Müller’s 📱"), PhoneNumber: "+12025550101",
			DetectedNumberType: ptr(device.Landline), Carrier: ptr("Carrier & Co"),
		}
		mobile.ConfirmedAt = ptr(now.Add(time.Minute))
		bare := &device.Phone{Base: base(harbor, owner, ""), PhoneNumber: "+12025550102"}
		mail := &device.Email{Base: base(harbor, owner, "Mail"), Address: "ann@customer.example"}
		app := &device.Authenticator{Base: base(harbor, owner, "App")}
		another := &device.Authenticator{Base: base(harbor, owner, "Other app")}
		another.ConfirmedAt = ptr(now)

		for _, d := range []device.Device{mobile, bare, mail, app, another} {
			check(t, db.CreateDevice(ctx, d))
		}

		mobile.IsDefault = true // the first is
		for _, want := range []device.Device{mobile, bare, mail, app, another} {
			same(t, find(t, want.Common().ID), want)
		}
	})

	t.Run("are not found by another institution", func(t *testing.T) {
		p := harbor.phone(harbor.user(), "+12025550101")

		_, err := db.FindDevice(ctx, summit.ID, p.ID)

		wantCode(t, err, fault.NotFound)
	})

	t.Run("that are not there are NOT_FOUND", func(t *testing.T) {
		_, err := db.FindDevice(ctx, harbor.ID, id.New(id.Device))

		wantCode(t, err, fault.NotFound)
	})

	t.Run("that the user has already are CONFLICT, and add nothing to search by", func(t *testing.T) {
		owner := harbor.user()
		harbor.phone(owner, "+12025550101")
		check(t, db.CreateDevice(ctx, &device.Email{Base: base(harbor, owner, ""), Address: "a@customer.example"}))

		wantCode(t, db.CreateDevice(ctx, &device.Phone{Base: base(harbor, owner, ""), PhoneNumber: "+12025550101"}), fault.Conflict)
		wantCode(t, db.CreateDevice(ctx, &device.Email{Base: base(harbor, owner, ""), Address: "a@customer.example"}), fault.Conflict)
	})

	t.Run("of one number may be several users'", func(t *testing.T) {
		harbor.phone(harbor.user(), "+12025550107")
		harbor.phone(harbor.user(), "+12025550107")
	})

	t.Run("of many users are listed by user in the order in which they were added", func(t *testing.T) {
		first, second, other := harbor.user(), harbor.user(), summit.user()
		var want []device.Device
		for _, owner := range []user.User{first, second} {
			late := &device.Phone{Base: base(harbor, owner, "late"), PhoneNumber: "+12025550103"}
			late.AddedAt = now.Add(time.Hour)
			early := &device.Phone{Base: base(harbor, owner, "early"), PhoneNumber: "+12025550104"}
			check(t, db.CreateDevice(ctx, late))
			check(t, db.CreateDevice(ctx, early))
			late.IsDefault = true
			want = append(want, early, late)
		}
		summit.phone(other, "+12025550105")

		found, err := db.ListDevices(ctx, harbor.ID, []string{second.ID, first.ID, other.ID, id.New(id.User)})

		check(t, err)
		same(t, found, want)
	})

	t.Run("of nobody are none", func(t *testing.T) {
		found, err := db.ListDevices(ctx, harbor.ID, nil)

		check(t, err)
		same(t, len(found), 0)
	})

	t.Run("of another institution are not listed", func(t *testing.T) {
		owner := harbor.user()
		harbor.phone(owner, "+12025550106")

		found, err := db.ListDevices(ctx, summit.ID, []string{owner.ID})
		check(t, err)
		same(t, len(found), 0)

		found, err = db.ListNotifiable(ctx, summit.ID, owner.ID, time.Time{})
		check(t, err)
		same(t, len(found), 0)
	})

	t.Run("used are confirmed from the first time on", func(t *testing.T) {
		d := &device.Phone{Base: base(harbor, harbor.user(), ""), PhoneNumber: "+12025550101"}
		check(t, db.CreateDevice(ctx, d))

		check(t, db.MarkDeviceUsed(ctx, harbor.ID, d.ID, now))
		check(t, db.MarkDeviceUsed(ctx, harbor.ID, d.ID, now.Add(time.Hour)))

		d.IsDefault, d.ConfirmedAt, d.LastUsedAt = true, ptr(now), ptr(now.Add(time.Hour))
		same(t, find(t, d.ID), device.Device(d))
	})

	t.Run("disabled stay so from the first time on", func(t *testing.T) {
		p := harbor.phone(harbor.user(), "+12025550101")

		check(t, db.DisableDevice(ctx, harbor.ID, p.ID, now))
		check(t, db.DisableDevice(ctx, harbor.ID, p.ID, now.Add(time.Hour)))

		p.IsDefault, p.DisabledAt = true, ptr(now)
		same(t, find(t, p.ID), device.Device(p))
	})

	t.Run("stay as they are when another institution names them", func(t *testing.T) {
		p := harbor.phone(harbor.user(), "+12025550101")

		wantCode(t, db.MarkDeviceUsed(ctx, summit.ID, p.ID, now), fault.NotFound)
		wantCode(t, db.DisableDevice(ctx, summit.ID, p.ID, now), fault.NotFound)
		wantCode(t, db.SetNumberTypeOverride(ctx, summit.ID, p.ID, device.Seen{}, nil), fault.NotFound)
		wantCode(t, db.RemoveDevice(ctx, summit.ID, p.ID, now), fault.NotFound)

		p.IsDefault = true
		same(t, find(t, p.ID), device.Device(p))
	})

	t.Run("removed are nobody's, but still told for a while", func(t *testing.T) {
		owner := harbor.user()
		gone, kept := harbor.phone(owner, "+12025550101"), harbor.phone(owner, "+12025550102")

		check(t, db.RemoveDevice(ctx, harbor.ID, gone.ID, now))

		gone.RemovedAt, kept.IsDefault = ptr(now), true
		_, err := db.FindDevice(ctx, harbor.ID, gone.ID)
		wantCode(t, err, fault.NotFound)
		wantCode(t, db.RemoveDevice(ctx, harbor.ID, gone.ID, now), fault.NotFound)
		wantCode(t, db.MarkDeviceUsed(ctx, harbor.ID, gone.ID, now), fault.NotFound)
		wantCode(t, db.DisableDevice(ctx, harbor.ID, gone.ID, now), fault.NotFound)
		wantCode(t, db.SetNumberTypeOverride(ctx, harbor.ID, gone.ID, device.Seen{}, nil), fault.NotFound)
		listed, err := db.ListDevices(ctx, harbor.ID, []string{owner.ID})
		check(t, err)
		same(t, listed, []device.Device{kept})

		for since, want := range map[time.Time][]device.Device{
			now.Add(-time.Hour):       {gone, kept},
			now:                       {gone, kept},
			now.Add(time.Microsecond): {kept},
		} {
			told, err := db.ListNotifiable(ctx, harbor.ID, owner.ID, since)
			check(t, err)
			same(t, told, want)
		}

		check(t, db.CreateDevice(ctx, &device.Phone{Base: base(harbor, owner, ""), PhoneNumber: gone.PhoneNumber}))
	})

	t.Run("removed are not found by, and their codes under way are no good", func(t *testing.T) {
		owner := harbor.user()
		gone, kept := harbor.phone(owner, "+12025550151"), harbor.phone(owner, "+12025550152")
		c := challenge.Challenge{TokenHash: auth.HashToken(auth.NewToken()), InstitutionID: harbor.ID, UserID: owner.ID, CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
		check(t, db.CreateChallenge(ctx, c))
		for _, p := range []*device.Phone{gone, kept} {
			_, err := db.PutOneTimeCode(ctx, onetimecode.Code{Subject: c.TokenHash, DeviceID: p.ID, MAC: []byte("mac"), ExpiresAt: now.Add(time.Hour)})
			check(t, err)
		}

		check(t, db.RemoveDevice(ctx, harbor.ID, gone.ID, now))

		_, err := db.FindOneTimeCode(ctx, c.TokenHash, gone.ID)
		wantCode(t, err, fault.NotFound)
		_, err = db.FindOneTimeCode(ctx, c.TokenHash, kept.ID)
		check(t, err)
		for digits, want := range map[string]int{"12025550151": 0, "12025550152": 1} {
			found, err := db.ListUsers(ctx, user.Query{InstitutionID: harbor.ID, From: digits, To: digits + "~", Limit: 9})
			check(t, err)
			same(t, len(found), want)
		}
	})

	t.Run("removed leave the default to the oldest confirmed one, or to none", func(t *testing.T) {
		owner := harbor.user()
		first := harbor.phone(owner, "+12025550101")
		pending := &device.Phone{Base: base(harbor, owner, ""), PhoneNumber: "+12025550102"}
		check(t, db.CreateDevice(ctx, pending))
		second, third := harbor.phone(owner, "+12025550103"), harbor.phone(owner, "+12025550104")
		defaults := func() (ids []string) {
			listed, err := db.ListDevices(ctx, harbor.ID, []string{owner.ID})
			check(t, err)
			for _, d := range listed {
				if d.Common().IsDefault {
					ids = append(ids, d.Common().ID)
				}
			}
			return ids
		}
		oldest := min(second.ID, third.ID) // they were added at one time

		check(t, db.RemoveDevice(ctx, harbor.ID, first.ID, now))
		same(t, defaults(), []string{oldest})

		check(t, db.RemoveDevice(ctx, harbor.ID, second.ID, now))
		check(t, db.RemoveDevice(ctx, harbor.ID, third.ID, now))
		same(t, defaults(), []string(nil))
	})

	t.Run("are renamed by their own institution only", func(t *testing.T) {
		p := harbor.phone(harbor.user(), "+12025550101")

		wantCode(t, db.RenameDevice(ctx, summit.ID, p.ID, "Theirs"), fault.NotFound)
		wantCode(t, db.SetDefaultDevice(ctx, summit.ID, p.UserID, p.ID), fault.NotFound)

		check(t, db.RenameDevice(ctx, harbor.ID, p.ID, "Mine"))
		p.IsDefault, p.Label = true, "Mine"
		same(t, find(t, p.ID), device.Device(p))
	})

	t.Run("chosen as the default take the place of another", func(t *testing.T) {
		owner := harbor.user()
		first, second := harbor.phone(owner, "+12025550101"), harbor.phone(owner, "+12025550102")

		check(t, db.SetDefaultDevice(ctx, harbor.ID, owner.ID, second.ID))

		same(t, find(t, first.ID).Common().IsDefault, false)
		same(t, find(t, second.ID).Common().IsDefault, true)
		wantCode(t, db.SetDefaultDevice(ctx, harbor.ID, harbor.user().ID, first.ID), fault.NotFound)
	})

	t.Run("pending take the place of the same one, and are confirmed once", func(t *testing.T) {
		owner := harbor.user()
		first := &device.Email{Base: base(harbor, owner, ""), Address: "b@customer.example"}
		second := &device.Email{Base: base(harbor, owner, ""), Address: "b@customer.example"}
		for _, d := range []*device.Email{first, second} {
			check(t, db.ReplacePending(ctx, d, now))
			_, err := db.PutOneTimeCode(ctx, onetimecode.Code{Subject: onetimecode.DeviceConfirmation, DeviceID: d.ID, MAC: []byte("old"), ExpiresAt: now.Add(time.Minute)})
			check(t, err)
		}
		_, err := db.FindDevice(ctx, harbor.ID, first.ID)
		wantCode(t, err, fault.NotFound)

		code := onetimecode.Code{Subject: onetimecode.DeviceConfirmation, DeviceID: second.ID, MAC: []byte("new"), ExpiresAt: now.Add(time.Minute)}
		_, err = db.PutOneTimeCode(ctx, code)
		check(t, err)
		found, err := db.FindOneTimeCode(ctx, onetimecode.DeviceConfirmation, second.ID)
		check(t, err)
		code.PreviousMAC = []byte("old")
		same(t, found, code)
		for _, want := range []bool{true, false} {
			ok, err := db.ConsumeOneTimeCode(ctx, code, now)
			check(t, err)
			same(t, ok, want)
		}
		wantCode(t, db.ConfirmDevice(ctx, summit.ID, owner.ID, second.ID, now), fault.NotFound)
		check(t, db.ConfirmDevice(ctx, harbor.ID, owner.ID, second.ID, now))
		wantCode(t, db.ConfirmDevice(ctx, harbor.ID, owner.ID, second.ID, now), fault.NotFound)
		same(t, find(t, second.ID).Common().IsDefault, true)
		wantCode(t, db.ReplacePending(ctx, &device.Email{Base: base(harbor, owner, ""), Address: "b@customer.example"}, now), fault.Conflict)
	})

	t.Run("of a user are held still for one transaction", func(t *testing.T) {
		owner := harbor.user()
		found, err := db.LockUser(ctx, harbor.ID, owner.ID)
		check(t, err)
		same(t, found, owner)
		_, err = db.LockUser(ctx, summit.ID, owner.ID)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("of a transaction that is rolled back leave no trace", func(t *testing.T) {
		owner := harbor.user()
		errNo := errors.New("no")
		d := &device.Phone{Base: base(harbor, owner, ""), PhoneNumber: "+12025550108"}

		err := db.InTx(ctx, func(ctx context.Context) error {
			check(t, db.CreateDevice(ctx, d))
			return errNo
		})

		same(t, errors.Is(err, errNo), true)
		found, err := db.ListUsers(ctx, user.Query{InstitutionID: harbor.ID, From: "12025550108", To: "12025550109", Limit: 9})
		check(t, err)
		same(t, len(found), 0)
	})
}

func testNumberTypes(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor := newBank(t, db)
	agent := harbor.user(staff)

	t.Run("set by staff stay until they are cleared, beside the detected type", func(t *testing.T) {
		p := &device.Phone{
			Base: base(harbor, harbor.user(), ""), PhoneNumber: "+12025550101", DetectedNumberType: ptr(device.VoIP),
		}
		check(t, db.CreateDevice(ctx, p))
		p.IsDefault = true

		for _, override := range []*device.Override{
			{NumberType: device.Mobile, Reason: "wants texts\nsays so", ByID: agent.ID, At: now},
			{NumberType: device.Landline, Reason: "‘other’", ByID: agent.ID, At: now.Add(time.Hour)},
			nil,
		} {
			check(t, db.SetNumberTypeOverride(ctx, harbor.ID, p.ID, device.Seen{}, override))

			p.NumberTypeOverride = override
			found, err := db.FindDevice(ctx, harbor.ID, p.ID)
			check(t, err)
			same(t, found, device.Device(p))
		}
	})

	t.Run("are set in place of the one that was seen only", func(t *testing.T) {
		p := harbor.phone(harbor.user(), "+12025550101")
		to := func(seen device.Seen, at time.Time) error {
			return db.SetNumberTypeOverride(ctx, harbor.ID, p.ID, seen, &device.Override{NumberType: device.VoIP, Reason: "why", ByID: agent.ID, At: at})
		}

		check(t, to(device.Seen{Known: true}, now))
		wantCode(t, to(device.Seen{Known: true}, now.Add(time.Minute)), fault.NotFound)
		wantCode(t, to(device.Seen{Known: true, At: ptr(now.Add(time.Microsecond))}, now.Add(time.Minute)), fault.NotFound)
		check(t, to(device.Seen{Known: true, At: ptr(now)}, now.Add(time.Minute)))
		check(t, to(device.Seen{}, now.Add(time.Hour)))
	})

	t.Run("are for phones only", func(t *testing.T) {
		mail := &device.Email{Base: base(harbor, harbor.user(), ""), Address: "a@customer.example"}
		check(t, db.CreateDevice(ctx, mail))

		err := db.SetNumberTypeOverride(ctx, harbor.ID, mail.ID, device.Seen{}, &device.Override{NumberType: device.Mobile, ByID: agent.ID, At: now})

		wantCode(t, err, fault.NotFound)
	})
}
