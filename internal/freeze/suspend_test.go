package freeze_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// Whatever was confirmed since 7 days before the notice may be a thief's, also what
// was between the notice and the press; what is older is the owner's.
func TestService_Freeze_SuspendsWhatIsNew(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		u, neighbor := d.User(t), d.User(t)
		noticed, week := w.Time.Now(), 7*24*time.Hour
		token := d.token(t, u)
		base := func(confirmed time.Duration) device.Base {
			b := world.Base(u)
			b.AddedAt, b.ConfirmedAt = noticed.Add(-30*24*time.Hour), new(noticed.Add(confirmed))
			return b
		}
		want := map[string]bool{}
		add := func(added device.Device, suspended bool) {
			d.AddDevice(t, added)
			want[added.Common().ID] = suspended
		}
		newest := &device.Phone{PhoneNumber: "+12025550101", Base: base(-week)}
		old := &device.Authenticator{Base: base(-week - time.Microsecond)}
		add(newest, true)
		add(old, false)
		add(&device.Authenticator{Base: base(-time.Hour)}, true)
		add(&device.Email{Address: "thief@customer.example", Base: base(0)}, true)
		add(&device.Phone{PhoneNumber: "+12025550102", Base: base(5 * 24 * time.Hour)}, true)
		unfinished := &device.Phone{PhoneNumber: "+12025550103", Base: base(0)}
		unfinished.ConfirmedAt = nil
		d.AddDevice(t, unfinished)
		theirs := d.Phone(t, neighbor, "+12025550101")
		for _, of := range []string{u.ID, neighbor.ID} {
			if err := d.DB.RememberBrowser(t.Context(), of, auth.HashToken("browser"), noticed); err != nil {
				t.Fatal(err)
			}
		}
		w.Time.Advance(week - time.Hour)

		if _, err := d.Freeze(t.Context(), token); err != nil {
			t.Fatal(err)
		}

		got := map[string]bool{}
		devices, err := d.DB.ListDevices(t.Context(), d.Bank.ID, []string{u.ID, neighbor.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range devices {
			b := found.Common()
			got[b.ID] = b.SuspendedAt != nil
			if got[b.ID] && (!b.SuspendedAt.Equal(w.Time.Now()) || b.SuspendedFor != notification.DeviceReset) {
				t.Errorf("suspended at %s for %s", b.SuspendedAt, b.SuspendedFor)
			}
			if b.UserID == u.ID && b.IsDefault != (b.ID == old.ID) {
				t.Errorf("default: %v of %+v", b.IsDefault, b)
			}
		}
		want[theirs.ID] = false
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if byUser, byAnyone, err := d.DB.KnowsBrowser(t.Context(), u.ID, auth.HashToken("browser")); byUser || !byAnyone || err != nil {
			t.Errorf("the browser is known to them: %v; to a neighbor: %v, %v", byUser, byAnyone, err)
		}
		i := slices.IndexFunc(d.Audited.Events, func(e audit.Event) bool { return e.Details["suspended"] != "" })
		if i < 0 || d.Audited.Events[i].Details["suspended"] != "4" {
			t.Errorf("recorded %v", d.Audited.Events)
		}

		unfrozen, err := d.Unfreeze(d.Agent(t, auth.ResetTwoFactorDevice), u.ID, "Spoke to her")
		if err != nil || unfrozen.PasswordVoidedAt == nil {
			t.Errorf("the password is good again: %+v, %v", unfrozen, err)
		}
		if found, err := d.DB.FindDevice(t.Context(), d.Bank.ID, newest.ID); err != nil || found.Common().SuspendedAt == nil {
			t.Errorf("unfreezing brings it back: %+v, %v", found, err)
		}
	})
}

// Codes that frozen staff made for others may be a thief's means to sign in as them.
func TestService_Freeze_VoidsTheCodesThatStaffMadeForOthers(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(w)
		staff, colleague := d.User(t, world.Staff), d.User(t, world.Staff)
		noticed, week := w.Time.Now(), 7*24*time.Hour
		token := d.token(t, staff)
		made := map[string]bool{}
		give := func(by user.User, at time.Time, unused int, void bool) {
			owner := d.User(t)
			set := backupcode.Set{
				ID: id.New(id.CodeSet), InstitutionID: d.Bank.ID, UserID: owner.ID, Origin: backupcode.ByStaff, ByID: by.ID, GeneratedAt: at,
				Purpose: backupcode.Lockout, Reason: "Lost phone", IdentityCheck: backupcode.InPerson, Handover: backupcode.HandoverInPerson,
				ExpiresAt: new(noticed.Add(30 * 24 * time.Hour)),
			}
			codes := make([]backupcode.Hashed, unused)
			for i := range codes {
				codes[i] = backupcode.Hashed{ID: id.New(id.Code), Position: i + 1, Selector: "Z" + strconv.Itoa(i), Hash: world.Hash("0000000000000")}
			}
			if err := d.DB.CreateCodes(t.Context(), set, codes); err != nil {
				t.Fatal(err)
			}
			made[owner.ID] = void
		}
		give(staff, noticed.Add(-week), 2, true)
		give(staff, noticed.Add(time.Hour), 3, true)
		give(staff, noticed.Add(-week-time.Microsecond), 1, false)
		give(colleague, noticed, 1, false)
		w.Time.Advance(2 * time.Hour)

		if _, err := d.Freeze(t.Context(), token); err != nil {
			t.Fatal(err)
		}

		for ownerID, void := range made {
			n, err := d.DB.CountLiveCodes(t.Context(), d.Bank.ID, ownerID, backupcode.ByStaff, w.Time.Now())
			if err != nil || (n == 0) != void {
				t.Errorf("%d codes are left, void: %v, %v", n, void, err)
			}
		}
		i := slices.IndexFunc(d.Audited.Events, func(e audit.Event) bool { return e.Action == audit.FrozeUser })
		if i < 0 || d.Audited.Events[i].Details["codesForOthers"] != "5" {
			t.Errorf("recorded %v", d.Audited.Events)
		}
	})
}
