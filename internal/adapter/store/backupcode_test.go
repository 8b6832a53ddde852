package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// both are the origins of sets.
var both = []backupcode.Origin{backupcode.ByStaff, backupcode.BySelf}

func testConfirmations(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor, summit := newBank(t, db), newBank(t, db)
	confirmation := func() backupcode.Confirmation {
		c := backupcode.Confirmation{
			TokenHash: auth.HashToken(auth.NewToken()), InstitutionID: harbor.ID, StaffID: harbor.user(staff).ID, UserID: harbor.user().ID,
			Purpose: backupcode.Enrollment, Reason: "lost “phone”\nand app", IdentityCheck: backupcode.CallerCheck,
			CreatedAt: now, ExpiresAt: now.Add(5 * time.Minute),
		}
		check(t, db.CreateConfirmation(ctx, c))
		return c
	}
	consume := func(c backupcode.Confirmation, at time.Time) bool {
		ok, err := db.ConsumeConfirmation(ctx, c.TokenHash, at)
		check(t, err)
		return ok
	}

	t.Run("come back with every field", func(t *testing.T) {
		made := confirmation()

		found, err := db.FindConfirmation(ctx, harbor.ID, made.TokenHash)

		check(t, err)
		same(t, found, made)
	})

	t.Run("are not found by another institution", func(t *testing.T) {
		_, err := db.FindConfirmation(ctx, summit.ID, confirmation().TokenHash)

		wantCode(t, err, fault.NotFound)
	})

	t.Run("are spent once", func(t *testing.T) {
		made := confirmation()

		same(t, consume(made, now.Add(time.Minute)), true)
		same(t, consume(made, now.Add(2*time.Minute)), false)

		found, err := db.FindConfirmation(ctx, harbor.ID, made.TokenHash)
		check(t, err)
		made.UsedAt = ptr(now.Add(time.Minute))
		same(t, found, made)
	})

	t.Run("are not spent after their end", func(t *testing.T) {
		made := confirmation()

		same(t, consume(made, made.ExpiresAt), false)
		same(t, consume(made, made.ExpiresAt.Add(-time.Microsecond)), true)
	})

	t.Run("that are not there are not spent", func(t *testing.T) {
		same(t, consume(backupcode.Confirmation{TokenHash: auth.HashToken("none")}, now), false)
	})
}

// codes returns a set of n codes for a user, whose selectors count up.
func (b bank) codes(u user.User, o backupcode.Origin, n int) (backupcode.Set, []backupcode.Hashed) {
	set := backupcode.Set{
		ID: id.New(id.CodeSet), InstitutionID: b.ID, UserID: u.ID, Origin: o, Purpose: backupcode.Lockout,
		Reason: "lost “phone”", IdentityCheck: backupcode.CallBack, Handover: backupcode.HandoverPhoneCall,
		ByID: u.ID, GeneratedAt: now,
	}
	if o == backupcode.ByStaff {
		set.ExpiresAt = ptr(now.Add(24 * time.Hour))
	}
	hashed := make([]backupcode.Hashed, n)
	for i := range hashed {
		hashed[i] = backupcode.Hashed{ID: id.New(id.Code), Position: i + 1, Selector: fmt.Sprintf("A%d", i), Hash: "hash " + fmt.Sprint(i)}
		set.Codes = append(set.Codes, backupcode.Code{ID: hashed[i].ID, Position: i + 1})
	}
	return set, hashed
}

// makeCodes stores a set of codes.
func (b bank) makeCodes(u user.User, o backupcode.Origin, n int) (backupcode.Set, []backupcode.Hashed) {
	b.t.Helper()
	set, hashed := b.codes(u, o, n)
	check(b.t, b.db.CreateCodes(b.t.Context(), set, hashed))
	return set, hashed
}

