package live

import (
	"context"
	"sync"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
)

const (
	// blindFor is how long streams go on while nobody can say whose sessions do.
	blindFor = 10 * time.Second
	// lookWithin is how long a look may take.
	lookWithin = 5 * time.Second
)

// suspects are the users of whose sessions this process changed something.
type suspects struct {
	mu    sync.Mutex
	users map[string]bool
	wake  chan struct{}
}

// add suspects a user; everybody, if the id is empty.
func (s *suspects) add(userID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users == nil {
		s.users = map[string]bool{}
	}
	s.users[userID] = true
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *suspects) take() map[string]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	users := s.users
	s.users = nil
	return users
}

// watch ends the streams whose sessions have ended or lost the permission: at once where
// this process did it, within auth.RevokedWithin where another one or the clock did. All
// streams together are one question.
func (h *Hub) watch(ctx context.Context) {
	tick := time.NewTicker(auth.RevokedWithin)
	defer tick.Stop()
	sure := time.Now()
	for {
		of := func(string) bool { return true }
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-h.suspects.wake:
			users := h.suspects.take()
			of = func(userID string) bool { return users[""] || users[userID] }
		}
		switch err := h.look(ctx, of); {
		case err == nil:
			sure = time.Now()
		case time.Since(sure) > blindFor:
			h.log.WarnContext(ctx, "live updates end: nobody can say whether their sessions go on", "error", err)
			h.restart()
		}
	}
}

// look ends the streams of users that go on no more.
func (h *Hub) look(ctx context.Context, of func(userID string) bool) error {
	sessions := h.sessionsOf(of)
	if len(sessions) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	live, err := h.sessions.Look(ctx, sessions)
	if err != nil {
		return err
	}
	looked := make(map[string]bool, len(sessions))
	for _, session := range sessions {
		looked[session] = true
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.endAll(func(s *Stream) bool {
		session := s.wanted.Actor.SessionID
		actor, ok := live[session]
		return looked[session] && (!ok || actor.UserID != s.wanted.Actor.UserID || !actor.Can(s.wanted.Permission))
	})
	return nil
}

func (h *Hub) sessionsOf(of func(userID string) bool) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var sessions []string
	found := map[string]bool{}
	for _, streams := range h.streams {
		for s := range streams {
			if id := s.wanted.Actor.SessionID; !found[id] && of(s.wanted.Actor.UserID) {
				found[id] = true
				sessions = append(sessions, id)
			}
		}
	}
	return sessions
}
