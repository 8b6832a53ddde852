package auth

import (
	"maps"
	"sync"
	"time"
)

// RevokedWithin is how long a session may still be taken for live after another
// process has ended it, or how long its actor may keep a permission that another
// process took. What this process does holds at once.
const RevokedWithin = 2 * time.Second

// mostKnown bounds the sessions that are remembered, at about half a KiB each.
const mostKnown = 4096

// known remembers who is behind which token, so that a browser that asks several
// things in a row costs one statement. It can only ever shorten the way: an entry
// serves where the database would have nothing to say but the same again, and
// everything else goes to the database.
//
//   - No entry is older than RevokedWithin, counted from before it was read.
//   - Whatever this process does to a user's sessions, status or permissions makes
//     it forget the user, once that is committed. What was read before is not
//     remembered after.
//   - An entry serves neither a session that has ended by the clock nor one whose
//     last use is due to be written.
//   - Mutations ask the database all the same; see Sessions.Confirm.
//
// It is keyed by the token's hash: the process keeps no tokens.
type known struct {
	mu      sync.Mutex
	byToken map[string]knownCaller
	// forgotten counts what was forgotten: a reading during which it grew may be of
	// what was before.
	forgotten uint64
}

// knownCaller is what was read of a token.
type knownCaller struct {
	actor      Actor
	lastUsedAt time.Time
	readAt     time.Time
}

func newKnown() *known { return &known{byToken: map[string]knownCaller{}} }

// find returns the actor behind a token, if that is known for sure.
func (k *known) find(tokenHash string, kind Kind, now time.Time) (Actor, bool) {
	k.mu.Lock()
	a, ok := k.byToken[tokenHash]
	k.mu.Unlock()
	age := now.Sub(a.readAt)
	return a.actor, ok && age >= 0 && age < RevokedWithin &&
		a.actor.Kind == kind && now.Before(a.actor.SessionEndsAt) && now.Sub(a.lastUsedAt) < touchEvery
}

// before marks the time before a reading.
func (k *known) before() uint64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.forgotten
}

// remember keeps what was read since before, unless anything was forgotten in
// between. Where there is no room it begins anew: nothing lasts long anyway.
func (k *known) remember(tokenHash string, a knownCaller, before uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if before != k.forgotten {
		return
	}
	if len(k.byToken) >= mostKnown {
		clear(k.byToken)
	}
	k.byToken[tokenHash] = a
}

// forget forgets the sessions of a user; of all, if the id is empty.
func (k *known) forget(userID string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.forgotten++
	maps.DeleteFunc(k.byToken, func(_ string, a knownCaller) bool { return userID == "" || a.actor.UserID == userID })
}
