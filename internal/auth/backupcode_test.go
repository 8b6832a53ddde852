package auth_test

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestAfterBackupCode(t *testing.T) {
	used := world.Began
	for passed, want := range map[time.Duration]fault.Code{0: fault.Forbidden, 24*time.Hour - 1: fault.Forbidden, 24 * time.Hour: ""} {
		err := auth.AfterBackupCode(used, used.Add(passed))
		world.WantCode(t, err, want)
		if err != nil && !strings.Contains(err.Error(), "Until 5 March 05:06 UTC") {
			t.Error(err)
		}
	}
	world.WantCode(t, auth.AfterBackupCode(time.Time{}, time.Time{}), "")
}

// A session that an app of a backup code's steps up comes from that code; one that
// does already stays so, whatever steps it up.
func TestSessions_RememberTheBackupCodeThatTheyComeFrom(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := deskIn(t, w)
		token := d.start(t)
		early, late := world.Began.Add(-2*time.Hour), world.Began.Add(-time.Hour)
		for _, step := range []struct{ by, want time.Time }{{time.Time{}, time.Time{}}, {late, late}, {early, late}, {time.Time{}, late}} {
			actor, _ := d.resolve(t, token)
			renewed, err := d.Renew(auth.WithActor(t.Context(), actor), step.by)
			if err != nil {
				t.Fatal(err)
			}
			token = renewed

			actor, code := d.resolve(t, token)

			if code != "" || !actor.BackupCodeUsedAt.Equal(step.want) {
				t.Errorf("%q, %s, want %s", code, actor.BackupCodeUsedAt, step.want)
			}
		}
		actor, _ := d.resolve(t, token)
		world.WantCode(t, actor.MayAlterFactors(w.Time.Now()), fault.Forbidden)
	})
}
