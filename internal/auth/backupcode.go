package auth

import (
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// heldBack is how long a backup code gives no power over what its user signs in with:
// whoever found one, or talked the user out of it, can't turn the user out.
const heldBack = 24 * time.Hour

// AfterBackupCode answers FORBIDDEN, with until when, as long as the use of a backup
// code is recent. The zero time is for none.
func AfterBackupCode(used, now time.Time) error {
	until := used.Add(heldBack)
	if used.IsZero() || !now.Before(until) {
		return nil
	}
	refused := fault.Errorf(fault.Forbidden,
		"A backup code was used to sign in. Until %s UTC neither it nor the app that was added with it lets you add or change devices, change the password or make codes.",
		until.UTC().Format("2 January 15:04"))
	refused.Until = until
	return refused
}

// MayAlterFactors answers FORBIDDEN, with until when, to a session that a recent backup
// code began, or an app that was bound in such a session, or that such an app stepped
// up. Every act that adds or changes what somebody signs in with asks it, before it
// asks for a recent factor, which would not help.
func (a Actor) MayAlterFactors(now time.Time) error { return AfterBackupCode(a.BackupCodeUsedAt, now) }
