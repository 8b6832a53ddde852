package store

import (
	"context"

	"github.com/factordesk/factordesk/internal/live"
	"github.com/factordesk/factordesk/internal/notification"
)

// liveChannel is where the processes that share a database tell each other what changed.
const liveChannel = "factordesk_live"

// WatchChanges implements live.Line. Watchers come before the first statement.
func (db *DB) WatchChanges(changed func(c live.Change)) { db.changes = append(db.changes, changed) }

// changed tells of a row of a user's that was made or changed, once that is committed.
func (db *DB) changed(ctx context.Context, c live.Change) {
	if c.UserID == "" || len(db.changes) == 0 {
		return
	}
	db.AfterCommit(ctx, func() {
		for _, changed := range db.changes {
			changed(c)
		}
	})
}

// sentRow says whose message a statement changed.
type sentRow struct {
	ID            string `db:"id"`
	InstitutionID string `db:"institution_id"`
	UserID        string `db:"user_id"`
	Channel       string `db:"channel"`
	Purpose       string `db:"purpose"`
}

// returningSent has a statement return sentRows.
const returningSent = ` RETURNING id, institution_id, user_id, channel, purpose`

// sent tells of a message that was made or changed. Histories have texts alone, timelines
// what has a purpose.
func (db *DB) sent(ctx context.Context, r sentRow) {
	topic := live.Topic{InstitutionID: r.InstitutionID, UserID: r.UserID, Kind: live.Notifications}
	if notification.Channel(r.Channel) == notification.SMS {
		db.changed(ctx, live.Change{Topic: topic, ID: r.ID})
	}
	if topic.Kind = live.Codes; r.Purpose != "" {
		db.changed(ctx, live.Change{Topic: topic, ID: r.ID})
	}
}

// Tell implements live.Line.
func (db *DB) Tell(ctx context.Context, words string) error {
	return db.sql.Notify(ctx, liveChannel, words)
}

// Hear implements live.Line.
func (db *DB) Hear(ctx context.Context, heard func(words string), joined func(), troubled func(error)) error {
	return db.sql.Listen(ctx, liveChannel, heard, joined, troubled)
}
