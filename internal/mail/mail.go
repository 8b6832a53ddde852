// Package mail sends the mails that package notification writes: by SMTP, or into
// a folder where developers read them.
package mail

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/factordesk/factordesk/internal/clock"
	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/notification"
)

func compose(from string, m notification.Mail, at time.Time) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	if err := msg.From(from); err != nil {
		return nil, fmt.Errorf("the sender's address: %w", err)
	}
	if err := msg.To(m.To); err != nil {
		return nil, fmt.Errorf("the recipient's address is not one that mail can go to")
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(at)
	msg.SetMessageID()
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	return msg, nil
}

// Folder writes each mail into a directory, one .eml file each, in the order of
// their names.
type Folder struct {
	Dir   string
	From  string
	Clock clock.Clock
}

// Send implements notification.Mailer.
func (f *Folder) Send(_ context.Context, m notification.Mail) error {
	now := f.Clock.Now()
	msg, err := compose(f.From, m, now)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	name := now.Format("20060102T150405.000000") + "-" + rand.Text()[:6] + ".eml"
	return msg.WriteToFile(filepath.Join(f.Dir, name))
}

// SMTP sends mails through a mail server, over TLS.
type SMTP struct {
	client *gomail.Client
	from   string
	clock  clock.Clock
}

const timeout = 10 * time.Second

// NewSMTP reads smtp://user:password@host:587?from=ADDRESS, which must offer
// STARTTLS unless the host is loopback, or smtps://…, which is TLS from the start.
func NewSMTP(smtpURL, defaultFrom string, c clock.Clock) (*SMTP, error) {
	wrong := fmt.Errorf("FACTORDESK_SMTP_URL is not smtp://user:password@host:port or smtps://…") // never quoted: it holds a password
	u, err := url.Parse(smtpURL)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, wrong
	}
	options := []gomail.Option{gomail.WithTimeout(timeout), gomail.WithTLSPolicy(gomail.TLSMandatory)}
	switch {
	case u.Scheme == "smtps":
		options = append(options, gomail.WithSSL())
	case u.Hostname() == "127.0.0.1" || u.Hostname() == "localhost" || u.Hostname() == "::1":
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	}
	if u.Port() != "" {
		port, err := strconv.Atoi(u.Port())
		if err != nil {
			return nil, wrong
		}
		options = append(options, gomail.WithPort(port))
	}
	if password, ok := u.User.Password(); ok {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	client, err := gomail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, wrong
	}
	from := defaultFrom
	if f := u.Query().Get("from"); f != "" {
		from = f
	}
	return &SMTP{client: client, from: from, clock: c}, nil
}

// Send implements notification.Mailer.
func (s *SMTP) Send(ctx context.Context, m notification.Mail) error {
	msg, err := compose(s.from, m, s.clock.Now())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := s.client.DialAndSendWithContext(ctx, msg); err != nil {
		return fault.Wrap(err, fault.ProviderUnavailable, "The mail could not be sent at the moment.")
	}
	return nil
}

// Nowhere refuses every mail: no mail server is configured.
type Nowhere struct{}

// Send implements notification.Mailer.
func (Nowhere) Send(context.Context, notification.Mail) error {
	return fault.Errorf(fault.ProviderUnavailable, "No mail server is configured.")
}
