package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// older makes of a database what an older version left: nothing of it is in the form
// of this one.
func (db *DB) older(t *testing.T) {
	t.Helper()
	for _, query := range []string{
		`DELETE FROM user_terms`, `UPDATE users SET sort_key = 'as it was'`,
		`INSERT INTO rewrites (name, after_id) VALUES ('users', ''), ('devices', ''), ('institutions', '')`,
	} {
		_, err := db.sql.Exec(t.Context(), "", query)
		check(t, err)
	}
}

// email makes a user with an address as it was stored before.
func (b bank) email(address string, change ...func(u *user.User)) user.User {
	return b.user(append(change, func(u *user.User) { u.Email = address })...)
}

// confirmed returns what a device of a user has that was confirmed.
func confirmed(owner user.User) device.Base {
	return device.Base{ID: id.New(id.Device), InstitutionID: owner.InstitutionID, UserID: owner.ID, AddedAt: now, ConfirmedAt: &now}
}

func TestRewrite(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx, b, other := t.Context(), newBank(t, db), newBank(t, db)
		_, err := db.sql.Exec(ctx, "", `UPDATE institutions SET settings = ? WHERE id = ?`, `{"supportPhone":"+4402079460018"}`, b.ID)
		check(t, err)
		ann, elsewhere := b.email("ann@bücher.example", named("Ann María", "O’Archer")), other.email("ann@bücher.example")
		owner, second := b.email("bob@xn--bcher-kva.example"), b.email("bob@bücher.example")
		waiting := b.email("cid@bücher.example", func(u *user.User) { u.EmailProvedAt, u.Status = time.Time{}, user.Registered })
		mixed := b.email("dаn@customer.example")
		abroad, twice := b.phone(ann, "+4407700900104"), b.phone(owner, "+447700900105")
		again := b.phone(owner, "+4407700900105")
		mailed := &device.Email{Address: "ann@BÜCHER.example", Base: confirmed(ann)}
		check(t, db.CreateDevice(ctx, mailed))
		sent := b.send("+4407700900104")
		db.older(t)
		if err := db.CheckSchema(ctx); err == nil || !strings.Contains(err.Error(), "factordesk migrate up") {
			t.Errorf("before: %v", err)
		}

		check(t, db.Migrate(ctx))
		check(t, db.Migrate(ctx))

		check(t, db.CheckSchema(ctx))
		for of, want := range map[user.User]string{
			ann: "ann@xn--bcher-kva.example", elsewhere: "ann@xn--bcher-kva.example", owner: "bob@xn--bcher-kva.example", second: "bob@bücher.example",
			waiting: "cid@xn--bcher-kva.example", mixed: "dаn@customer.example",
		} {
			found, err := db.FindUser(ctx, of.InstitutionID, of.ID)
			check(t, err)
			same(t, found.Email, want)
		}
		found, err := db.FindCredentials(ctx, b.ID, "ann@xn--bcher-kva.example")
		check(t, err)
		same(t, found.User.ID, ann.ID)
		wantCode(t, db.CreateUser(ctx, user.User{ID: "usr_1", InstitutionID: b.ID, Email: "ann@xn--bcher-kva.example", CreatedAt: now, EmailProvedAt: now}, ""), fault.Conflict)
		for id, want := range map[string]string{abroad.ID: "+447700900104", twice.ID: "+447700900105", again.ID: "+4407700900105", mailed.ID: "ann@xn--bcher-kva.example"} {
			var address string
			check(t, db.sql.Get(ctx, "", &address, `SELECT address FROM devices WHERE id = ?`, id))
			same(t, address, want)
		}
		texts, _, err := db.ReadLog(ctx, notification.ListQuery{InstitutionID: b.ID, To: []string{"+447700900104"}, Limit: 10})
		check(t, err)
		if len(texts) != 1 || texts[0].ID != sent.ID {
			t.Errorf("the texts that went out: %v", texts)
		}
		i, err := db.FindInstitution(ctx, b.ID)
		check(t, err)
		same(t, []string{i.Country, i.SupportPhone}, []string{"GB", "+442079460018"})
		i, err = db.FindInstitution(ctx, other.ID)
		check(t, err)
		same(t, i.Settings, other.Settings)

		users := &user.Service{Store: db, Clock: clock.NewFake(now)}
		for search, want := range map[string]string{
			"o'archer": ann.ID, "maria": ann.ID, "0104": ann.ID, ann.ID: ann.ID, "ann@bücher": ann.ID, "07700 900105": owner.ID, "bob@xn--": owner.ID, second.ID: second.ID,
		} {
			page, err := users.Search(b.desk(), user.Filter{Search: search})
			check(t, err)
			if len(page.Matches) == 0 || page.Matches[0].User.ID != want {
				t.Errorf("%s finds %s", search, names(page.Matches))
			}
		}
		all, err := users.Search(b.desk(), user.Filter{Kind: auth.Customer})
		check(t, err)
		same(t, len(all.Matches), 5)

		left, err := db.ListLeftovers(ctx)
		check(t, err)
		same(t, left, []user.Leftover{
			{Institution: b.Slug, UserID: second.ID, Stored: "bob@bücher.example", Form: "bob@xn--bcher-kva.example", TakenBy: owner.ID},
			{Institution: b.Slug, UserID: mixed.ID, Stored: "dаn@customer.example"},
			{Institution: b.Slug, UserID: owner.ID, DeviceID: again.ID, Stored: "+4407700900105", Form: "+447700900105", TakenBy: twice.ID},
		})
	})
}

