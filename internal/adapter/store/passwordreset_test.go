package store

import (
	"context"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/passwordreset"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// wish stores a request for a link.
func (b bank) wish() passwordreset.Request {
	b.t.Helper()
	r := passwordreset.Request{ID: id.New(id.ResetRequest), Institution: b.Slug, Username: "ann@customer.example", CreatedAt: now}
	check(b.t, b.db.CreateResetRequest(b.t.Context(), r))
	return r
}

// resetLink stores a link of a user, in the place of the one before it.
func (b bank) resetLink(u user.User) passwordreset.Link {
	b.t.Helper()
	l := passwordreset.Link{UserID: u.ID, InstitutionID: b.ID, TokenHash: id.New("tok"), ExpiresAt: now.Add(time.Hour)}
	check(b.t, b.db.PutResetLink(b.t.Context(), l))
	return l
}

// exchange exchanges a link for a challenge on which a password waits.
func exchange(ctx context.Context, db *DB, l passwordreset.Link, at time.Time) (challenge.Challenge, bool, error) {
	c := challenge.Challenge{
		TokenHash: id.New("tok"), InstitutionID: l.InstitutionID, UserID: l.UserID, Step: challenge.SecondFactor, NewPassword: "hash to be",
		CreatedAt: now, ExpiresAt: now.Add(15 * time.Minute),
	}
	var ok bool
	err := db.InTx(ctx, func(ctx context.Context) error {
		err := db.CreateChallenge(ctx, c)
		if err == nil {
			ok, err = db.ExchangeResetLink(ctx, l, c.TokenHash, at)
		}
		return err
	})
	return c, ok, err
}

func testPasswordResets(t *testing.T, db *DB) {
	ctx := t.Context()
	b := newBank(t, db)
	live := func(t *testing.T, c challenge.Challenge) bool {
		t.Helper()
		found, err := db.FindChallenge(ctx, c.TokenHash)
		check(t, err)
		same(t, found.NewPassword, c.NewPassword)
		return now.Before(found.ExpiresAt)
	}
	exchanged := func(t *testing.T, l passwordreset.Link) challenge.Challenge {
		t.Helper()
		c, ok, err := exchange(ctx, db, l, now)
		check(t, err)
		same(t, ok, true)
		return c
	}

	t.Run("requests are found until they are deleted, and adopted of those only that an earlier version has", func(t *testing.T) {
		made := b.wish()
		adopt := func(at time.Time) []string {
			ids, err := db.AdoptResetRequests(ctx, at)
			check(t, err)
			return ids
		}

		found, err := db.FindResetRequest(ctx, made.ID)
		check(t, err)
		same(t, found, made)
		same(t, adopt(now.Add(passwordreset.Lifetime)), []string(nil))
		_, err = db.sql.Exec(ctx, "", `UPDATE password_reset_requests SET due_at = ? WHERE id = ?`, now, made.ID)
		check(t, err)
		same(t, [][]string{adopt(now.Add(-time.Microsecond)), adopt(now), adopt(now)}, [][]string{nil, {made.ID}, nil})

		check(t, db.DeleteResetRequest(ctx, made.ID))
		_, err = db.FindResetRequest(ctx, made.ID)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("links are found in their time, the newest of a user only", func(t *testing.T) {
		u := b.user()
		old, made := b.resetLink(u), b.resetLink(u)

		found, err := db.FindResetLink(ctx, made.TokenHash, made.ExpiresAt.Add(-time.Microsecond))
		check(t, err)
		same(t, found, made)
		_, err = db.FindResetLink(ctx, made.TokenHash, made.ExpiresAt)
		wantCode(t, err, fault.NotFound)
		_, err = db.FindResetLink(ctx, old.TokenHash, now)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("an exchange ends the challenges before it, of this user", func(t *testing.T) {
		u, other := b.user(), b.user()
		l, others, stepUp := b.resetLink(u), exchanged(t, b.resetLink(other)), b.challenge(u)

		first, second := exchanged(t, l), exchanged(t, l)

		same(t, []bool{live(t, first), live(t, second), live(t, others), live(t, stepUp)}, []bool{false, true, true, true})
	})

	t.Run("links are spent once, by the newest challenge", func(t *testing.T) {
		u, other := b.user(), b.user()
		l := b.resetLink(u)
		spend := func(userID string, c challenge.Challenge) bool {
			ok, err := db.SpendResetLink(ctx, userID, c.TokenHash, now)
			check(t, err)
			return ok
		}
		late, ok, err := exchange(ctx, db, l, l.ExpiresAt)
		check(t, err)
		same(t, []bool{ok, spend(u.ID, late)}, []bool{false, false})
		first, second := exchanged(t, l), exchanged(t, l)

		same(t, []bool{spend(u.ID, first), spend(other.ID, second), spend(u.ID, second), spend(u.ID, second)}, []bool{false, false, true, false})

		_, ok, err = exchange(ctx, db, l, now)
		check(t, err)
		same(t, ok, false)
		_, err = db.FindResetLink(ctx, l.TokenHash, now)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("a link that ended is found no more", func(t *testing.T) {
		u, other := b.user(), b.user()
		l, others := b.resetLink(u), b.resetLink(other)

		check(t, db.EndResetLink(ctx, u.ID, now))

		_, err := db.FindResetLink(ctx, l.TokenHash, now)
		wantCode(t, err, fault.NotFound)
		_, err = db.FindResetLink(ctx, others.TokenHash, now)
		check(t, err)
	})

	t.Run("a password is set in its institution only", func(t *testing.T) {
		u := b.user()

		check(t, db.SetPassword(ctx, b.ID, u.ID, "another hash"))
		wantCode(t, db.SetPassword(ctx, newBank(t, db).ID, u.ID, "a stranger's"), fault.NotFound)

		found, err := db.FindCredentials(ctx, b.ID, u.Email)
		check(t, err)
		same(t, found.PasswordHash, "another hash")
	})

	t.Run("a password of one's own has no end, however it comes; the same one hashed anew keeps it", func(t *testing.T) {
		until := now.Add(user.FirstPasswordLifetime)
		for name, replace := range map[string]func(u user.User) error{
			"chosen": func(u user.User) error {
				ok, err := db.ReplacePassword(ctx, u.ID, "made-up hash", "another hash")
				same(t, ok, true)
				return err
			},
			"reset":    func(u user.User) error { return db.SetPassword(ctx, b.ID, u.ID, "another hash") },
			"rehashed": func(u user.User) error { return db.RehashPassword(ctx, u.ID, "made-up hash", "another hash") },
		} {
			u := b.user(staff, func(u *user.User) { u.PasswordExpiresAt = &until })

			check(t, replace(u))

			found, err := db.FindCredentials(ctx, b.ID, u.Email)
			check(t, err)
			same(t, found.PasswordHash, "another hash")
			if kept := found.User.PasswordExpiresAt != nil; kept != (name == "rehashed") {
				t.Errorf("%s: keeps its end: %t", name, kept)
			}
		}
	})

	t.Run("a first password is given to staff who can sign in, in their institution", func(t *testing.T) {
		until, disabled := now.Add(user.FirstPasswordLifetime), now
		for want, users := range map[bool][]user.User{
			true:  {b.user(staff), b.user(staff, func(u *user.User) { u.PasswordVoidedAt = &disabled })},
			false: {b.user(), b.user(staff, func(u *user.User) { u.DisabledAt = &disabled }), b.user(staff, func(u *user.User) { u.Status = user.Frozen }), newBank(t, db).user(staff)},
		} {
			for _, u := range users {
				ok, err := db.SetFirstPassword(ctx, b.ID, u.ID, "a first hash", until)
				check(t, err)
				same(t, ok, want)
				found, err := db.FindCredentials(ctx, u.InstitutionID, u.Email)
				check(t, err)
				same(t, found.PasswordHash == "a first hash", want)
				same(t, found.User.PasswordExpiresAt != nil, want)
				same(t, want && found.User.PasswordVoidedAt != nil, false)
			}
		}
	})
}

func TestParallelPasswordResets(t *testing.T) {
	race(t, func(t *testing.T, dbs [2]*DB) {
		b := newBank(t, dbs[0])

		t.Run("of many exchanges one challenge is left, which spends the link once", func(t *testing.T) {
			u := b.user()
			l := b.resetLink(u)
			var made [parallel]challenge.Challenge
			same(t, together(t, dbs, "", func(db *DB, i int) (ok bool, err error) {
				made[i], ok, err = exchange(t.Context(), db, l, now)
				return ok, err
			}), parallel)
			same(t, together(t, dbs, "", func(db *DB, i int) (ok bool, err error) {
				err = db.InTx(t.Context(), func(ctx context.Context) error {
					if ok, err = db.SpendResetLink(ctx, u.ID, made[i].TokenHash, now); ok && err == nil {
						ok, err = db.CompleteChallenge(ctx, made[i].TokenHash, now)
					}
					return err
				})
				return ok, err
			}), 1)
		})
	})
}
