package auth

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
)

// Sessions starts, resolves and ends sessions.
type Sessions struct {
	store SessionStore
	clock clock.Clock
	known *known
}

// NewSessions returns the sessions of a store.
func NewSessions(store SessionStore, c clock.Clock) *Sessions {
	s := &Sessions{store, c, newKnown()}
	store.WatchActors(s.known.forget)
	return s
}

// Start makes a session for a user who has just proved a second factor, and
// returns the token that the browser keeps.
func (s *Sessions) Start(ctx context.Context, n Session) (token string, err error) {
	now := s.clock.Now()
	token = NewToken()
	n.ID = id.New(id.Session)
	n.TokenHash = HashToken(token)
	n.CreatedAt, n.LastUsedAt, n.ExpiresAt = now, now, now.Add(AbsoluteTimeout)
	return token, s.store.CreateSession(ctx, n)
}

// Resolve returns the actor behind a token: UNAUTHENTICATED if the session is
// unknown, ended, idle for too long or past its end, or of the other kind. For
// RevokedWithin it may know the actor from the last time, as Known then says.
func (s *Sessions) Resolve(ctx context.Context, token string, kind Kind) (Actor, error) {
	tokenHash := HashToken(token)
	if actor, ok := s.known.find(tokenHash, kind, s.clock.Now()); ok {
		actor.Known = true
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
	if !ok || !actor.Known {
		return nil
	}
	return s.Reread(ctx)
}

// Reread reads anew who is calling, for the rest of the request; it may be nobody.
func (s *Sessions) Reread(ctx context.Context) error {
	actor, ok := FromContext(ctx)
	if !ok {
		return nil
	}
	fresh, err := s.read(ctx, actor.TokenHash, actor.Kind)
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
	if session.Kind != kind || session.over(now) {
		return Actor{}, ended
	}
	actor.TokenHash, actor.SessionEndsAt = tokenHash, session.ExpiresAt
	actor.restrain()
	if now.Sub(session.LastUsedAt) >= touchEvery {
		return actor, s.store.TouchSession(ctx, session.ID, now)
	}
	s.known.remember(tokenHash, knownCaller{actor, session.LastUsedAt, readAt}, before)
	return actor, nil
}

// Look returns the actors of those among some sessions that are live, by session, as
// they are now. It is no use of a session.
func (s *Sessions) Look(ctx context.Context, sessionIDs []string) (map[string]Actor, error) {
	sessions, actors, err := s.store.FindActors(ctx, sessionIDs)
	if err != nil {
		return nil, err
	}
	now, live := s.clock.Now(), make(map[string]Actor, len(sessions))
	for i, session := range sessions {
		if !session.over(now) {
			actors[i].restrain()
			live[session.ID] = actors[i]
		}
	}
	return live, nil
}

// Renew makes the factor of the actor's session fresh, under a new token; the old
// one is dead. The session ends no later for it. What proved the factor may come from
// a backup code; the session does from then on.
func (s *Sessions) Renew(ctx context.Context, backupCodeUsedAt time.Time) (token string, err error) {
	actor, err := InSession(ctx)
	if err != nil {
		return "", err
	}
	if actor.BackupCodeUsedAt.After(backupCodeUsedAt) {
		backupCodeUsedAt = actor.BackupCodeUsedAt
	}
	now := s.clock.Now()
	token = NewToken()
	return token, s.store.RenewSession(ctx, Session{
		ID: actor.SessionID, UserID: actor.UserID, TokenHash: HashToken(token), LastUsedAt: now, FactorAt: now, BackupCodeUsedAt: backupCodeUsedAt,
	})
}

// End ends the actor's own session.
func (s *Sessions) End(ctx context.Context) error {
	actor, err := InSession(ctx)
	if err != nil {
		return err
	}
	_, err = s.store.EndSessionOf(ctx, actor.UserID, actor.SessionID, s.clock.Now())
	return err
}
