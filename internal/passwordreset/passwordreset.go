// Package passwordreset is the way back in for someone who forgot their password:
// a link by mail, then a second factor as at every sign-in.
//
//	Request     writes down what was typed, and looks nothing up: whether there is
//	            such a user shows neither in the answer nor in the time it takes
//	SendLinks   what a chore does with that: makes the token, keeps its hash, and
//	            mails it in the fragment of a link, which reaches no server's log
//	Begin       takes token and new password, and gives a challenge on which the
//	            password's hash waits; mails are none of its options, as the link
//	            came by one
//	Complete    called in the transaction in which that challenge is met: spends
//	            the link, replaces the password, and ends all that was begun with
//	            the one before
//
// Until then the old password works and the token is good: a mistyped or lost
// code asks for no new mail. But a user has one link, the newest, and a link one
// challenge, the newest; only that one spends it, by one conditional statement.
// So however often a token is used at once, one password comes of it.
package passwordreset

import (
	"context"
	"log/slog"
	"net/url"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Lifetime is how long a link works, and how long its mail is tried.
const Lifetime = time.Hour

// Request is someone's wish for a link.
type Request struct {
	ID string
	// Institution and Username are as typed: a slug and a lowercase address.
	Institution string
	Username    string
	CreatedAt   time.Time
}

// Link is the one by which a user may choose a new password.
type Link struct {
	UserID        string
	InstitutionID string
	TokenHash     string
	ExpiresAt     time.Time
}

// Store keeps requests and links.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	CreateResetRequest(ctx context.Context, r Request) error
	// ClaimResetRequest takes the oldest request that is due, and makes it due again
	// at a time, should it not be deleted by then; ok is false if there is none.
	ClaimResetRequest(ctx context.Context, now, again time.Time) (r Request, ok bool, err error)
	DeleteResetRequest(ctx context.Context, id string) error
	// FindCredentials gives a user by email, or NOT_FOUND.
	FindCredentials(ctx context.Context, institutionID, email string) (user.Credentials, error)
	// FindUser gives a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
	// PutResetLink replaces the link of a user: the newest only is good.
	PutResetLink(ctx context.Context, l Link) error
	// FindResetLink gives the link of a token that is unspent and in time, or NOT_FOUND.
	FindResetLink(ctx context.Context, tokenHash string, now time.Time) (Link, error)
	// ExchangeResetLink makes a challenge the only one that may spend a link that is
	// unspent and in time, and ends those before it; ok is false for other links.
	ExchangeResetLink(ctx context.Context, l Link, challengeHash string, now time.Time) (ok bool, err error)
	// SpendResetLink spends a user's link; ok tells whether this call did, for the
	// challenge that may.
	SpendResetLink(ctx context.Context, userID, challengeHash string, now time.Time) (ok bool, err error)
	// SetPassword gives a user another password.
	SetPassword(ctx context.Context, institutionID, userID, hash string) error
	// EndSignIns ends the open sign-ins of a user but one.
	EndSignIns(ctx context.Context, userID, exceptHash string, at time.Time) error
	// EndSessionsOf ends all sessions of a user but one, and tells how many.
	EndSessionsOf(ctx context.Context, userID, exceptID string, at time.Time) (int, error)
}

// Institutions finds institutions.
type Institutions interface {
	Find(ctx context.Context, id string) (institution.Institution, error)
	FindBySlug(ctx context.Context, slug string) (institution.Institution, error)
}

// Challenges asks for second factors.
type Challenges interface {
	// StartReset makes a challenge on which the hash of a new password waits:
	// CONFLICT for a user with no usable way.
	StartReset(ctx context.Context, inst institution.Institution, u user.User, hash string) (challenge.Challenge, error)
}

// Hasher hashes passwords.
type Hasher interface {
	Hash(ctx context.Context, plain string) (string, error)
}

// Sender sends the mails.
type Sender interface {
	SendPasswordLink(ctx context.Context, r notification.Recipient, link string) error
	SendNoPasswordLink(ctx context.Context, r notification.Recipient) error
}

// Notifier tells users what happened to their accounts.
type Notifier interface {
	Tell(ctx context.Context, u user.User, n notification.Notice, exceptDevice string) error
}

// Auditor records acts, as the last thing in their transaction.
type Auditor interface {
	RecordFor(ctx context.Context, actor auth.Actor, e audit.Event) error
}

// Service keeps the rules of resets.
type Service struct {
	Store        Store
	Institutions Institutions
	Challenges   Challenges
	Hasher       Hasher
	Sender       Sender
	Notifier     Notifier
	Audit        Auditor
	Limiter      *throttle.Limiter
	Clock        clock.Clock
	Log          *slog.Logger
	// Pages are where users of each kind choose a new password; the token is put
	// into the fragment.
	Pages map[auth.Kind]*url.URL
}
