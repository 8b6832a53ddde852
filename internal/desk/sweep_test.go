package desk_test

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// A sweep takes some rows at a time, and people sign in between: of what one go deletes
// nobody would see a part.
func TestSweep_LetsPeopleInBetweenItsBatches(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		const many = 5_000
		if _, err := d.DB.SQL().Exec(`
			WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
			INSERT INTO throttle_windows (key, events, closes_at) SELECT 'old ' || i, 1, '2020-01-01 00:00:00+00:00' FROM n`); err != nil {
			t.Fatal(err)
		}
		left := func() (n int) {
			t.Helper()
			if err := d.DB.SQL().QueryRow(`SELECT count(*) FROM throttle_windows WHERE key LIKE 'old %'`).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		swept := make(chan error, 1)
		go func() { swept <- d.Runner.Handlers["SWEEP_THROTTLE_WINDOWS"].Do(t.Context(), nil) }()

		between, before := 0, left()
		for deadline := time.Now().Add(30 * time.Second); before > 0 && time.Now().Before(deadline); {
			d.Browser(auth.Customer).Challenge(d.Harbor.Customer)
			d.Clock.Advance(time.Minute)
			after := left()
			if before < many && after > 0 {
				between++
			}
			before = after
		}

		if err := <-swept; err != nil || before > 0 {
			t.Errorf("%d rows are left: %v", before, err)
		}
		if between == 0 {
			t.Error("nobody signed in while some were gone and some were not")
		}
	})
}
