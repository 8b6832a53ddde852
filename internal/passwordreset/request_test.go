package passwordreset_test

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/passwordreset"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is a service in a world, and a mail server that may be down.
type desk struct {
	*passwordreset.Service
	*world.World
	down error
	// tokens are those of the mails that went out, or may have.
	tokens []string
}

func (d *desk) SendPasswordLink(_ context.Context, _ notification.Recipient, link string) error {
	at, err := url.Parse(link)
	d.tokens = append(d.tokens, at.Fragment)
	return errors.Join(err, d.down)
}

// newDesk is one that a customer, Ann, has just asked for a link.
func newDesk(t *testing.T) *desk {
	t.Helper()
	w := world.New(t)
	d := &desk{World: w}
	d.Service = &passwordreset.Service{
		Store: w.DB, Institutions: w.Finder(), Sender: d, Limiter: &throttle.Limiter{Store: w.DB, Clock: w.Time},
		Clock: w.Time, Log: slog.New(slog.DiscardHandler),
		Pages: map[auth.Kind]*url.URL{auth.Customer: {Scheme: "https", Host: "my.bank.example", Path: "/banking/reset-password"}},
	}
	ann := d.User(t, func(u *user.User) { u.Email = "ann@customer.example" })
	if err := d.Request(t.Context(), "harbor", ann.Email); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) send(t *testing.T) {
	t.Helper()
	if err := d.SendLinks(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// good reports whether a token is the one that counts.
func (d *desk) good(t *testing.T, token string) bool {
	t.Helper()
	_, err := d.DB.FindResetLink(t.Context(), auth.HashToken(token), d.Time.Now())
	return err == nil
}

func TestService_SendLinks(t *testing.T) {
	t.Run("mails each request once", func(t *testing.T) {
		d := newDesk(t)

		d.send(t)
		d.Time.Advance(time.Minute)
		d.send(t)

		if len(d.tokens) != 1 || !d.good(t, d.tokens[0]) {
			t.Errorf("%d mails", len(d.tokens))
		}
	})

	t.Run("tries again after a minute, each time with a link of its own", func(t *testing.T) {
		d := newDesk(t)
		d.down = errors.New("no mail server")
		d.send(t)
		d.Time.Advance(time.Minute - time.Microsecond)
		d.send(t)
		if len(d.tokens) != 1 {
			t.Fatalf("tried %d times within a minute", len(d.tokens))
		}

		d.down = nil
		d.Time.Advance(time.Microsecond)
		d.send(t)
		d.Time.Advance(time.Minute)
		d.send(t)

		if len(d.tokens) != 2 || d.good(t, d.tokens[0]) || !d.good(t, d.tokens[1]) {
			t.Errorf("%d tries, or not the newest link counts", len(d.tokens))
		}
	})

	t.Run("gives up at once where the address is refused", func(t *testing.T) {
		d := newDesk(t)
		d.down = &fault.Error{Code: fault.ProviderError, ProviderCode: 550}
		d.send(t)
		d.Time.Advance(2 * time.Minute)
		d.send(t)

		if len(d.tokens) != 1 {
			t.Errorf("tried %d times", len(d.tokens))
		}
	})

	t.Run("gives up after an hour", func(t *testing.T) {
		d := newDesk(t)
		d.down = errors.New("no mail server")
		for range 70 {
			d.send(t)
			d.Time.Advance(time.Minute)
		}

		if len(d.tokens) != 60 {
			t.Errorf("tried %d times", len(d.tokens))
		}
		d.Time.Advance(time.Minute)
		if _, ok, err := d.DB.ClaimResetRequest(t.Context(), d.Time.Now(), d.Time.Now()); ok || err != nil {
			t.Errorf("the request is still there: %v", err)
		}
	})

	t.Run("sees a mail through at shutdown, and begins no other", func(t *testing.T) {
		d := newDesk(t)
		if err := d.Request(t.Context(), "harbor", "ann@customer.example"); err != nil {
			t.Fatal(err)
		}
		running, stop := context.WithCancel(t.Context())
		d.Sender = stopping{d, stop}

		if err := d.SendLinks(running); err != nil {
			t.Error(err)
		}

		if len(d.tokens) != 1 || !d.good(t, d.tokens[0]) {
			t.Errorf("%d mails", len(d.tokens))
		}
	})
}

// stopping ends the process while a mail is under way.
type stopping struct {
	*desk
	stop func()
}

func (s stopping) SendPasswordLink(ctx context.Context, r notification.Recipient, link string) error {
	s.stop()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return s.desk.SendPasswordLink(ctx, r, link)
}
