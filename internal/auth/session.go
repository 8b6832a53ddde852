package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"github.com/factordesk/factordesk/internal/clock"
	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/id"
)

// Session lifetimes (NIST SP 800-63B-4, 2.2.3 asks for at most an hour idle and
// a day in all).
const (
	IdleTimeout     = 30 * time.Minute
	AbsoluteTimeout = 12 * time.Hour
	// touchEvery bounds how often a busy session writes its last use.
	touchEvery = time.Minute
)

// Session is one signed-in browser.
type Session struct {
	ID            string
	UserID        string
	InstitutionID string
	Kind          Kind
	TokenHash     string
	CreatedAt     time.Time
	LastUsedAt    time.Time
	ExpiresAt     time.Time
	// FactorAt is when a second factor that counts for step-up was last proved.
	FactorAt time.Time
	// ByBackupCode marks a session that a backup code began.
	ByBackupCode bool
	// Address and UserAgent say where the session was started.
	Address   string
	UserAgent string
}

// SessionStore keeps sessions.
type SessionStore interface {
	CreateSession(ctx context.Context, s Session) error
	// FindActor gives the session that has the token hash, with its user's
	// permissions, or NOT_FOUND: ended sessions and users that are closed are not
	// found.
	FindActor(ctx context.Context, tokenHash string) (Session, Actor, error)
	// TouchSession moves the last use forward, never back.
	TouchSession(ctx context.Context, id string, at time.Time) error
	// EndSession ends a session; ending it twice changes nothing.
	EndSession(ctx context.Context, id string, at time.Time) error
	// RenewSession gives a live session another token and a fresh factor:
	// NOT_FOUND if it has ended.
	RenewSession(ctx context.Context, id, tokenHash string, factorAt time.Time) error
}

// Sessions starts, resolves and ends sessions.
type Sessions struct {
	Store SessionStore
	Clock clock.Clock
}

// Start makes a session for a user who has just proved a second factor, and
// gives the token that the browser keeps.
func (s *Sessions) Start(ctx context.Context, n Session) (token string, err error) {
	now := s.Clock.Now()
	token = NewToken()
	n.ID = id.New(id.Session)
	n.TokenHash = HashToken(token)
	n.CreatedAt, n.LastUsedAt, n.ExpiresAt = now, now, now.Add(AbsoluteTimeout)
	return token, s.Store.CreateSession(ctx, n)
}

// Resolve gives the actor behind a token: UNAUTHENTICATED if the session is
// unknown, ended, idle for too long or past its end, or of the other kind.
func (s *Sessions) Resolve(ctx context.Context, token string, kind Kind) (Actor, error) {
	ended := fault.Errorf(fault.Unauthenticated, "This session has ended. Sign in again.")
	session, actor, err := s.Store.FindActor(ctx, HashToken(token))
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		return Actor{}, ended
	case err != nil:
		return Actor{}, err
	}
	now := s.Clock.Now()
	if session.Kind != kind || !now.Before(session.ExpiresAt) || now.Sub(session.LastUsedAt) >= IdleTimeout {
		return Actor{}, ended
	}
	if now.Sub(session.LastUsedAt) >= touchEvery {
		if err := s.Store.TouchSession(ctx, session.ID, now); err != nil {
			return Actor{}, err
		}
	}
	actor.SessionEndsAt = session.ExpiresAt
	return actor, nil
}

// Renew makes the factor of the actor's session fresh, under a new token; the old
// one is dead. The session ends no later for it.
func (s *Sessions) Renew(ctx context.Context) (token string, err error) {
	actor, err := SignedIn(ctx)
	if err != nil {
		return "", err
	}
	token = NewToken()
	return token, s.Store.RenewSession(ctx, actor.SessionID, HashToken(token), s.Clock.Now())
}

// End ends the actor's own session.
func (s *Sessions) End(ctx context.Context) error {
	actor, err := SignedIn(ctx)
	if err != nil {
		return err
	}
	return s.Store.EndSession(ctx, actor.SessionID, s.Clock.Now())
}

// NewToken draws 256 random bits, in URL-safe Base64.
func NewToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // crypto/rand.Read never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// HashToken gives what the database holds of a token.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
