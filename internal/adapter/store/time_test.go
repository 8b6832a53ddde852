package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/id"
)

func testTimes(t *testing.T, db *DB) {
	ctx := t.Context()

	stored := func(t *testing.T, b bank, date time.Time) time.Time {
		t.Helper()
		n := notification.Notification{
			ID: id.New(id.Message), InstitutionID: b.ID, Channel: notification.SMS, To: "+12025550101",
			ProviderStatus: "sent", Date: date, SentAt: &date, UpdatedAt: date,
		}
		check(t, db.CreateNotification(ctx, n))
		found := b.texts(t, n.To)
		same(t, []time.Time{*found[0].SentAt, found[0].UpdatedAt}, []time.Time{found[0].Date, found[0].Date})
		return found[0].Date
	}

	for name, given := range map[string]time.Time{
		"to the microsecond":        time.Date(2026, 3, 4, 5, 6, 7, 891_234_000, time.UTC),
		"of a whole second":         time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		"of half a second":          time.Date(2026, 3, 4, 5, 6, 7, 500_000_000, time.UTC),
		"of a leap day":             time.Date(2028, 2, 29, 23, 59, 59, 999_999_000, time.UTC),
		"long ago":                  time.Date(1970, 1, 1, 0, 0, 0, 1000, time.UTC),
		"given in another zone":     time.Date(2026, 3, 4, 7, 6, 7, 891_234_000, time.FixedZone("", 2*60*60)),
		"given in a half-hour zone": time.Date(2026, 3, 4, 10, 36, 7, 0, time.FixedZone("IST", 5*60*60+30*60)),
	} {
		t.Run(name+" come back the same, in UTC", func(t *testing.T) {
			same(t, stored(t, newBank(t, db), given), given.UTC())
		})
	}

	t.Run("finer than a microsecond are cut off, never rounded up", func(t *testing.T) {
		given := time.Date(2026, 3, 4, 5, 6, 7, 891_234_999, time.UTC)

		same(t, stored(t, newBank(t, db), given), given.Truncate(time.Microsecond))
	})

	t.Run("sort by what they say, not by how they are written", func(t *testing.T) {
		b := newBank(t, db)
		second := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
		for _, after := range []time.Duration{
			0, time.Microsecond, 9 * time.Microsecond, 10 * time.Microsecond, 100 * time.Millisecond, 500 * time.Millisecond,
			500*time.Millisecond + time.Microsecond, 999_999 * time.Microsecond, time.Second,
		} {
			date := second.Add(after)

			same(t, stored(t, b, date), date) // which is the newest of all
		}
	})
}
