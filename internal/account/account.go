// Package account is what people do about their own way in: they change their
// password, see where they are signed in, and end sessions that should not be.
//
//	ChangePassword     checks the current password, and ends what was begun with it
//	Sessions           where the actor is signed in, the last used first
//	EndSession         ends one of the actor's sessions
//	EndOtherSessions   ends all but the one that asks
//	SessionsOf         where others are signed in, for support
//	EndSessionsOf      ends all of somebody else, with what leads to another
//
// While the account is frozen the password is changed by a reset alone.
//
// But for the last two, everything is about the actor.
package account

import (
	"github.com/factordesk/factordesk/internal/auth"
)

// Session is a place where someone is signed in.
type Session struct {
	auth.Session
	// Current is the session that asks.
	Current bool
}
