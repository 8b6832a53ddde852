package store

import (
	"context"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/user"
)

const (
	mostWaiting = 3
	week        = 7 * 24 * time.Hour
)

func waitingOf(u user.User, browser string, at time.Time) enrollment.Waiting {
	return enrollment.Waiting{
		UserID: u.ID, InstitutionID: u.InstitutionID, Email: u.Email, BrowserHash: auth.HashToken(browser), MadeAt: at, LapsesAt: at.Add(week),
	}
}

// waiting stores somebody who registers with an address, a phone of theirs, too.
func (b bank) waiting(email, browser string, at time.Time, change ...func(u *user.User)) user.User {
	b.t.Helper()
	var u user.User
	check(b.t, b.db.InTx(b.t.Context(), func(ctx context.Context) error {
		u = b.userIn(ctx, append(change, func(u *user.User) {
			u.Email, u.CreatedAt, u.EmailProvedAt = email, at, time.Time{}
			if u.Status != user.Closed {
				u.Status = user.Registered
			}
		})...)
		check(b.t, b.db.CreateDevice(ctx, &device.Phone{PhoneNumber: "+12025550142", Base: base(b, u, "")}))
		return b.db.CreateWaiting(ctx, waitingOf(u, browser, at), mostWaiting)
	}))
	return u
}

