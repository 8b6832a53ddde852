package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/lib/pq"

	"github.com/factordesk/factordesk/internal/account"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/pgtest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/freeze"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/keyset"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/passwordreset"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/provider"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// What the domains ask of a store.
var _ interface {
	account.Store
	audit.Store
	auth.SessionStore
	authenticator.Store
	backupcode.Store
	challenge.Store
	clock.Reference
	auth.Browsers
	device.Store
	enrollment.Store
	freeze.Store
	institution.Store
	keyset.Store
	notice.Store
	notification.Store
	passwordreset.Store
	profile.Store
	provider.Store
	throttle.AttemptStore
	throttle.WindowStore
	user.Store
} = (*DB)(nil)

// TestStore is what every database has to keep to: each noun's part of the suite
// runs on a new database of each kind.
func TestStore(t *testing.T) {
	for _, part := range []struct {
		name string
		test func(t *testing.T, db *DB)
	}{
		{"times", testTimes},
		{"transactions", testTransactions},
		{"errors", testErrors},
		{"institutions", testInstitutions},
		{"providers", testProviders},
		{"users", testUsers},
		{"roles", testRoles},
		{"search", testSearch},
		{"pages of users", testUserPages},
		{"profiles", testProfiles},
		{"rows", testRows},
		{"sessions", testSessions},
		{"actors", testActors},
		{"browsers", testBrowsers},
		{"devices", testDevices},
		{"number types", testNumberTypes},
		{"authenticator apps", testAuthenticators},
		{"challenges", testChallenges},
		{"one-time codes", testOneTimeCodes},
		{"password resets", testPasswordResets},
		{"throttling", testThrottling},
		{"confirmations", testConfirmations},
		{"backup codes", testBackupCodes},
		{"notifications", testNotifications},
		{"unfinished messages", testUnfinished},
		{"messages found at Twilio", testFoundMessages},
		{"pages of notifications", testNotificationPages},
		{"jobs", testJobs},
		{"clocks", testClocks},
		{"notices", testNotices},
		{"freezes", testFreezes},
		{"departures", testDepartures},
		{"invitations", testInvites},
		{"staff roles", testStaffRoles},
		{"audit", testAudit},
		{"enrolling", testEnrollments},
		{"registering", testRegistrations},
		{"sweeping", testSweep},
	} {
		t.Run(part.name, func(t *testing.T) { onBoth(t, part.test) })
	}
}

// databases returns the URL of a new, empty database of each kind.
var databases = map[string]func(t testing.TB) string{
	"SQLite":     func(t testing.TB) string { return "sqlite://" + filepath.Join(t.TempDir(), "desk.db") },
	"PostgreSQL": pgtest.DSN,
}

// onBoth runs a test on a new, migrated database of each kind.
func onBoth(t *testing.T, test func(t *testing.T, db *DB)) {
	for name, url := range databases {
		t.Run(name, func(t *testing.T) {
			db := open(t, url(t))
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			test(t, db)
		})
	}
}

// open returns one more handle on a database, as another process would have.
func open(t testing.TB, url string) *DB {
	t.Helper()
	db, err := Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func isPostgres(db *DB) bool {
	_, is := db.SQL().Driver().(*pq.Driver)
	return is
}

// now is the time at which most tests play.
var now = time.Date(2026, 3, 4, 5, 6, 7, 891_234_000, time.UTC)

func ptr[T any](v T) *T { return &v }

// check stops the test at an error that it is not about.
func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("the error is %q (%v), want %q", got, err, want)
	}
}

// same compares field by field; times are the same if they are so to the
// nanosecond and both in UTC.
func same(t testing.TB, got, want any) {
	t.Helper()
	inUTC := cmp.Comparer(func(a, b time.Time) bool {
		return a.Equal(b) && a.Location() == time.UTC && b.Location() == time.UTC
	})
	if diff := cmp.Diff(want, got, inUTC); diff != "" {
		t.Errorf("not what was wanted (-want +got):\n%s", diff)
	}
}
