package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

func testEnrollments(t *testing.T, db *DB) {
	ctx := t.Context()
	b, other := newBank(t, db), newBank(t, db)
	registered := func() user.User { return b.user(func(u *user.User) { u.Status = user.Registered }) }
	status := func(t *testing.T, u user.User) user.User {
		t.Helper()
		found, err := db.FindUser(ctx, b.ID, u.ID)
		check(t, err)
		return found
	}

	t.Run("begin once, by what is decided then", func(t *testing.T) {
		u := registered()
		_, err := db.FindEnrollment(ctx, u.ID)
		wantCode(t, err, fault.NotFound)
		first := enrollment.Enrollment{UserID: u.ID, InstitutionID: b.ID, VerifyEmail: true, BeganAt: now}
		for i, e := range []enrollment.Enrollment{first, {UserID: u.ID, InstitutionID: b.ID, BeganAt: now.Add(time.Hour)}} {
			began, err := db.BeginEnrollment(ctx, e)
			check(t, err)
			same(t, began, i == 0)
		}

		found, err := db.FindEnrollment(ctx, u.ID)
		check(t, err)
		same(t, found, first)
	})

	t.Run("take a code only once the address is proved", func(t *testing.T) {
		u := registered()
		_, err := db.BeginEnrollment(ctx, enrollment.Enrollment{UserID: u.ID, InstitutionID: b.ID, VerifyEmail: true, BeganAt: now})
		check(t, err)
		for _, step := range []struct {
			institution string
			verify, ok  bool
			want        user.Status
		}{
			{b.ID, false, false, user.Registered}, {other.ID, true, false, user.Registered},
			{b.ID, false, true, user.Enrolling}, {b.ID, false, true, user.Enrolling},
		} {
			if step.verify {
				check(t, db.VerifyEmail(ctx, u.ID, now))
				check(t, db.VerifyEmail(ctx, u.ID, now.Add(time.Hour)))
			}
			ok, err := db.AcceptCode(ctx, step.institution, u.ID, now)
			check(t, err)
			same(t, ok, step.ok)
			same(t, status(t, u).Status, step.want)
		}
		found, err := db.FindEnrollment(ctx, u.ID)
		check(t, err)
		same(t, found.EmailVerifiedAt, ptr(now))
	})

	t.Run("finish once, and only what is under way", func(t *testing.T) {
		u := registered()
		finish := func(institution string) bool {
			ok, err := db.FinishEnrollment(ctx, institution, u.ID, message.Spanish, now)
			check(t, err)
			return ok
		}
		same(t, finish(b.ID), false)
		_, err := db.BeginEnrollment(ctx, enrollment.Enrollment{UserID: u.ID, InstitutionID: b.ID, BeganAt: now})
		check(t, err)
		check(t, db.VerifyEmail(ctx, u.ID, now))
		_, err = db.AcceptCode(ctx, b.ID, u.ID, now)
		check(t, err)
		for _, step := range []struct {
			institution string
			ok          bool
		}{{other.ID, false}, {b.ID, true}, {b.ID, false}} {
			same(t, finish(step.institution), step.ok)
		}
		same(t, status(t, u).Status, user.Active)
		same(t, status(t, u).Language, message.Spanish)
	})
}
