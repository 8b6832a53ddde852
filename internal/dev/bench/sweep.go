package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/platform/clock"
)

// sweptBeside is at how many connections people sign in beside a sweep.
const sweptBeside = 16

// expiredTables are filled alike with rows i that were over long ago, of a user.
var expiredTables = []string{
	`sessions (id, token_hash, user_id, institution_id, kind, created_at, last_used_at, expires_at, address, user_agent)
		SELECT 'old ' || i, 'old ' || i, '{user}', '', 'STAFF', {then}, {then}, {then}, '', '' FROM n`,
	`challenges (token_hash, institution_id, user_id, step, session_id, created_at, expires_at)
		SELECT 'old ' || i, '', '{user}', 'SECOND_FACTOR', '', {then}, {then} FROM n`,
	`throttle_windows (key, events, closes_at) SELECT 'old ' || i, 1, {then} FROM n`,
	`browsers (token_hash, user_id, created_at) SELECT 'old ' || i, '{user}', {then} FROM n`,
	`jobs (id, institution_id, user_id, queue, kind, subject, step, created_at, due_at, attempts, claim, done_at, reason)
		SELECT 'old ' || i, '', '', 'mail', 'OLD', '', '', {then}, {then}, 1, 1, {then}, '' FROM n`,
}

// expire fills the database with rows that are over.
func (b *bench) expire(ctx context.Context, db *store.DB) error {
	const atOnce = 20_000
	values := strings.NewReplacer("{user}", b.crowd.staffID, "{then}", "'2020-01-01 00:00:00+00:00'")
	each := b.expired / len(expiredTables)
	for _, table := range expiredTables {
		for from := 1; from <= each; from += atOnce {
			if _, err := db.SQL().ExecContext(ctx, fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO `,
				from, min(from+atOnce-1, each))+values.Replace(table)); err != nil {
				return err
			}
		}
	}
	// Or plans made for empty tables would be what is measured.
	_, err := db.SQL().ExecContext(ctx, `ANALYZE`)
	return err
}

// measureSweep measures g: sign-ins on their own, and while rows that are over are swept.
func (b *bench) measureSweep(ctx context.Context) error {
	db, err := store.Open(ctx, b.databaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	left := func() (all int, err error) {
		counted, err := db.CountLeft(ctx, clock.System{}.Now(), store.UsualRetention())
		for _, n := range counted {
			all += n
		}
		return all, err
	}
	first := b.users - 2*max(b.options.signIns, sweptBeside)
	b.report.note("The first three rows are sign-ins on their own, the others beside the sweep.")
	if err := b.signIns(ctx, sweptBeside, first); err != nil {
		return err
	}
	if err := b.expire(ctx, db); err != nil {
		return err
	}
	began := time.Now()
	if _, err := left(); err != nil {
		return err
	}
	b.report.note("What was left was counted in %d ms, as each look at the metrics does.", time.Since(began).Milliseconds())
	began = time.Now()
	if err := b.desk.ask(ctx, "POST", "/work", nil); err != nil {
		return err
	}
	if err := b.signIns(ctx, sweptBeside, first+max(b.options.signIns, sweptBeside)); err != nil {
		return err
	}
	asked := time.Since(began)
	waits, err := left()
	for n := waits; n > 0 && err == nil; n, err = left() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	if waits > 0 {
		b.report.note("%d rows were over: swept in %d s, the first %d s of them beside the sign-ins.", b.expired, int(time.Since(began).Seconds()), int(asked.Seconds()))
	} else {
		b.report.note("%d rows were over: swept in less than the %d s that the sign-ins took.", b.expired, int(asked.Seconds()))
	}
	return err
}
