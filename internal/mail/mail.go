// Package mail sends the mails that package notification writes: by SMTP, or into
// a folder where developers read them.
package mail

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"github.com/factordesk/factordesk/internal/clock"
	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/notification"
)

func compose(from string, m notification.Mail, at time.Time) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.From(from); err != nil {
		return nil, fmt.Errorf("the sender's address: %w", err)
	}
	if strings.ContainsFunc(m.To, unicode.IsControl) || msg.To(m.To) != nil {
		return nil, fmt.Errorf("the recipient's address is not one that mail can go to")
	}
	if strings.ContainsFunc(m.Subject, unicode.IsControl) {
		return nil, fmt.Errorf("the subject is more than one line")
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(at)
	// The library's own would name this machine to every recipient.
	msg.SetMessageIDWithValue(rand.Text() + "@" + domain(msg.GetFrom()[0].Address))
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	return msg, nil
}

func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

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
	var data bytes.Buffer
	if _, err := msg.WriteTo(&data); err != nil {
		return err
	}
	// Whoever watches the folder sees a mail whole or not at all.
	name := filepath.Join(f.Dir, now.Format("20060102T150405.000000")+"-"+rand.Text()[:6])
	if err := os.WriteFile(name+".part", data.Bytes(), 0o600); err != nil {
		return err
	}
	return os.Rename(name+".part", name+".eml")
}

// SMTP sends mails through a mail server, over TLS.
type SMTP struct {
	client *gomail.Client
	from   string
	clock  clock.Clock
}

const timeout = 10 * time.Second

// NewSMTP reads smtp://user:password@host:587?from=ADDRESS, which must offer
// STARTTLS unless the host is loopback, or smtps://…, which is TLS from the start
// and on port 465 unless another is given.
func NewSMTP(smtpURL, defaultFrom string, c clock.Clock) (*SMTP, error) {
	wrong := fmt.Errorf("FACTORDESK_SMTP_URL is not smtp://user:password@host:port or smtps://…") // never quoted: it holds a password
	u, err := url.Parse(smtpURL)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, wrong
	}
	options := []gomail.Option{gomail.WithTimeout(timeout), gomail.WithTLSPolicy(gomail.TLSMandatory)}
	switch {
	case u.Scheme == "smtps":
		options = append(options, gomail.WithSSLPort(false))
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
	if gomail.NewMsg().From(from) != nil {
		return nil, fmt.Errorf("FACTORDESK_SMTP_URL: from is not an email address")
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
