package backupcode

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/user"
)

// Candidate is a stored code that a typed one may be.
type Candidate struct {
	ID   string
	Hash string
}

// Store keeps sets, codes and confirmations.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// CreateConfirmation writes what a token stands for.
	CreateConfirmation(ctx context.Context, c Confirmation) error
	// FindConfirmation returns what a token's hash stands for, or NOT_FOUND.
	FindConfirmation(ctx context.Context, institutionID, tokenHash string) (Confirmation, error)
	// ConsumeConfirmation spends a confirmation; ok is false if it was spent
	// already.
	ConsumeConfirmation(ctx context.Context, tokenHash string, at time.Time) (ok bool, err error)
	// VoidCodes voids the sets of a user and an origin that are not void yet, and
	// returns how many of their codes were unused and unexpired.
	VoidCodes(ctx context.Context, institutionID, userID string, o Origin, at time.Time) (voided int, err error)
	// CountLiveCodes returns how many codes of a user and an origin are unused,
	// unexpired and not void.
	CountLiveCodes(ctx context.Context, institutionID, userID string, o Origin, now time.Time) (int, error)
	// CreateCodes adds a set: CONFLICT if the user has one of that origin that is
	// not void.
	CreateCodes(ctx context.Context, s Set, codes []Hashed) error
	// LatestSets returns the newest set of each origin of users, which is the one that
	// is not void if there is one, by user, the newer first.
	LatestSets(ctx context.Context, institutionID string, userIDs []string) ([]Set, error)
	// CountCodes returns how many codes of a user would work, by the origins of which
	// the user ever had a set.
	CountCodes(ctx context.Context, institutionID, userID string, now time.Time) (map[Origin]int, error)
	// FindLiveCodes returns the unused codes with a selector in the live sets of a
	// user and of origins: at most one per origin.
	FindLiveCodes(ctx context.Context, institutionID, userID, selector string, of []Origin, now time.Time) ([]Candidate, error)
	// ConsumeCode spends a code if it is unused, unexpired and not void; ok tells
	// whether this call was the one that did.
	ConsumeCode(ctx context.Context, codeID string, now time.Time) (ok bool, err error)
	// LockUser returns a user and holds what they sign in with still, against everyone
	// who asks the same, until the end of the transaction.
	LockUser(ctx context.Context, institutionID, userID string) (user.User, error)
}
