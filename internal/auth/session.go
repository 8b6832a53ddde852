package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
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
	// EndSessionOf ends a session of a user; ok tells whether this call did.
	EndSessionOf(ctx context.Context, userID, id string, at time.Time) (ok bool, err error)
	// RenewSession gives a live session of a user another token and a fresh factor:
	// NOT_FOUND if it has ended.
	RenewSession(ctx context.Context, userID, id, tokenHash string, factorAt time.Time) error
	// WatchActors has changed called with the id of each user of whom FindActor may
	// say something else from now on, because of what this process did: after the
	// transaction, if there is one, and before the call that did it returns.
	WatchActors(changed func(userID string))
}

// Sessions starts, resolves and ends sessions.
type Sessions struct {
	store SessionStore
	clock clock.Clock
	known *known
}

// NewSessions gives the sessions of a store.
func NewSessions(store SessionStore, c clock.Clock) *Sessions {
	s := &Sessions{store, c, newKnown()}
	store.WatchActors(s.known.forget)
	return s
}

// Start makes a session for a user who has just proved a second factor, and
// gives the token that the browser keeps.
func (s *Sessions) Start(ctx context.Context, n Session) (token string, err error) {
	now := s.clock.Now()
	token = NewToken()
	n.ID = id.New(id.Session)
	n.TokenHash = HashToken(token)
	n.CreatedAt, n.LastUsedAt, n.ExpiresAt = now, now, now.Add(AbsoluteTimeout)
	return token, s.store.CreateSession(ctx, n)
}

// Resolve gives the actor behind a token: UNAUTHENTICATED if the session is
// unknown, ended, idle for too long or past its end, or of the other kind. For
// RevokedWithin it may know the actor from the last time, as KnownBy then says.
func (s *Sessions) Resolve(ctx context.Context, token string, kind Kind) (Actor, error) {
	tokenHash := HashToken(token)
	if actor, ok := s.known.find(tokenHash, kind, s.clock.Now()); ok {
		actor.KnownBy = tokenHash
		return actor, nil
	}
	return s.read(ctx, tokenHash, kind)
}

// Confirm makes sure of an actor whom Resolve knew from the last time: it reads
// anew who is calling, which may be nobody by now. Every mutation begins with it,
// so that no act of a session follows its end, and none the loss of a permission,
// wherever that was written.
func (s *Sessions) Confirm(ctx context.Context) error {
	actor, ok := FromContext(ctx)
	if !ok || actor.KnownBy == "" {
		return nil
	}
	fresh, err := s.read(ctx, actor.KnownBy, actor.Kind)
	switch {
	case fault.CodeOf(err) == fault.Unauthenticated:
		Become(ctx, nil)
	case err != nil:
		return err
	default:
		Become(ctx, &fresh)
	}
	return nil
}

// read asks the database for the actor behind a token, writes the last use where
// that is due, and remembers the actor where it is not.
func (s *Sessions) read(ctx context.Context, tokenHash string, kind Kind) (Actor, error) {
	ended := fault.Errorf(fault.Unauthenticated, "This session has ended. Sign in again.")
	readAt, before := s.clock.Now(), s.known.before()
	session, actor, err := s.store.FindActor(ctx, tokenHash)
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		return Actor{}, ended
	case err != nil:
		return Actor{}, err
	}
	now := s.clock.Now()
	if session.Kind != kind || !now.Before(session.ExpiresAt) || now.Sub(session.LastUsedAt) >= IdleTimeout {
		return Actor{}, ended
	}
	actor.SessionEndsAt = session.ExpiresAt
	if now.Sub(session.LastUsedAt) >= touchEvery {
		return actor, s.store.TouchSession(ctx, session.ID, now)
	}
	s.known.remember(tokenHash, acquaintance{actor, session.LastUsedAt, readAt}, before)
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
	return token, s.store.RenewSession(ctx, actor.UserID, actor.SessionID, HashToken(token), s.clock.Now())
}

// End ends the actor's own session.
func (s *Sessions) End(ctx context.Context) error {
	actor, err := SignedIn(ctx)
	if err != nil {
		return err
	}
	_, err = s.store.EndSessionOf(ctx, actor.UserID, actor.SessionID, s.clock.Now())
	return err
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
