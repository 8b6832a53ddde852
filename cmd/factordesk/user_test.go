package main

import (
	osuser "os/user"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// takenOver makes a bank whose only administrator is frozen, with a suspended phone and
// a live session, and returns them with the session's token.
func takenOver(t *testing.T, url string) (db *store.DB, admin user.User, token string) {
	t.Helper()
	succeeds(t, "", bank...)
	succeeds(t, "", "staff", "create", "--institution", "bank", "--admin", "--email", "ann@bank.example",
		"--first-name", "Ann", "--last-name", "Boss", "--phone", "+12025550181")
	db = storetest.Open(t, url)
	institutions, err := db.ListInstitutionIDs(t.Context())
	if err != nil || len(institutions) != 1 {
		t.Fatal(institutions, err)
	}
	found, err := db.FindCredentials(t.Context(), institutions[0], "ann@bank.example")
	if err != nil {
		t.Fatal(err)
	}
	admin, now := found.User, time.Now()
	if err := db.FreezeUser(t.Context(), admin.InstitutionID, admin.ID, now); err != nil {
		t.Fatal(err)
	}
	if n, err := db.SuspendDevices(t.Context(), admin.InstitutionID, admin.ID, time.Time{}, notification.DeviceAdded, now); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	token = auth.NewToken()
	return db, admin, token
}

// The only administrator is the frozen one, and no page helps.
func TestUser(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		db, admin, token := takenOver(t, url)
		now := time.Now()
		if err := db.CreateSession(t.Context(), auth.Session{
			ID: "ses_1", UserID: admin.ID, InstitutionID: admin.InstitutionID, Kind: auth.Staff, TokenHash: auth.HashToken(token),
			CreatedAt: now, LastUsedAt: now, ExpiresAt: now.Add(time.Hour),
		}); err != nil {
			t.Fatal(err)
		}
		devices, err := db.ListDevices(t.Context(), admin.InstitutionID, []string{admin.ID})
		if err != nil {
			t.Fatal(err)
		}
		phone := devices[0].Common().ID
		named := func(act string, more ...string) []string {
			return append([]string{"user", act, "--institution", "bank", "--email", "Ann@bank.example"}, more...)
		}
		because := []string{"--reason", "Called back"}

		shown := succeeds(t, "", named("show")...)
		for _, want := range []string{
			"Ann Boss <ann@bank.example> (" + admin.ID + ") is STAFF FROZEN.", "The password is void since ", phone + ` +12025550181 "Phone", confirmed `,
			", SUSPENDED ", "A device for signing in to your account was added.",
		} {
			if !strings.Contains(shown, want) {
				t.Errorf("%q is not in %s", want, shown)
			}
		}
		wantJSON(t, succeeds(t, "", named("show", "--json")...), `{"addressProvedAt":"TIME","adminLevel":true,"createdAt":"TIME","devices":[{"addedAt":"TIME",`+
			`"address":"+12025550181","confirmedAt":"TIME","default":false,"disabledAt":null,"id":"`+phone+`","kind":"SMS","label":"Phone","lastUsedAt":null,`+
			`"mailRefusedAt":null,"suspendedAt":"TIME","suspensionReason":"The owner said “It was not me” of a notice: “A device for signing in to your account was added.” `+
			`This device was confirmed within the 7 days before that notice, or after it."}],"disabledAt":null,"email":"ann@bank.example","id":"`+admin.ID+`","kind":"STAFF",`+
			`"lastSignedInAt":"TIME","mailRefusedAt":null,"name":"Ann Boss","passwordVoidedAt":"TIME","status":"FROZEN"}`)
		for want, args := range map[string][]string{
			"no such institution":       {"user", "show", "--institution", "nowhere", "--email", "ann@bank.example"},
			"Bank of Tests has no user": {"user", "unfreeze", "--institution", "bank", "--email", "bo@bank.example", "--reason", "x"},
			"has no device dev_1":       named("restore-device", "--device", "dev_1", "--reason", "x"),
		} {
			if said := fails(t, exitFailed, args...); !strings.Contains(said, want) {
				t.Errorf("%q, want %q", said, want)
			}
		}
		for want, args := range map[string][]string{
			"--reason": named("unfreeze"), "--device": named("restore-device", because...), "500 characters": named("end-sessions", "--reason", " "),
		} {
			if said := fails(t, exitSettings, args...); !strings.Contains(said, want) {
				t.Errorf("%q, want %q", said, want)
			}
		}

		for want, args := range map[string][]string{
			"sessions that were live: 1": named("end-sessions", because...),
			"is ACTIVE again":            named("unfreeze", because...),
			"signs ann@bank.example in":  named("restore-device", append([]string{"--device", phone}, because...)...),
		} {
			if said := succeeds(t, "", args...); !strings.Contains(said, want) {
				t.Errorf("%q, want %q", said, want)
			}
		}
		if said := fails(t, exitFailed, named("unfreeze", because...)...); !strings.Contains(said, "is not frozen") {
			t.Error(said)
		}
		if said := fails(t, exitFailed, named("restore-device", append([]string{"--device", phone}, because...)...)...); !strings.Contains(said, "not suspended") {
			t.Error(said)
		}
		if err := db.FreezeUser(t.Context(), admin.InstitutionID, admin.ID, now); err != nil {
			t.Fatal(err)
		}
		if r := command(t, "", named("unfreeze", because...)...); r.code != exitOK || strings.Count(r.err, `msg="audit head" institution=`+admin.InstitutionID+" head=") != 1 {
			t.Errorf("no head of the record: %+v", r)
		}
		if _, _, err := db.FindActor(t.Context(), auth.HashToken(token)); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("the session lives: %v", err)
		}
		wantOperatorInRecord(t, url)
		succeeds(t, "", "audit", "verify")
	})
}

func wantOperatorInRecord(t *testing.T, url string) {
	t.Helper()
	me, err := osuser.Current()
	if err != nil {
		t.Fatal(err)
	}
	entries := strings.Join(dump(t, url)["audit_entries"], "\n")
	for action, times := range map[string]int{"END_SESSIONS": 1, "UNFREEZE_USER": 2, "RESTORE_DEVICE": 1, "READ_PROFILE": 2} {
		if strings.Count(entries, "action="+action+"\n") != times {
			t.Errorf("%s is not recorded %d times: %s", action, times, entries)
		}
	}
	if n := strings.Count(entries, "actor_id=operator:"+me.Username+"\n"); n != 8 || strings.Count(entries, "Called back") != 4 {
		t.Errorf("%d acts of the operator: %s", n, entries)
	}
}