func testBackupCodes(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor, summit := newBank(t, db), newBank(t, db)

	latest := func(t *testing.T, b bank, userIDs ...string) []backupcode.Set {
		t.Helper()
		sets, err := db.LatestSets(ctx, b.ID, userIDs)
		check(t, err)
		return sets
	}
	consume := func(t *testing.T, codeID string, at time.Time) bool {
		t.Helper()
		ok, err := db.ConsumeCode(ctx, codeID, at)
		check(t, err)
		return ok
	}
	live := func(t *testing.T, b bank, u user.User, o backupcode.Origin, at time.Time) int {
		t.Helper()
		n, err := db.CountLiveCodes(ctx, b.ID, u.ID, o, at)
		check(t, err)
		return n
	}

	t.Run("come back with every field but selector and hash, in order", func(t *testing.T) {
		made, _ := harbor.makeCodes(harbor.user(), backupcode.ByStaff, 10)

		same(t, latest(t, harbor, made.UserID), []backupcode.Set{made})
	})

	t.Run("of many users come back by user, the newest set of each origin, the newer first", func(t *testing.T) {
		first, second, none, other := harbor.user(), harbor.user(), harbor.user(), summit.user()
		made, _ := harbor.makeCodes(first, backupcode.ByStaff, 3)
		fresh, hashed := harbor.codes(first, backupcode.BySelf, 2)
		fresh.GeneratedAt = now.Add(time.Microsecond)
		check(t, db.CreateCodes(ctx, fresh, hashed))
		single, _ := harbor.makeCodes(second, backupcode.BySelf, 1)
		summit.makeCodes(other, backupcode.ByStaff, 2)

		same(t, latest(t, harbor, second.ID, none.ID, other.ID, first.ID), []backupcode.Set{fresh, made, single})
		same(t, len(latest(t, harbor)), 0)
	})

	t.Run("that are not void are the newest, whenever they were made", func(t *testing.T) {
		u := harbor.user()
		harbor.makeCodes(u, backupcode.BySelf, 1)
		_, err := db.VoidCodes(ctx, harbor.ID, u.ID, backupcode.BySelf, now)
		check(t, err)
		voided, _ := harbor.makeCodes(u, backupcode.BySelf, 2) // ids ascend
		_, err = db.VoidCodes(ctx, harbor.ID, u.ID, backupcode.BySelf, now)
		check(t, err)
		voided.VoidedAt = ptr(now)
		same(t, latest(t, harbor, u.ID), []backupcode.Set{voided})

		live, hashed := harbor.codes(u, backupcode.BySelf, 1)
		live.GeneratedAt = now.Add(-time.Second)
		check(t, db.CreateCodes(ctx, live, hashed))

		same(t, latest(t, harbor, u.ID), []backupcode.Set{live})
	})

	t.Run("of another institution are not shown, found, counted or voided", func(t *testing.T) {
		u := harbor.user()
		made, _ := harbor.makeCodes(u, backupcode.ByStaff, 2)

		same(t, len(latest(t, summit, u.ID)), 0)
		same(t, live(t, summit, u, backupcode.ByStaff, now), 0)
		found, err := db.FindLiveCodes(ctx, summit.ID, u.ID, "A0", both, now)
		check(t, err)
		same(t, len(found), 0)
		voided, err := db.VoidCodes(ctx, summit.ID, u.ID, backupcode.ByStaff, now)
		check(t, err)
		same(t, voided, 0)
		same(t, latest(t, harbor, u.ID), []backupcode.Set{made})
	})

	t.Run("are found by selector, one an origin at most, while they would work", func(t *testing.T) {
		u := harbor.user()
		_, byStaff := harbor.makeCodes(u, backupcode.ByStaff, 3)
		_, bySelf := harbor.makeCodes(u, backupcode.BySelf, 2)
		harbor.makeCodes(harbor.user(), backupcode.ByStaff, 3)
		find := func(selector string, at time.Time) []backupcode.Candidate {
			found, err := db.FindLiveCodes(ctx, harbor.ID, u.ID, selector, both, at)
			check(t, err)
			return found
		}
		ofStaff := backupcode.Candidate{ID: byStaff[1].ID, Hash: "hash 1"}
		ofSelf := backupcode.Candidate{ID: bySelf[1].ID, Hash: "hash 1"}

		same(t, find("A1", now), []backupcode.Candidate{ofSelf, ofStaff})
		staffOnly, err := db.FindLiveCodes(ctx, harbor.ID, u.ID, "A1", both[:1], now)
		check(t, err)
		same(t, staffOnly, []backupcode.Candidate{ofStaff})
		same(t, find("A1", now.Add(24*time.Hour)), []backupcode.Candidate{ofSelf})
		same(t, len(find("ZZ", now)), 0)
		same(t, len(find("a1", now)), 0)
		same(t, consume(t, ofSelf.ID, now), true)
		same(t, find("A1", now), []backupcode.Candidate{ofStaff})
	})

	t.Run("are counted by origin while they would work", func(t *testing.T) {
		u := harbor.user()
		count := func(b bank, at time.Time) map[backupcode.Origin]int {
			n, err := db.CountCodes(ctx, b.ID, u.ID, at)
			check(t, err)
			return n
		}
		same(t, count(harbor, now), map[backupcode.Origin]int{})
		_, made := harbor.makeCodes(u, backupcode.ByStaff, 3)
		same(t, count(harbor, now), map[backupcode.Origin]int{backupcode.ByStaff: 3})
		same(t, count(summit, now), map[backupcode.Origin]int{})
		harbor.makeCodes(u, backupcode.BySelf, 2)
		same(t, consume(t, made[0].ID, now), true)
		same(t, count(harbor, now), map[backupcode.Origin]int{backupcode.ByStaff: 2, backupcode.BySelf: 2})
		same(t, count(harbor, now.Add(24*time.Hour)), map[backupcode.Origin]int{backupcode.ByStaff: 0, backupcode.BySelf: 2})
	})

	t.Run("are spent once, and show when", func(t *testing.T) {
		made, hashed := harbor.makeCodes(harbor.user(), backupcode.ByStaff, 3)

		same(t, consume(t, hashed[1].ID, now.Add(time.Minute)), true)
		same(t, consume(t, hashed[1].ID, now.Add(2*time.Minute)), false)

		made.Codes[1].UsedAt = ptr(now.Add(time.Minute))
		same(t, latest(t, harbor, made.UserID), []backupcode.Set{made})
	})

	t.Run("are not spent from their end on", func(t *testing.T) {
		made, hashed := harbor.makeCodes(harbor.user(), backupcode.ByStaff, 1)

		same(t, consume(t, hashed[0].ID, *made.ExpiresAt), false)
		same(t, consume(t, hashed[0].ID, made.ExpiresAt.Add(-time.Microsecond)), true)
	})

	t.Run("of users themselves never end", func(t *testing.T) {
		_, hashed := harbor.makeCodes(harbor.user(), backupcode.BySelf, 1)

		same(t, consume(t, hashed[0].ID, now.AddDate(20, 0, 0)), true)
	})

	t.Run("voided are not spent, and count those that would have worked", func(t *testing.T) {
		u := harbor.user()
		made, hashed := harbor.makeCodes(u, backupcode.ByStaff, 4)
		self, _ := harbor.makeCodes(u, backupcode.BySelf, 2)
		same(t, consume(t, hashed[0].ID, now), true)
		same(t, live(t, harbor, u, backupcode.ByStaff, now), 3)

		voided, err := db.VoidCodes(ctx, harbor.ID, u.ID, backupcode.ByStaff, now.Add(time.Minute))
		check(t, err)
		again, err := db.VoidCodes(ctx, harbor.ID, u.ID, backupcode.ByStaff, now.Add(2*time.Minute))
		check(t, err)

		same(t, []int{voided, again}, []int{3, 0})
		same(t, consume(t, hashed[1].ID, now.Add(time.Minute)), false)
		same(t, live(t, harbor, u, backupcode.ByStaff, now), 0)
		same(t, live(t, harbor, u, backupcode.BySelf, now), 2)
		made.VoidedAt, made.Codes[0].UsedAt = ptr(now.Add(time.Minute)), ptr(now)
		same(t, latest(t, harbor, u.ID), []backupcode.Set{self, made})
	})

	t.Run("expired count as none when they are voided", func(t *testing.T) {
		u := harbor.user()
		made, _ := harbor.makeCodes(u, backupcode.ByStaff, 2)

		voided, err := db.VoidCodes(ctx, harbor.ID, u.ID, backupcode.ByStaff, *made.ExpiresAt)

		check(t, err)
		same(t, voided, 0)
		made.VoidedAt = made.ExpiresAt
		same(t, latest(t, harbor, u.ID), []backupcode.Set{made})
	})

	t.Run("are one live set an origin, also when it has expired", func(t *testing.T) {
		u := harbor.user()
		harbor.makeCodes(u, backupcode.ByStaff, 2)
		second, hashed := harbor.codes(u, backupcode.ByStaff, 2)
		second.GeneratedAt = now.AddDate(1, 0, 0)

		wantCode(t, db.CreateCodes(ctx, second, hashed), fault.Conflict)

		same(t, live(t, harbor, u, backupcode.ByStaff, now), 2)
		_, err := db.VoidCodes(ctx, harbor.ID, u.ID, backupcode.ByStaff, now)
		check(t, err)
		check(t, db.CreateCodes(ctx, second, hashed))
		same(t, latest(t, harbor, u.ID), []backupcode.Set{second})
	})

	t.Run("of which two share a selector are CONFLICT, and none is made", func(t *testing.T) {
		u := harbor.user()
		set, hashed := harbor.codes(u, backupcode.ByStaff, 3)
		hashed[2].Selector = strings.Clone(hashed[0].Selector)

		wantCode(t, db.CreateCodes(ctx, set, hashed), fault.Conflict)

		same(t, live(t, harbor, u, backupcode.ByStaff, now), 0)
		harbor.makeCodes(u, backupcode.ByStaff, 1) // the set is not there either
	})
}