func testRegistrations(t *testing.T, db *DB) {
	ctx := t.Context()
	b, other := newBank(t, db), newBank(t, db)
	stored := func(t *testing.T, u user.User) user.User {
		t.Helper()
		found, err := db.FindUser(ctx, b.ID, u.ID)
		check(t, err)
		return found
	}
	// finds is who is found by an address in a browser.
	finds := func(t *testing.T, email, browser string) (ids []string) {
		t.Helper()
		found, err := db.ListCredentials(ctx, b.ID, email, auth.HashToken(browser))
		check(t, err)
		for _, f := range found {
			same(t, f.PasswordHash, "made-up hash")
			ids = append(ids, f.User.ID)
		}
		return ids
	}
	listed := func(t *testing.T, q user.Query) (ids []string) {
		t.Helper()
		q.InstitutionID, q.Limit = b.ID, 100
		found, err := db.ListUsers(ctx, q)
		check(t, err)
		for _, m := range found {
			ids = append(ids, m.User.ID)
		}
		return ids
	}

	t.Run("are found by their browser, else the newest, and own nothing", func(t *testing.T) {
		const email = "one@customer.example"
		first, second := b.waiting(email, "laptop", now), b.waiting(email, "phone", now.Add(time.Minute))
		elsewhere := other.waiting(email, "", now)

		same(t, finds(t, email, "laptop"), []string{first.ID})
		same(t, finds(t, email, "phone"), []string{second.ID})
		same(t, finds(t, email, "another"), []string{second.ID})
		same(t, finds(t, second.ID, ""), []string(nil))
		_, err := db.FindCredentials(ctx, b.ID, email)
		wantCode(t, err, "NOT_FOUND")
		_, err = db.FindCredentials(ctx, b.ID, first.ID)
		wantCode(t, err, "NOT_FOUND")
		same(t, stored(t, first).Waits(), true)
		same(t, elsewhere.Waits(), true)
	})

	t.Run("come after who owns the address, and are seen by nobody", func(t *testing.T) {
		owner := b.user(named("Olga", "Owner"))
		w := b.waiting(owner.Email, "laptop", now, named("Olga", "Other"), func(u *user.User) { u.Status = user.Closed })

		same(t, finds(t, owner.Email, ""), []string{owner.ID, w.ID})
		same(t, listed(t, user.Query{From: "olga", To: "olgb"}), []string{owner.ID})
		for _, id := range listed(t, user.Query{}) {
			if id == w.ID {
				t.Error("it is listed")
			}
		}
		first, err := db.ProveEmail(ctx, w, now)
		check(t, err)
		same(t, first, false)
		found, err := db.FindCredentials(ctx, b.ID, owner.Email)
		check(t, err)
		same(t, found.User, owner)
	})

	t.Run("are three for one address, the newest, but for one that has codes of staff", func(t *testing.T) {
		const email = "three@customer.example"
		helped := b.waiting(email, "helped", now)
		set, _ := b.makeCodes(helped, backupcode.ByStaff, 2)
		_, err := db.sql.Exec(ctx, "", `UPDATE backup_code_sets SET expires_at = ? WHERE id = ?`, now.Add(30*24*time.Hour), set.ID)
		check(t, err)
		var all []user.User
		for i, browser := range []string{"a", "b", "c", "d"} {
			all = append(all, b.waiting(email, browser, now.Add(time.Duration(1+i)*time.Minute)))
		}

		same(t, finds(t, email, "helped"), []string{helped.ID})
		same(t, stored(t, helped).Status, user.Registered)
		same(t, finds(t, email, "a"), []string{all[3].ID})
		same(t, stored(t, all[0]).Status, user.Closed)
		same(t, finds(t, email, "b"), []string{all[1].ID})
	})

	t.Run("become the owner by the first proof, and the others are nobody", func(t *testing.T) {
		const email = "four@customer.example"
		winner, loser := b.waiting(email, "laptop", now), b.waiting(email, "phone", now.Add(time.Minute))
		for i, u := range []user.User{winner, loser, winner} {
			first, err := db.ProveEmail(ctx, u, now.Add(time.Hour))
			check(t, err)
			same(t, first, i == 0)
		}

		found, err := db.FindCredentials(ctx, b.ID, email)
		check(t, err)
		want := winner
		want.EmailProvedAt = now.Add(time.Hour)
		same(t, found.User, want)
		same(t, stored(t, loser).Status, user.Closed)
		same(t, finds(t, email, "phone"), []string{winner.ID, loser.ID}) // who still can't tell
		same(t, listed(t, user.Query{From: "four@", To: "four@z"}), []string{winner.ID})
		sweepAll(t, db, now.AddDate(1, 0, 0))
		same(t, stored(t, winner), want)
	})

	t.Run("are not the owner's who is frozen or of another institution", func(t *testing.T) {
		w := b.waiting("five@customer.example", "", now)
		check(t, db.SetUserStatus(ctx, b.ID, w.ID, user.Frozen))
		stranger := w
		stranger.InstitutionID = other.ID
		for _, u := range []user.User{w, stranger} {
			first, err := db.ProveEmail(ctx, u, now)
			check(t, err)
			same(t, first, false)
		}
		same(t, stored(t, w).Waits(), true)
	})

	t.Run("go after seven days, or with the last code of staff, and leave a tombstone", func(t *testing.T) {
		w, helped := b.waiting("six@customer.example", "", now), b.waiting("seven@customer.example", "", now)
		set, codes := b.makeCodes(helped, backupcode.ByStaff, 1)
		_, err := db.sql.Exec(ctx, "", `UPDATE backup_code_sets SET expires_at = ? WHERE id = ?`, now.Add(2*week), set.ID)
		check(t, err)
		left := func(t *testing.T, at time.Time, want ...user.Status) {
			t.Helper()
			sweepAll(t, db, at)
			for i, u := range []user.User{w, helped} {
				same(t, stored(t, u).Status, want[i])
			}
		}

		left(t, now.Add(week), user.Registered, user.Registered)
		left(t, now.Add(week+time.Second), user.Closed, user.Registered)
		_, err = db.ConsumeCode(ctx, codes[0].ID, now)
		check(t, err)
		left(t, now.Add(week+2*time.Second), user.Closed, user.Closed)

		want := w
		want.Status = user.Closed
		same(t, stored(t, w), want)
		same(t, finds(t, w.Email, ""), []string(nil))
		devices, err := db.ListDevices(ctx, b.ID, []string{w.ID})
		check(t, err)
		same(t, len(devices), 0)
		var passwords int
		check(t, db.sql.Get(ctx, "", &passwords, `SELECT count(*) FROM users WHERE id IN ('`+w.ID+`', '`+helped.ID+`') AND password_hash <> ''`))
		same(t, passwords, 0)
		first, err := db.ProveEmail(ctx, w, now)
		check(t, err)
		same(t, first, false)
	})

	t.Run("that came before there were any never go by themselves", func(t *testing.T) {
		w := b.waiting("eight@customer.example", "", now)
		_, err := db.sql.Exec(ctx, "", `UPDATE registrations SET lapses_at = NULL WHERE user_id = ?`, w.ID)
		check(t, err)
		for i := range 4 {
			b.waiting(w.Email, "", now.Add(time.Duration(1+i)*time.Minute))
		}
		sweepAll(t, db, now.AddDate(5, 0, 0))

		same(t, stored(t, w).Status, user.Registered)
		same(t, finds(t, w.Email, ""), []string{w.ID})
	})
}
