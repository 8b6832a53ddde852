package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// testProfiles holds profiles to what the reads say that bring one thing each.
func testProfiles(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor, summit := newBank(t, db), newBank(t, db)
	full := harbor.owner()
	bare := harbor.user(named("Bea", "Bare"), staff, func(u *user.User) { u.AdminLevel, u.Status = true, user.Registered })
	summit.owner()

	find := func(t *testing.T, u user.User, parts profile.Parts) profile.Row {
		t.Helper()
		found, err := db.FindProfile(ctx, u.InstitutionID, u.ID, parts)
		check(t, err)
		return found
	}

	for parts := range profile.Everything + 1 {
		t.Run(fmt.Sprintf("have the parts %05b and no other", parts), func(t *testing.T) {
			for _, u := range []user.User{full, bare} {
				same(t, find(t, u, parts), harbor.profile(u, "", parts))
			}
		})
	}

	t.Run("are not found by another institution", func(t *testing.T) {
		_, err := db.FindProfile(ctx, summit.ID, full.ID, profile.Everything)

		wantCode(t, err, fault.NotFound)
	})

	t.Run("have no device that was removed, and no set before the newest", func(t *testing.T) {
		u := harbor.user()
		first, second := harbor.phone(u, "+12025550120"), harbor.phone(u, "+12025550121")
		harbor.makeCodes(u, backupcode.ByStaff, 3)
		_, err := db.VoidCodes(ctx, harbor.ID, u.ID, backupcode.ByStaff, now)
		check(t, err)
		newest, hashed := harbor.codes(u, backupcode.ByStaff, 2)
		newest.GeneratedAt = now.Add(time.Minute)
		check(t, db.CreateCodes(ctx, newest, hashed))
		check(t, db.RemoveDevice(ctx, harbor.ID, first.ID, now))

		found := find(t, u, profile.Everything)

		same(t, convert(found.Devices, idOf), []string{second.ID})
		same(t, convert(found.Sets, func(s backupcode.Set) string { return s.ID }), []string{newest.ID})
	})

	t.Run("say nothing of the pause of a browser that is switched off", func(t *testing.T) {
		u := harbor.user()
		p := harbor.phone(u, "+12025550122")
		harbor.pause(p.ID, throttle.UnknownBrowser, throttle.DisableAt, now.Add(time.Hour))
		same(t, find(t, u, profile.Everything).Devices[0].Common().PausedUntil, (*time.Time)(nil))

		harbor.pause(p.ID, throttle.KnownBrowser, 5, now.Add(time.Minute))
		same(t, find(t, u, profile.Everything).Devices[0].Common().PausedUntil, ptr(now.Add(time.Minute)))
	})

	t.Run("of a page have each what is its own", func(t *testing.T) {
		b := newBank(t, db)
		for i := range 6 {
			b.owner(named("Twin", "Same"))
			b.user(named("Twin", fmt.Sprint("Same ", i)), staff)
		}
		for _, q := range []user.Query{
			{Limit: 20}, {Limit: 5}, {Limit: 5, AfterKey: "same twin", AfterID: "usr_z"}, {Limit: 3, Kind: auth.Staff}, {Limit: 0},
			{Limit: 20, From: "twin", To: "twinz"}, {Limit: 4, From: "+", To: "a", Kind: auth.Customer}, {Limit: 20, From: "none", To: "nonf"},
		} {
			q.InstitutionID = b.ID
			users, err := db.ListUsers(ctx, q)
			check(t, err)
			for _, parts := range []profile.Parts{profile.Devices, profile.Devices | profile.Dates, profile.BackupCodes, profile.Everything} {
				found, err := db.ListProfiles(ctx, q, parts)

				check(t, err)
				same(t, append([]profile.Row{}, found...), convert(users, func(m user.Match) profile.Row { return b.profile(m.User, m.Key, parts) }))
			}
		}
	})
}

