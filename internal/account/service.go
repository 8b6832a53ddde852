package account

import (
	"context"
	"strconv"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Hasher hashes and checks passwords.
type Hasher interface {
	Hash(ctx context.Context, plain string) (string, error)
	Verify(ctx context.Context, hash, plain string) (bool, error)
}

// Users finds the users whom support helps.
type Users interface {
	Target(ctx context.Context, userID string) (user.User, error)
}

// Service keeps the rules of one's own account.
type Service struct {
	Store        Store
	Users        Users
	Institutions institution.Finder
	Hasher       Hasher
	Browsers     auth.Browsers
	Notices      notice.Teller
	Audit        audit.Recorder
	Limiter      *throttle.Limiter
	Clock        clock.Clock
}

// Sessions returns where the actor is signed in, the last used first.
func (s *Service) Sessions(ctx context.Context) ([]Session, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	now := s.Clock.Now()
	live, err := s.Store.ListSessions(ctx, actor.UserID, now, now.Add(-auth.IdleTimeout))
	sessions := make([]Session, len(live))
	for i, session := range live {
		sessions[i] = Session{Session: session, Current: session.ID == actor.SessionID}
	}
	return sessions, err
}

// SessionsOf returns where users of the actor's institution are signed in, the last used
// first, to each user and to staff who hold VIEW_USERS.
func (s *Service) SessionsOf(ctx context.Context, userIDs []string) (map[string][]Session, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	for _, userID := range userIDs {
		if _, err := auth.RequireOwnerOr(ctx, userID, auth.ViewUsers); err != nil {
			return nil, err
		}
	}
	now := s.Clock.Now()
	live, err := s.Store.ListSessionsOf(ctx, actor.InstitutionID, userIDs, now, now.Add(-auth.IdleTimeout))
	byUser := make(map[string][]Session, len(userIDs))
	for _, session := range live {
		byUser[session.UserID] = append(byUser[session.UserID], Session{Session: session, Current: session.ID == actor.SessionID})
	}
	return byUser, err
}

// EndSession ends a session of the actor, which may be the one that asks: current
// tells, and the user is told of any other. NOT_FOUND if it is over already, or somebody else's.
func (s *Service) EndSession(ctx context.Context, sessionID string) (current bool, err error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return false, err
	}
	none := fault.Errorf(fault.NotFound, "There is no such session, or it is over already.")
	if !id.Is(id.Session, sessionID) {
		return false, none
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		ok, err := s.Store.EndSessionOf(ctx, actor.UserID, sessionID, s.Clock.Now())
		switch {
		case err != nil:
			return err
		case !ok:
			return none
		}
		if sessionID != actor.SessionID {
			if err := s.tellEnded(ctx, actor); err != nil {
				return err
			}
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.EndedSessions, TargetID: actor.UserID, Details: map[string]string{"session": sessionID, "sessions": "1"},
		})
	})
	return err == nil && sessionID == actor.SessionID, err
}

// EndOtherSessions ends every session of the actor but the one that asks, and
// tells how many there were, as the user is told, too.
func (s *Service) EndOtherSessions(ctx context.Context) (ended int, err error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return 0, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if ended, err = s.Store.EndSessionsOf(ctx, actor.UserID, actor.SessionID, s.Clock.Now()); err != nil {
			return err
		}
		if ended > 0 {
			if err := s.tellEnded(ctx, actor); err != nil {
				return err
			}
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.EndedSessions, TargetID: actor.UserID, Details: map[string]string{"sessions": strconv.Itoa(ended)},
		})
	})
	return ended, err
}

// EndSessionsOf signs a user out everywhere and tells how many sessions there were. What
// leads to another session ends with them: sign-ins under way, codes on their way, and
// the link for a new password. FORBIDDEN by the rules of device.MayReset; NOT_FOUND;
// STEP_UP_REQUIRED; INVALID_INPUT for the reason.
func (s *Service) EndSessionsOf(ctx context.Context, userID, why string) (owner user.User, ended int, err error) {
	actor, err := auth.Require(ctx, auth.ResetTwoFactorDevice)
	if err != nil {
		return user.User{}, 0, err
	}
	if owner, err = s.Users.Target(ctx, userID); err != nil {
		return user.User{}, 0, err
	}
	if err := device.MayReset(actor, owner); err != nil {
		return user.User{}, 0, err
	}
	now := s.Clock.Now()
	if err := actor.RequireRecentFactor(now); err != nil {
		return user.User{}, 0, err
	}
	if why, err = audit.CheckReason(why); err != nil {
		return user.User{}, 0, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if ended, err = s.endAll(ctx, owner, now); err != nil {
			return err
		}
		if ended > 0 {
			if err := s.Notices.Tell(ctx, owner, notification.SessionsEnded, ""); err != nil {
				return err
			}
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.EndedSessions, TargetID: owner.ID, Details: map[string]string{"reason": why, "sessions": strconv.Itoa(ended)},
		})
	})
	return owner, ended, err
}

// endAll ends a user's sessions and, before them, what is pending: a sign-in that is
// being completed right now holds the user, so that its session is there to be ended.
func (s *Service) endAll(ctx context.Context, owner user.User, now time.Time) (ended int, err error) {
	if _, err := s.Store.LockUser(ctx, owner.InstitutionID, owner.ID); err != nil {
		return 0, err
	}
	if err := s.Store.EndPending(ctx, owner.InstitutionID, owner.ID, now); err != nil {
		return 0, err
	}
	if err := s.Store.SpendCodes(ctx, owner.ID, now); err != nil {
		return 0, err
	}
	return s.Store.EndSessionsOf(ctx, owner.ID, "", now)
}

// tellEnded tells the user that sessions of theirs were ended from another one,
// which a thief would do to be alone.
func (s *Service) tellEnded(ctx context.Context, actor auth.Actor) error {
	u, err := s.Store.FindUser(ctx, actor.InstitutionID, actor.UserID)
	if err != nil {
		return err
	}
	return s.Notices.Tell(ctx, u, notification.SessionsEnded, "")
}