// More rows than fit into one transaction, and a process that ends in between.
func TestRewrite_goesOn(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		b := newBank(t, db)
		check(t, db.InTx(t.Context(), func(ctx context.Context) error {
			for range rewrittenAtOnce + 3 {
				b.userIn(ctx, func(u *user.User) { u.Email = u.ID + "@bücher.example" })
			}
			return nil
		}))
		db.older(t)
		over, cancel := context.WithCancel(t.Context())
		cancel()
		if err := db.Migrate(over); err == nil {
			t.Error("it ended well")
		}

		check(t, db.Migrate(t.Context()))

		var left, terms int
		check(t, db.sql.Get(t.Context(), "", &left, `SELECT count(*) FROM users WHERE email NOT LIKE '%@xn--bcher-kva.example' OR owned_email <> email`))
		check(t, db.sql.Get(t.Context(), "", &terms, `SELECT count(DISTINCT user_id) FROM user_terms`))
		same(t, []int{left, terms}, []int{0, rewrittenAtOnce + 3})
	})
}

func TestSetMailRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx, b := t.Context(), newBank(t, db)
		ann, bob := b.user(), b.user()
		own, second := &device.Email{Address: ann.Email, Base: confirmed(ann)}, &device.Email{Address: "second@customer.example", Base: confirmed(ann)}
		check(t, db.CreateDevice(ctx, own))
		check(t, db.CreateDevice(ctx, second))
		since := func() (all []bool) {
			for _, u := range []user.User{ann, bob} {
				found, err := db.FindUser(ctx, b.ID, u.ID)
				check(t, err)
				all = append(all, found.MailRefusedAt != nil && found.MailRefusedAt.Equal(now))
			}
			for _, d := range []*device.Email{own, second} {
				found, err := db.FindDevice(ctx, b.ID, d.ID)
				check(t, err)
				at := found.Common().MailRefusedAt
				all = append(all, at != nil && at.Equal(now))
			}
			return all
		}

		check(t, db.SetMailRefused(ctx, ann.ID, ann.Email, now))
		check(t, db.SetMailRefused(ctx, ann.ID, ann.Email, now.Add(time.Hour)))
		same(t, since(), []bool{true, false, true, false})
		check(t, db.SetMailRefused(ctx, ann.ID, second.Address, now))
		same(t, since(), []bool{true, false, true, true})
		check(t, db.SetMailRefused(ctx, ann.ID, ann.Email, time.Time{}))
		same(t, since(), []bool{false, false, false, true})
	})
}