// owner stores a user who has all that a profile can show.
func (b bank) owner(change ...func(u *user.User)) user.User {
	b.t.Helper()
	u, ctx := b.user(change...), b.t.Context()
	for i, d := range []device.Device{
		&device.Phone{PhoneNumber: fmt.Sprintf("+1202555%04d", 100+serial.Add(1)), Carrier: ptr("A Carrier"), DetectedNumberType: ptr(device.Mobile)},
		&device.Email{Address: fmt.Sprintf("second-%d@customer.example", serial.Add(1))},
		&device.Phone{PhoneNumber: fmt.Sprintf("+1212555%04d", 100+serial.Add(1))},
		&device.Authenticator{},
	} {
		*d.Common() = device.Base{
			ID: id.New(id.Device), InstitutionID: b.ID, UserID: u.ID, Label: fmt.Sprint("Device ", i), AddedAt: now.Add(-time.Duration(i) * time.Hour),
		}
		check(b.t, b.db.CreateDevice(ctx, d))
		switch i {
		case 0:
			check(b.t, b.db.SetNumberTypeOverride(ctx, b.ID, d.Common().ID, device.Seen{}, &device.Override{NumberType: device.VoIP, Reason: "wants “calls”", ByID: u.ID, At: now}))
			check(b.t, b.db.MarkDeviceUsed(ctx, b.ID, d.Common().ID, now.Add(time.Second)))
		case 1:
			check(b.t, b.db.DisableDevice(ctx, b.ID, d.Common().ID, now.Add(time.Minute)))
		case 2:
			b.pause(d.Common().ID, throttle.KnownBrowser, 5, now.Add(time.Minute))
			b.pause(d.Common().ID, throttle.UnknownBrowser, 7, now.Add(2*time.Minute))
		}
	}
	b.makeCodes(u, backupcode.ByStaff, 3)
	self, hashed := b.codes(u, backupcode.BySelf, 2)
	self.Purpose, self.GeneratedAt = "", now.Add(time.Minute)
	check(b.t, b.db.CreateCodes(ctx, self, hashed))
	_, err := b.db.ConsumeCode(ctx, hashed[1].ID, now.Add(time.Hour))
	check(b.t, err)
	return u
}

// pause stores the failures of a device in a browser.
func (b bank) pause(deviceID string, browser throttle.Browser, failures int, until time.Time) {
	b.t.Helper()
	_, err := b.db.sql.Exec(b.t.Context(), "", `INSERT INTO throttle_attempts (authenticator, browser, failures, paused_until, tried_at) VALUES (?, ?, ?, ?, ?)`,
		deviceID, browser, failures, until, now)
	check(b.t, err)
}

// profile returns what is to be read of a user, by the reads that bring one thing
// each.
func (b bank) profile(u user.User, key string, parts profile.Parts) profile.Row {
	b.t.Helper()
	ctx := b.t.Context()
	found, err := b.db.FindUser(ctx, b.ID, u.ID)
	check(b.t, err)
	row := profile.Row{Match: user.Match{User: found, Key: key}}
	if parts.Has(profile.Devices) {
		row.Devices, err = b.db.ListDevices(ctx, b.ID, []string{u.ID})
		check(b.t, err)
	}
	for _, d := range row.Devices {
		base := d.Common()
		if !parts.Has(profile.Dates) {
			base.AddedAt, base.ConfirmedAt, base.LastUsedAt = time.Time{}, nil, nil
		}
		if !parts.Has(profile.Pauses) {
			base.PausedUntil = nil
		}
		if p, ok := d.(*device.Phone); ok && !parts.Has(profile.OptOuts) {
			p.OptedOut = nil
		}
		if p, ok := d.(*device.Phone); ok && !parts.Has(profile.Details) {
			p.Carrier = nil
			if o := p.NumberTypeOverride; o != nil {
				o.Reason, o.ByID, o.At = "", "", time.Time{}
			}
		}
	}
	if parts.Has(profile.BackupCodes) {
		row.Sets, err = b.db.LatestSets(ctx, b.ID, []string{u.ID})
		check(b.t, err)
	}
	for i := range row.Sets { // what no summary shows
		s := &row.Sets[i]
		s.Reason, s.IdentityCheck, s.Handover, s.ByID = "", "", "", ""
		for j := range s.Codes {
			s.Codes[j].ID, s.Codes[j].Position = "", 0
		}
	}
	return row
}

func idOf(d device.Device) string { return d.Common().ID }
