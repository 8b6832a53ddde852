package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/freeze"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// link stores a link for a user.
func (b bank) link(u user.User) freeze.Link {
	b.t.Helper()
	l := freeze.Link{
		TokenHash: auth.HashToken(auth.NewToken()), InstitutionID: b.ID, UserID: u.ID, Notice: notification.CodesMade,
		NoticedAt: now.Add(-time.Hour), ExpiresAt: now.Add(7 * 24 * time.Hour),
	}
	check(b.t, b.db.CreateNotYouLink(b.t.Context(), l))
	return l
}

func testFreezes(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor, summit := newBank(t, db), newBank(t, db)

	t.Run("a link works once and in time, and comes back with every field", func(t *testing.T) {
		made, late := harbor.link(harbor.user()), harbor.link(harbor.user())

		found, err := db.ConsumeNotYouLink(ctx, made.TokenHash, made.ExpiresAt.Add(-time.Microsecond))
		check(t, err)
		same(t, found, made)

		_, err = db.ConsumeNotYouLink(ctx, made.TokenHash, now)
		wantCode(t, err, fault.NotFound)
		_, err = db.ConsumeNotYouLink(ctx, late.TokenHash, late.ExpiresAt)
		wantCode(t, err, fault.NotFound)
		_, err = db.ConsumeNotYouLink(ctx, auth.HashToken("none"), now)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("the links of a user end, and nobody else's", func(t *testing.T) {
		u := harbor.user()
		mine, theirs := harbor.link(u), harbor.link(harbor.user())

		check(t, db.EndNotYouLinks(ctx, u.ID, now))

		_, err := db.ConsumeNotYouLink(ctx, mine.TokenHash, now)
		wantCode(t, err, fault.NotFound)
		_, err = db.ConsumeNotYouLink(ctx, theirs.TokenHash, now)
		check(t, err)
	})

	t.Run("what is pending for a user ends, and nothing else", func(t *testing.T) {
		u, neighbor := harbor.user(), harbor.user()
		at := now.Add(time.Minute)
		mine, done, theirs := harbor.challenge(u), harbor.challenge(u), harbor.challenge(neighbor)
		_, err := db.CompleteChallenge(ctx, done.TokenHash, now)
		check(t, err)
		pending := backupcode.Confirmation{
			TokenHash: "pending", InstitutionID: harbor.ID, StaffID: neighbor.ID, UserID: u.ID, CreatedAt: now, ExpiresAt: now.Add(5 * time.Minute),
		}
		check(t, db.CreateConfirmation(ctx, pending))
		pending.TokenHash, pending.StaffID, pending.UserID = "of staff", u.ID, neighbor.ID
		check(t, db.CreateConfirmation(ctx, pending))
		link, theirLink := harbor.resetLink(u), harbor.resetLink(neighbor)

		check(t, db.EndPending(ctx, summit.ID, u.ID, now))
		check(t, db.EndPending(ctx, harbor.ID, u.ID, at))

		for _, want := range []struct {
			hash string
			at   time.Time
		}{{mine.TokenHash, at}, {done.TokenHash, done.ExpiresAt}, {theirs.TokenHash, theirs.ExpiresAt}} {
			found, err := db.FindChallenge(ctx, want.hash)
			check(t, err)
			same(t, found.ExpiresAt, want.at)
		}
		_, err = db.FindResetLink(ctx, link.TokenHash, at)
		wantCode(t, err, fault.NotFound)
		_, err = db.FindResetLink(ctx, theirLink.TokenHash, at)
		check(t, err)
		for _, hash := range []string{"pending", "of staff"} {
			found, err := db.FindConfirmation(ctx, harbor.ID, hash)
			check(t, err)
			same(t, found.ExpiresAt, at)
		}
	})

	t.Run("a user comes back as they were, also when frozen twice", func(t *testing.T) {
		for _, before := range []user.Status{user.Registered, user.Enrolling, user.Active} {
			u := harbor.user(func(u *user.User) { u.Status = before })
			for range 2 {
				check(t, db.FreezeUser(ctx, harbor.ID, u.ID, now))
			}
			same(t, harbor.statusOf(u), user.Frozen)
			same(t, *harbor.find(u).PasswordVoidedAt, now)

			ok, err := db.UnfreezeUser(ctx, summit.ID, u.ID)
			check(t, err)
			same(t, ok, false)
			ok, err = db.UnfreezeUser(ctx, harbor.ID, u.ID)
			check(t, err)
			same(t, ok, true)
			same(t, harbor.statusOf(u), before)
			same(t, *harbor.find(u).PasswordVoidedAt, now) // until a reset
			check(t, db.SetPassword(ctx, harbor.ID, u.ID, "another"))
			same(t, harbor.find(u).PasswordVoidedAt, (*time.Time)(nil))
			ok, err = db.UnfreezeUser(ctx, harbor.ID, u.ID)
			check(t, err)
			same(t, ok, false)
		}
	})

	t.Run("nobody freezes another institution's user", func(t *testing.T) {
		u := harbor.user()

		wantCode(t, db.FreezeUser(ctx, summit.ID, u.ID, now), fault.NotFound)

		same(t, harbor.statusOf(u), user.Active)
	})
}

func (b bank) find(u user.User) user.User {
	b.t.Helper()
	found, err := b.db.FindUser(b.t.Context(), b.ID, u.ID)
	check(b.t, err)
	return found
}

func (b bank) statusOf(u user.User) user.Status { return b.find(u).Status }
