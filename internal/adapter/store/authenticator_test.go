package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// app stores an app of a user: bound, or waiting for its first code for 15
// minutes.
func (b bank) app(owner user.User, bound bool) *device.Authenticator {
	b.t.Helper()
	d := &device.Authenticator{Base: base(b, owner, "App")}
	row := authenticator.Row{Secret: []byte{0, 255, '\''}, ExpiresAt: ptr(now.Add(15 * time.Minute))}
	if bound {
		d.ConfirmedAt, row.ExpiresAt = ptr(now), nil
	}
	check(b.t, b.db.CreateAuthenticator(b.t.Context(), d, row))
	return d
}

func testAuthenticators(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor, summit := newBank(t, db), newBank(t, db)
	find := func(t *testing.T, d *device.Authenticator) authenticator.Row {
		t.Helper()
		row, err := db.FindAuthenticator(ctx, harbor.ID, d.ID)
		check(t, err)
		return row
	}
	remove := func(t *testing.T, d *device.Authenticator) {
		t.Helper()
		_, err := db.sql.Exec(ctx, "", `UPDATE devices SET removed_at = ? WHERE id = ?`, now, d.ID)
		check(t, err)
	}

	t.Run("come back to their institution with every field", func(t *testing.T) {
		owner := harbor.user()
		bound, waiting := harbor.app(owner, true), harbor.app(owner, false)

		same(t, find(t, bound), authenticator.Row{DeviceID: bound.ID, UserID: owner.ID, Secret: []byte{0, 255, '\''}, Confirmed: true})
		same(t, find(t, waiting), authenticator.Row{
			DeviceID: waiting.ID, UserID: owner.ID, Secret: []byte{0, 255, '\''}, ExpiresAt: ptr(now.Add(15 * time.Minute)),
		})
		_, err := db.FindAuthenticator(ctx, summit.ID, bound.ID)
		wantCode(t, err, fault.NotFound)
		_, err = db.FindAuthenticator(ctx, harbor.ID, id.New(id.Device))
		wantCode(t, err, fault.NotFound)
	})

	t.Run("that wait go when the next does, of the same user only", func(t *testing.T) {
		owner, other := harbor.user(), harbor.user()
		bound, first, others := harbor.app(owner, true), harbor.app(owner, false), harbor.app(other, false)

		second := harbor.app(owner, false)

		_, err := db.FindAuthenticator(ctx, harbor.ID, first.ID)
		wantCode(t, err, fault.NotFound)
		for _, d := range []*device.Authenticator{bound, second, others} {
			find(t, d)
		}
	})

	t.Run("accept a step that is later than the last, if they are bound and there", func(t *testing.T) {
		owner := harbor.user()
		d, waiting := harbor.app(owner, true), harbor.app(owner, false)
		accept := func(d *device.Authenticator, s authenticator.Seen, want bool) {
			t.Helper()
			ok, err := db.AcceptStep(ctx, d.ID, s)
			check(t, err)
			same(t, ok, want)
		}

		first, second := authenticator.Seen{LastStep: 1 << 40, Drift: -3, Late: true}, authenticator.Seen{LastStep: 1<<40 + 1, Drift: 3}
		accept(d, first, true)
		same(t, find(t, d).Seen, first)
		accept(d, authenticator.Seen{LastStep: 1 << 40}, false)
		accept(d, authenticator.Seen{LastStep: 1<<40 - 1}, false)
		accept(d, second, true)
		same(t, find(t, d).Seen, second)
		accept(waiting, second, false)
		remove(t, d)
		accept(d, authenticator.Seen{LastStep: 1 << 41}, false)
		_, err := db.FindAuthenticator(ctx, harbor.ID, d.ID)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("are bound once, in time, and know in which session", func(t *testing.T) {
		owner := harbor.user()
		d := harbor.app(owner, false)
		bind := func(at time.Time, want bool) {
			t.Helper()
			ok, err := db.BindAuthenticator(ctx, d.ID, "ses_1", authenticator.Seen{LastStep: 7, Drift: 1}, at)
			check(t, err)
			same(t, ok, want)
		}

		bind(now.Add(15*time.Minute), false)
		bind(now.Add(time.Minute), true)
		bind(now.Add(time.Minute), false)

		same(t, find(t, d), authenticator.Row{
			DeviceID: d.ID, UserID: owner.ID, Secret: []byte{0, 255, '\''}, Confirmed: true, Seen: authenticator.Seen{LastStep: 7, Drift: 1},
		})
		found, err := db.FindDevice(ctx, harbor.ID, d.ID)
		check(t, err)
		same(t, found.Common().ConfirmedAt, ptr(now.Add(time.Minute)))
		for session, want := range map[string]bool{"ses_1": true, "ses_2": false} {
			got, err := db.BoundIn(ctx, owner.ID, session)
			check(t, err)
			same(t, got, want)
		}
		got, err := db.BoundIn(ctx, harbor.user().ID, "ses_1")
		check(t, err)
		same(t, got, false)
	})

	t.Run("removed before they are bound stay as they are", func(t *testing.T) {
		d := harbor.app(harbor.user(), false)
		remove(t, d)

		_, err := db.BindAuthenticator(ctx, d.ID, "ses_1", authenticator.Seen{LastStep: 7}, now)

		wantCode(t, err, fault.NotFound)
	})

	t.Run("get their secret written anew if it is still what it was", func(t *testing.T) {
		d := harbor.app(harbor.user(), true)

		ok, err := db.ReplaceSecret(ctx, d.ID, []byte("what it never was"), []byte("new"))
		check(t, err)
		same(t, ok, false)
		ok, err = db.ReplaceSecret(ctx, d.ID, []byte{0, 255, '\''}, []byte("new"))
		check(t, err)
		same(t, ok, true)
		same(t, find(t, d).Secret, []byte("new"))
	})

	t.Run("are listed page by page, each once", func(t *testing.T) {
		all, err := db.ListAuthenticators(ctx, "", 1000)
		check(t, err)
		var paged []authenticator.Row
		for after := ""; ; {
			page, err := db.ListAuthenticators(ctx, after, 2)
			check(t, err)
			if len(page) == 0 {
				break
			}
			paged, after = append(paged, page...), page[len(page)-1].DeviceID
		}

		same(t, paged, all)
		if len(all) < 6 {
			t.Errorf("only %d are there", len(all))
		}
	})
}
