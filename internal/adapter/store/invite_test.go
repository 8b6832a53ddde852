package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/invite"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// invitee stores a user of the staff who was invited.
func (b bank) invitee() user.User {
	return b.user(staff, func(u *user.User) { u.Status = user.Registered })
}

// invitation stores an invitation.
func (b bank) invitation(u user.User) invite.Invitation {
	b.t.Helper()
	i := invite.Invitation{
		ID: id.New(id.Invite), UserID: u.ID, InstitutionID: b.ID, TokenHash: auth.HashToken(auth.NewToken()), InvitedBy: "usr_1",
		CreatedAt: now, ExpiresAt: now.Add(invite.Lifetime),
	}
	check(b.t, b.db.PutInvite(b.t.Context(), i))
	return i
}

func testInvites(t *testing.T, db *DB) {
	ctx := t.Context()
	b := newBank(t, db)
	found := func(t *testing.T, i invite.Invitation, at time.Time, want fault.Code) {
		t.Helper()
		byID, err := db.FindInvite(ctx, i.ID, at)
		byToken, tokenErr := db.FindInviteByToken(ctx, i.TokenHash, at)
		if want != "" {
			wantCode(t, err, want)
			wantCode(t, tokenErr, want)
			return
		}
		check(t, err)
		check(t, tokenErr)
		same(t, []invite.Invitation{byID, byToken}, []invite.Invitation{i, i})
	}

	t.Run("are found in their time, the newest of a user only", func(t *testing.T) {
		u := b.invitee()
		old, made := b.invitation(u), b.invitation(u)

		found(t, made, made.ExpiresAt.Add(-time.Microsecond), "")
		found(t, made, made.ExpiresAt, fault.NotFound)
		found(t, old, now, fault.NotFound)
		until, err := db.ListInvited(ctx, b.ID, []string{u.ID, b.invitee().ID}, now)
		check(t, err)
		same(t, until, map[string]time.Time{u.ID: made.ExpiresAt})
		until, err = db.ListInvited(ctx, newBank(t, db).ID, []string{u.ID}, now)
		check(t, err)
		same(t, len(until), 0)
	})

	t.Run("get another token while they are good", func(t *testing.T) {
		made := b.invitation(b.invitee())
		before := made
		made.TokenHash = auth.HashToken(auth.NewToken())

		ok, err := db.SetInviteToken(ctx, made.ID, made.TokenHash, now)
		check(t, err)
		same(t, ok, true)
		found(t, made, now, "")
		_, err = db.FindInviteByToken(ctx, before.TokenHash, now)
		wantCode(t, err, fault.NotFound)
		ok, err = db.SetInviteToken(ctx, made.ID, "late", made.ExpiresAt)
		check(t, err)
		same(t, ok, false)
	})

	t.Run("are spent once, by the newest challenge", func(t *testing.T) {
		u := b.invitee()
		i, first, second := b.invitation(u), b.challenge(u), b.challenge(u)
		exchange := func(challengeHash string, at time.Time) bool {
			ok, err := db.ExchangeInvite(ctx, i, challengeHash, at)
			check(t, err)
			return ok
		}
		spend := func(challengeHash string) bool {
			ok, err := db.SpendInvite(ctx, u.ID, challengeHash, now)
			check(t, err)
			return ok
		}

		same(t, []bool{exchange(first.TokenHash, i.ExpiresAt), exchange(first.TokenHash, now), exchange(second.TokenHash, now)}, []bool{false, true, true})
		same(t, []bool{spend(first.TokenHash), spend(second.TokenHash), spend(second.TokenHash)}, []bool{false, true, false})
		found(t, i, now, fault.NotFound)
		same(t, exchange(first.TokenHash, now), false)
	})

	t.Run("that end are good no longer, nor is their challenge", func(t *testing.T) {
		u, other := b.invitee(), b.invitee()
		i, others, c := b.invitation(u), b.invitation(other), b.challenge(u)
		_, err := db.ExchangeInvite(ctx, i, c.TokenHash, now)
		check(t, err)

		check(t, db.EndInvite(ctx, u.ID, now))

		found(t, i, now, fault.NotFound)
		found(t, others, now, "")
		ok, err := db.SpendInvite(ctx, u.ID, c.TokenHash, now)
		check(t, err)
		same(t, ok, false)
	})

	t.Run("make a user of the staff active, once", func(t *testing.T) {
		u, disabled := b.invitee(), b.user(staff, func(u *user.User) { u.Status, u.DisabledAt = user.Registered, &u.CreatedAt })
		join := func(institutionID string, u user.User) bool {
			ok, err := db.JoinStaff(ctx, institutionID, u.ID, "a chosen hash")
			check(t, err)
			return ok
		}

		same(t, []bool{join(newBank(t, db).ID, u), join(b.ID, u), join(b.ID, u), join(b.ID, disabled), join(b.ID, b.user())}, []bool{false, true, false, false, false})
		joined, err := db.FindCredentials(ctx, b.ID, u.Email)
		check(t, err)
		same(t, joined.User.Status, user.Active)
		same(t, joined.PasswordHash, "a chosen hash")
	})

	t.Run("rename, and the user is found by the new name alone", func(t *testing.T) {
		u := b.user(staff, named("Quentin", "Quux"))
		u.FirstName, u.LastName = "Xaver", "Xylander"
		listed := func(from, to string) int {
			page, err := db.ListUsers(ctx, user.Query{InstitutionID: b.ID, From: from, To: to, Limit: 9})
			check(t, err)
			return len(page)
		}

		check(t, db.RenameUser(ctx, u))

		renamed, err := db.FindUser(ctx, b.ID, u.ID)
		check(t, err)
		same(t, renamed, u)
		same(t, []int{listed("quentin", "quentio"), listed("xylander", "xylandes")}, []int{0, 1})
	})
}
