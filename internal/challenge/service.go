package challenge

import (
	"context"
	"log/slog"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Hasher checks passwords.
type Hasher interface {
	// VerifyEach reports of each hash whether it is of plain, in the time of one.
	VerifyEach(ctx context.Context, hashes []string, plain string) ([]bool, error)
	// HashBeside hashes so that it takes no longer to check both than one of them.
	HashBeside(ctx context.Context, other, plain string) (string, error)
}

// Auditor is the record of sign-ins.
type Auditor interface {
	audit.Recorder
	// CountFailure counts a wrong password for a name; who typed it is not known.
	CountFailure(ctx context.Context, institutionID, name string) error
}

// Authenticators checks the codes of authenticator apps.
type Authenticators interface {
	// Match returns the step of the code that a user typed, unspent; ok is false for
	// a code that is wrong, too old or accepted already.
	Match(ctx context.Context, institutionID, deviceID, typed string) (step authenticator.Step, ok bool, err error)
	// MatchFirst is Match for an app that its first code binds.
	MatchFirst(ctx context.Context, institutionID, deviceID, typed string) (step authenticator.Step, ok bool, err error)
	// Spend spends it; ok is false if another call did.
	Spend(ctx context.Context, step authenticator.Step) (ok bool, err error)
}

// BackupCodes checks backup codes.
type BackupCodes interface {
	// Held reports whether a user has codes to sign in with, and if not, why.
	Held(ctx context.Context, inst institution.Institution, u user.User) (backupcode.Held, error)
	// Match returns the code that a user typed, unspent: WRONG_CODE.
	Match(ctx context.Context, inst institution.Institution, u user.User, typed string) (codeID string, err error)
	// Spend spends it: WRONG_CODE if another did.
	Spend(ctx context.Context, codeID string) error
}

// Resets finishes resets of passwords.
type Resets interface {
	// Finish puts the new password of a challenge in force, before the challenge
	// completes, in its transaction: EXPIRED if it is not to be any more.
	Finish(ctx context.Context, u user.User, c Challenge, now time.Time) error
}

// Invites finishes what staff do who were invited.
type Invites interface {
	// Finish makes an invited user one who signs in, by the new password of a challenge,
	// before the challenge completes, in its transaction: EXPIRED if the invitation is
	// not good any more.
	Finish(ctx context.Context, u user.User, c Challenge, now time.Time) error
}

// Enrollments takes customers who were registered through their first sign-in.
type Enrollments interface {
	// Begin reports whether a user has to prove the email address first.
	Begin(ctx context.Context, inst institution.Institution, u user.User) (verifyEmail bool, err error)
	// Hold holds the address for which a user waits; call it before the user is held.
	Hold(ctx context.Context, u user.User) error
	// EmailVerified records that the user did and reports whether that was a second
	// factor, too; LinkFollowed records that a link proved the address, and CodeAccepted
	// that a code came after either: EXPIRED if none could have.
	EmailVerified(ctx context.Context, inst institution.Institution, u user.User) (factor bool, err error)
	LinkFollowed(ctx context.Context, u user.User) error
	CodeAccepted(ctx context.Context, u user.User) error
}

// Sessions starts, renews and ends sessions.
type Sessions interface {
	End(ctx context.Context) error
	Start(ctx context.Context, n auth.Session) (token string, err error)
	Renew(ctx context.Context, backupCodeUsedAt time.Time) (token string, err error)
}

// Service keeps the rules of signing in.
type Service struct {
	Store          Store
	Institutions   institution.Finder
	Hasher         Hasher
	Notices        notice.Teller
	Audit          Auditor
	Sessions       Sessions
	Browsers       auth.Browsers
	Codes          *onetimecode.Service
	BackupCodes    BackupCodes
	Resets         Resets
	Invites        Invites
	Enrollments    Enrollments
	Authenticators Authenticators
	Limiter        *throttle.Limiter
	Attempts       *throttle.Attempts
	Clock          clock.Clock
	Log            *slog.Logger
}
