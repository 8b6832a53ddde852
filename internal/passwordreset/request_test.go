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
	"github.com/factordesk/factordesk/internal/job"
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
	jobs *job.Runner
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
		Jobs: w.Jobs(), Clock: w.Time,
		Pages: map[auth.Kind]*url.URL{auth.Customer: {Scheme: "https", Host: "my.bank.example", Path: "/banking/reset-password"}},
	}
	d.jobs = &job.Runner{Service: w.Jobs(), Handlers: d.Handlers(), Log: slog.New(slog.DiscardHandler)}
	ann := d.User(t, func(u *user.User) { u.Email = "ann@customer.example" })
	if err := d.Request(t.Context(), "harbor", ann.Email); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) send(t *testing.T) {
	t.Helper()
	for d.jobs.Next(t.Context(), job.Mail) {
	}
}

// good reports whether a token is the one that counts.
func (d *desk) good(t *testing.T, token string) bool {
	t.Helper()
	_, err := d.DB.FindResetLink(t.Context(), auth.HashToken(token), d.Time.Now())
	return err == nil
}

func TestService_Request_links(t *testing.T) {
	t.Run("are mailed once for a request", func(t *testing.T) {
		d := newDesk(t)

		d.send(t)
		d.Time.Advance(time.Minute)
		d.send(t)

		if len(d.tokens) != 1 || !d.good(t, d.tokens[0]) {
			t.Errorf("%d mails", len(d.tokens))
		}
	})

	t.Run("are tried again, each time with one of its own", func(t *testing.T) {
		d := newDesk(t)
		d.down = errors.New("no mail server")
		d.send(t)
		d.Time.Advance(10*time.Second - time.Microsecond)
		d.send(t)
		if len(d.tokens) != 1 {
			t.Fatalf("tried %d times within ten seconds", len(d.tokens))
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

	t.Run("are given up at once where the address is refused", func(t *testing.T) {
		d := newDesk(t)
		d.down = &fault.Error{Code: fault.ProviderError, ProviderCode: 550}
		d.send(t)
		d.Time.Advance(2 * time.Minute)
		d.send(t)

		if len(d.tokens) != 1 {
			t.Errorf("tried %d times", len(d.tokens))
		}
	})

	t.Run("are given up after an hour, and the request goes", func(t *testing.T) {
		d := newDesk(t)
		d.down = errors.New("no mail server")
		for range 130 {
			d.send(t)
			d.Time.Advance(time.Minute)
		}
		tries := len(d.tokens)
		d.Time.Advance(passwordreset.Lifetime)
		d.down = nil

		d.adopt(t)
		d.send(t)

		if tries < 8 || len(d.tokens) != tries {
			t.Errorf("tried %d times, then %d more", tries, len(d.tokens)-tries)
		}
		if ids, err := d.DB.AdoptResetRequests(t.Context(), d.Time.Now().Add(24*time.Hour)); err != nil || len(ids) > 0 {
			t.Errorf("the request is still there: %v, %v", ids, err)
		}
	})

	t.Run("are mailed for what an earlier version was asked for", func(t *testing.T) {
		d := newDesk(t)
		d.send(t)
		if _, err := d.DB.SQL().ExecContext(t.Context(), `INSERT INTO password_reset_requests (id, institution, username, created_at, due_at)
			VALUES ('rst_old', 'harbor', 'ann@customer.example', '2026-03-04 05:06:07+00:00', '2026-03-04 05:06:07+00:00')`); err != nil {
			t.Fatal(err)
		}

		d.adopt(t)
		d.adopt(t)
		d.send(t)

		if len(d.tokens) != 2 || !d.good(t, d.tokens[1]) {
			t.Errorf("%d mails", len(d.tokens))
		}
	})
}

// adopt takes over what an earlier version left.
func (d *desk) adopt(t *testing.T) {
	t.Helper()
	if err := d.jobs.Handlers[passwordreset.Adopt].Do(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}
