package store

import "context"

// WatchActors implements auth.SessionStore. Watchers come before the first
// statement.
func (db *DB) WatchActors(changed func(userID string)) { db.watchers = append(db.watchers, changed) }

// actorChanged tells that FindActor may have something else to say about a user:
// at once or, within a transaction, when that is over. Until then others read what
// was before. Whatever writes what FindActor reads defers a call of it.
func (db *DB) actorChanged(ctx context.Context, userID string) {
	if told, ok := ctx.Value(toldKey{}).(*[]string); ok {
		*told = append(*told, userID)
		return
	}
	db.tell(userID)
}

// everybody stands for all users at once.
const everybody = ""

func (db *DB) tell(userIDs ...string) {
	for _, userID := range userIDs {
		for _, changed := range db.watchers {
			changed(userID)
		}
	}
}
