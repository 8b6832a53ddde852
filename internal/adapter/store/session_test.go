package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

func testSessions(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor := newBank(t, db)

	t.Run("come back by the hash of their token with every field, and say who acts", func(t *testing.T) {
		boss := harbor.user(staff, func(u *user.User) { u.AdminLevel = true })
		made := harbor.session(boss)

		found, actor, err := db.FindActor(ctx, made.TokenHash)

		check(t, err)
		same(t, found, made)
		same(t, actor, auth.Actor{
			UserID: boss.ID, InstitutionID: harbor.ID, SessionID: made.ID, Kind: auth.Staff, AdminLevel: true,
			Permissions: []auth.Permission{auth.ViewNotificationHistory}, FactorAt: now,
		})
	})

	t.Run("without a factor say so", func(t *testing.T) {
		made := harbor.session(harbor.user(), func(s *auth.Session) { s.FactorAt, s.ByBackupCode = time.Time{}, true })

		found, actor, err := db.FindActor(ctx, made.TokenHash)

		check(t, err)
		same(t, found, made)
		same(t, actor.FactorAt.IsZero() && actor.ByBackupCode, true)
	})

	t.Run("of customers carry no permission, whatever the row says", func(t *testing.T) {
		u := harbor.user(func(u *user.User) { u.AdminLevel = true })
		made := harbor.session(u)

		_, actor, err := db.FindActor(ctx, made.TokenHash)

		check(t, err)
		same(t, len(actor.Permissions), 0)
	})

	t.Run("that are not there are NOT_FOUND", func(t *testing.T) {
		_, _, err := db.FindActor(ctx, auth.HashToken("never given out"))

		wantCode(t, err, fault.NotFound)
	})

	t.Run("of customers where accounts are only opened are NOT_FOUND, also those made since", func(t *testing.T) {
		b, other := newBank(t, db), newBank(t, db)
		customer, agent := b.user(), b.user(staff)
		waits := b.user(func(u *user.User) { u.Status, u.EmailProvedAt = user.Registered, time.Time{} })
		b.user(func(u *user.User) { u.Status = user.Closed })
		before, ofStaff, elsewhere := b.session(customer), b.session(agent), other.session(other.user())
		finds := func(s auth.Session) fault.Code {
			_, _, err := db.FindActor(ctx, s.TokenHash)
			return fault.CodeOf(err)
		}
		sells := func(p institution.Product, version int) {
			s := b.Settings
			s.Version, s.Products = version+1, []institution.Product{p}
			ok, err := db.UpdateSettings(ctx, b.ID, version, s)
			check(t, err)
			same(t, ok, true)
		}
		n, err := db.CountCustomers(ctx, b.ID)
		check(t, err)
		same(t, n, 1) // not who waits, who is closed, and the staff
		same(t, waits.Waits(), true)

		sells(institution.AccountOpeningOnly, 0)

		same(t, []fault.Code{finds(before), finds(b.session(customer)), finds(ofStaff), finds(elsewhere)}, []fault.Code{fault.NotFound, fault.NotFound, "", ""})
		sells(institution.Full, 1)
		same(t, finds(before), fault.Code(""))

		n, err = db.EndSessionsOfCustomers(ctx, b.ID, now)
		check(t, err)
		same(t, n, 2)
		same(t, []fault.Code{finds(before), finds(ofStaff), finds(elsewhere)}, []fault.Code{fault.NotFound, "", ""})
	})

	t.Run("of users who are closed are NOT_FOUND", func(t *testing.T) {
		u := harbor.user()
		made := harbor.session(u)
		check(t, db.SetUserStatus(ctx, harbor.ID, u.ID, user.Closed))

		_, _, err := db.FindActor(ctx, made.TokenHash)

		wantCode(t, err, fault.NotFound)
	})

	t.Run("of users who are disabled are NOT_FOUND, until they are enabled", func(t *testing.T) {
		made := harbor.session(harbor.user(staff))
		check(t, db.DisableUser(ctx, harbor.ID, made.UserID, now))
		_, _, err := db.FindActor(ctx, made.TokenHash)
		wantCode(t, err, fault.NotFound)

		check(t, db.EnableUser(ctx, harbor.ID, made.UserID))
		_, _, err = db.FindActor(ctx, made.TokenHash)
		check(t, err)
	})

	t.Run("tell when their user last signed in", func(t *testing.T) {
		u := harbor.user()
		same(t, harbor.find(u).LastSignedInAt, (*time.Time)(nil))
		for _, at := range []time.Time{now, now.Add(time.Hour)} {
			harbor.session(u, func(s *auth.Session) { s.CreatedAt = at })
			same(t, *harbor.find(u).LastSignedInAt, at)
		}
	})

	t.Run("of some users of an institution are listed, so many of each", func(t *testing.T) {
		ann, bob, stranger := harbor.user(), harbor.user(), newBank(t, db)
		elsewhere := stranger.user()
		stranger.session(elsewhere)
		harbor.session(harbor.user())
		harbor.session(bob, func(s *auth.Session) { s.LastUsedAt = now.Add(-time.Hour) })
		_, err := db.EndSessionOf(ctx, bob.ID, harbor.session(bob).ID, now)
		check(t, err)
		last := harbor.session(bob, func(s *auth.Session) { s.LastUsedAt = now.Add(-time.Minute) })
		for range mostSessions + 1 {
			harbor.session(ann)
		}

		found, err := db.ListSessionsOf(ctx, harbor.ID, []string{ann.ID, bob.ID, elsewhere.ID}, now, now.Add(-time.Hour))

		check(t, err)
		same(t, len(found), mostSessions+1)
		last.TokenHash = ""
		same(t, found[mostSessions], last)
		none, err := db.ListSessionsOf(ctx, harbor.ID, nil, now, now)
		check(t, err)
		same(t, len(none), 0)
	})

	t.Run("that ended are NOT_FOUND", func(t *testing.T) {
		made := harbor.session(harbor.user())

		_, err := db.EndSessionOf(ctx, made.UserID, made.ID, now)

		check(t, err)
		_, _, err = db.FindActor(ctx, made.TokenHash)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("are used later, never earlier", func(t *testing.T) {
		made := harbor.session(harbor.user())

		check(t, db.TouchSession(ctx, made.ID, now.Add(2*time.Minute)))
		check(t, db.TouchSession(ctx, made.ID, now.Add(time.Minute)))

		found, _, err := db.FindActor(ctx, made.TokenHash)
		check(t, err)
		made.LastUsedAt = now.Add(2 * time.Minute)
		same(t, found, made)
	})

	t.Run("renewed have another token and a fresh factor, and end when they would have", func(t *testing.T) {
		made := harbor.session(harbor.user())
		was, later := made.TokenHash, now.Add(time.Hour)
		made.TokenHash, made.FactorAt, made.LastUsedAt, made.BackupCodeUsedAt = auth.HashToken(auth.NewToken()), later, later, now

		check(t, db.RenewSession(ctx, made))

		found, _, err := db.FindActor(ctx, made.TokenHash)
		check(t, err)
		same(t, found, made)
		_, _, err = db.FindActor(ctx, was)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("that ended, or are another's, can't be renewed", func(t *testing.T) {
		ended, live := harbor.session(harbor.user()), harbor.session(harbor.user())
		_, err := db.EndSessionOf(ctx, ended.UserID, ended.ID, now)
		check(t, err)

		for _, s := range []auth.Session{ended, {UserID: ended.UserID, ID: live.ID}, {UserID: live.UserID, ID: id.New(id.Session)}} {
			s.TokenHash, s.LastUsedAt, s.FactorAt = auth.HashToken(auth.NewToken()), now, now
			wantCode(t, db.RenewSession(ctx, s), fault.NotFound)
		}
	})

	t.Run("of a user are listed while they last, the last used first", func(t *testing.T) {
		u := harbor.user()
		harbor.session(harbor.user())
		harbor.session(u, func(s *auth.Session) { s.ExpiresAt = now })
		harbor.session(u, func(s *auth.Session) { s.LastUsedAt = now.Add(-time.Hour) })
		_, err := db.EndSessionOf(ctx, u.ID, harbor.session(u).ID, now)
		check(t, err)
		older := harbor.session(u, func(s *auth.Session) { s.LastUsedAt, s.FactorAt = now.Add(-time.Minute), time.Time{} })
		newer := harbor.session(u)
		older.TokenHash, newer.TokenHash = "", ""

		found, err := db.ListSessions(ctx, u.ID, now, now.Add(-time.Hour))

		check(t, err)
		same(t, found, []auth.Session{newer, older})
	})

	t.Run("are ended by their user only, and once", func(t *testing.T) {
		u := harbor.user()
		made := harbor.session(u)
		for _, try := range []struct {
			userID string
			want   bool
		}{{harbor.user().ID, false}, {u.ID, true}, {u.ID, false}} {
			ok, err := db.EndSessionOf(ctx, try.userID, made.ID, now)
			check(t, err)
			same(t, ok, try.want)
		}
	})

	t.Run("of a user are ended all but one", func(t *testing.T) {
		u, other := harbor.user(), harbor.session(harbor.user())
		kept := harbor.session(u)
		harbor.session(u)
		harbor.session(u)

		n, err := db.EndSessionsOf(ctx, u.ID, kept.ID, now)

		check(t, err)
		same(t, n, 2)
		for _, live := range []auth.Session{kept, other} {
			_, _, err := db.FindActor(ctx, live.TokenHash)
			check(t, err)
		}
		again, err := db.EndSessionsOf(ctx, u.ID, kept.ID, now)
		check(t, err)
		same(t, again, 0)
	})

	t.Run("never share a token", func(t *testing.T) {
		first, second := harbor.session(harbor.user()), harbor.session(harbor.user())

		second.TokenHash = first.TokenHash
		wantCode(t, db.RenewSession(ctx, second), fault.Conflict)
	})
}

func testBrowsers(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor, summit := newBank(t, db), newBank(t, db)
	ann, bob, stranger := harbor.user(), harbor.user(), summit.user()
	shared := auth.HashToken(auth.NewToken())
	check(t, db.RememberBrowser(ctx, ann.ID, shared, now))
	check(t, db.RememberBrowser(ctx, bob.ID, shared, now))
	check(t, db.RememberBrowser(ctx, bob.ID, shared, now.Add(time.Hour))) // twice is once

	for _, test := range []struct {
		name             string
		userID, token    string
		byUser, byAnyone bool
	}{
		{"are known of each who signed in there", ann.ID, shared, true, true},
		{"are known of the second too", bob.ID, shared, true, true},
		{"of others are nobody's", stranger.ID, shared, false, true},
		{"that nobody used are unknown", ann.ID, auth.HashToken("other"), false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			byUser, byAnyone, err := db.KnowsBrowser(ctx, test.userID, test.token)

			check(t, err)
			same(t, []bool{byUser, byAnyone}, []bool{test.byUser, test.byAnyone})
		})
	}

	t.Run("are forgotten of one user alone", func(t *testing.T) {
		check(t, db.ForgetBrowsers(ctx, ann.ID))

		for userID, want := range map[string]bool{ann.ID: false, bob.ID: true} {
			byUser, _, err := db.KnowsBrowser(ctx, userID, shared)
			check(t, err)
			same(t, byUser, want)
		}
	})
}
