package passwordreset

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps requests and links.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	CreateResetRequest(ctx context.Context, r Request) error
	// FindResetRequest returns a request, or NOT_FOUND.
	FindResetRequest(ctx context.Context, id string) (Request, error)
	// AdoptResetRequests returns the ids of requests of which an earlier version should
	// have been done, and makes them requests of this one.
	AdoptResetRequests(ctx context.Context, now time.Time) (ids []string, err error)
	DeleteResetRequest(ctx context.Context, id string) error
	// ListCredentials returns who owns an address, and then who waits for it and
	// registered in a browser, or else the newest.
	ListCredentials(ctx context.Context, institutionID, email, browserHash string) ([]user.Credentials, error)
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (user.User, error)
	// PutResetLink replaces the link of a user: the newest only is good.
	PutResetLink(ctx context.Context, l Link) error
	// FindResetLink returns the link of a token that is unspent and in time, or NOT_FOUND.
	FindResetLink(ctx context.Context, tokenHash string, now time.Time) (Link, error)
	// ExchangeResetLink makes a challenge the only one that may spend a link that is
	// unspent and in time, and ends those before it; ok is false for other links.
	ExchangeResetLink(ctx context.Context, l Link, challengeHash string, now time.Time) (ok bool, err error)
	// SpendResetLink spends a user's link; ok reports whether this call did, for the
	// challenge that may.
	SpendResetLink(ctx context.Context, userID, challengeHash string, now time.Time) (ok bool, err error)
	// SetPassword puts another password in the place of a user's, and makes it good.
	SetPassword(ctx context.Context, institutionID, userID, hash string) error
	// EndSignIns ends the open sign-ins of a user but one.
	EndSignIns(ctx context.Context, userID, exceptHash string, at time.Time) error
	// ForgetBrowsers makes every browser of a user an unknown one.
	ForgetBrowsers(ctx context.Context, userID string) error
	// EndSessionsOf ends all sessions of a user but one, and tells how many.
	EndSessionsOf(ctx context.Context, userID, exceptID string, at time.Time) (int, error)
}
