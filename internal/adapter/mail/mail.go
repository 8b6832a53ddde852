// Package mail sends the mails that package notification writes: by SMTP, or into
// a folder where developers read them.
package mail

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
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
	host    string
	options []gomail.Option
	// tls is set where TLS stands before everything else.
	tls   *tls.Config
	from  string
	clock clock.Clock
}

// timeout is how long a mail may take.
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
	s := &SMTP{host: u.Hostname(), from: defaultFrom, clock: c}
	s.options = []gomail.Option{gomail.WithTimeout(timeout), gomail.WithTLSPolicy(gomail.TLSMandatory)}
	switch {
	case u.Scheme == "smtps":
		s.tls = &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}
		// No STARTTLS inside TLS; the dialler gives nothing but TLS.
		s.options = append(s.options, gomail.WithPort(gomail.DefaultPortSSL), gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	case s.host == "127.0.0.1" || s.host == "localhost" || s.host == "::1":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	}
	if u.Port() != "" {
		port, err := strconv.Atoi(u.Port())
		if err != nil {
			return nil, wrong
		}
		s.options = append(s.options, gomail.WithPort(port))
	}
	if password, ok := u.User.Password(); ok {
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	if _, err := s.client(context.Background()); err != nil {
		return nil, wrong
	}
	if f := u.Query().Get("from"); f != "" {
		s.from = f
	}
	if gomail.NewMsg().From(s.from) != nil {
		return nil, fmt.Errorf("FACTORDESK_SMTP_URL: from is not an email address")
	}
	return s, nil
}

// client makes the client of one mail, whose connection ends with ctx. The
// library heeds a context only until it is connected.
func (s *SMTP) client(ctx context.Context) (*gomail.Client, error) {
	dial := func(dialing context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(dialing, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { _ = conn.Close() })
		if s.tls == nil {
			return conn, nil
		}
		secure := tls.Client(conn, s.tls)
		return secure, secure.HandshakeContext(dialing)
	}
	return gomail.NewClient(s.host, append(slices.Clip(s.options), gomail.WithDialContextFunc(dial))...)
}

// Send implements notification.Mailer. A server's refusal of the address is
// PROVIDER_ERROR with its number.
func (s *SMTP) Send(ctx context.Context, m notification.Mail) error {
	msg, err := compose(s.from, m, s.clock.Now())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	client, err := s.client(ctx)
	if err == nil {
		err = client.DialAndSendWithContext(ctx, msg)
	}
	if err == nil {
		return nil
	}
	if refused, ok := errors.AsType[*gomail.SendError](err); ok && refused.Reason == gomail.ErrSMTPRcptTo && refused.ErrorCode()/100 == 5 {
		return refusal(refused)
	}
	f := fault.Wrap(withoutAnswer(err), fault.ProviderUnavailable, "The mail could not be sent at the moment.")
	if at, ok := errors.AsType[*net.OpError](err); ok && at.Op == "dial" {
		return notification.NotSent(f)
	}
	return f
}

// refusal is what comes of an address that its server refuses for good (RFC 5321,
// 4.2.1): no other try comes to another end.
func refusal(answer *gomail.SendError) error {
	f := fault.Wrap(withoutAnswer(answer), fault.ProviderError, "The mail server of this address refuses mail for it.")
	f.ProviderCode = answer.ErrorCode()
	return f
}

// withoutAnswer returns an error that says at which step a mail server answered what
// number. The words of its answer stay out of every log: they often hold the address.
func withoutAnswer(err error) error {
	if failed, ok := errors.AsType[*gomail.SendError](err); ok {
		return fmt.Errorf("%s: the mail server answered %d %s", failed.Reason, failed.ErrorCode(), failed.EnhancedStatusCode())
	}
	if answer, ok := errors.AsType[*textproto.Error](err); ok {
		return fmt.Errorf("the mail server answered %d", answer.Code)
	}
	return err
}

// Nowhere refuses every mail: no mail server is configured.
type Nowhere struct{}

// Send implements notification.Mailer.
func (Nowhere) Send(context.Context, notification.Mail) error {
	return notification.NotSent(fault.Errorf(fault.ProviderUnavailable, "No mail server is configured."))
}
