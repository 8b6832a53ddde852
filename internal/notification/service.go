package notification

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/throttle"
)

// Receipt is what the provider answers to a send.
type Receipt struct {
	AccountSID string
	SID        string
	// From is who sends it, also of a text that is refused where one number sends all.
	From      string
	Status    string
	ErrorCode int
	// ProviderID is the account that took the message, refused its recipient, or may have
	// taken it; empty where none of that is so.
	ProviderID string
	// Accepted is true for the answer to a send by which the provider took the message, of
	// which reports come later.
	Accepted bool
	// Tried are those that did not send it, in the order in which they were asked.
	Tried []Try
	// AnsweredBy, SIPCode, Segments and Price are as in Notification; zero where the
	// provider does not say.
	AnsweredBy string
	SIPCode    int
	Segments   int
	Price      string
}

// Outgoing is a message on its way to the provider.
type Outgoing struct {
	InstitutionID string
	// ProviderID is the only account to send through, whether it is switched on or not;
	// empty for those that send for the institution, one after the other.
	ProviderID string
	// AttemptID is the log row's id; the status callback brings it back.
	AttemptID string
	To        string
	// ValidFor is how long the message is worth delivering.
	ValidFor time.Duration
}

// Provider sends texts and places calls. Each account is tried once, the next only after
// what surely never left. A refusal is
// PROVIDER_ERROR with the provider's code, THROTTLED if the provider asks to
// wait; PROVIDER_UNAVAILABLE and TIMEOUT mean that the message may or may not
// have been accepted, unless NotSent marks them. The receipt says also with an error
// which accounts were tried.
type Provider interface {
	SendText(ctx context.Context, o Outgoing, body string) (Receipt, error)
	PlaceCall(ctx context.Context, o Outgoing, s Speech) (Receipt, error)
}

// Mail is a message by email.
type Mail struct {
	To      string
	Subject string
	Text    string
}

// Mailer sends mails.
type Mailer interface {
	Send(ctx context.Context, m Mail) error
}

// Service sends messages and keeps the log.
type Service struct {
	Store        Store
	Provider     Provider
	Archive      Archive
	Mailer       Mailer
	Institutions institution.Finder
	Limiter      *throttle.Limiter
	Audit        audit.Recorder
	Clock        clock.Clock
	Log          *slog.Logger
	// Brand is the platform's name, which texts and calls of institutions without digital
	// banking come under.
	Brand string
	// Keys seal what a call says once somebody has pressed a key.
	Keys Keys
	// UAT is true where no text and no call is sent: a mail goes instead.
	UAT bool

	// readings are the looks at Twilio that are under way.
	readings singleflight.Group
	// older are the windows below the newest that were read lately.
	older windows
}

// Recipient is whom a message is for.
type Recipient struct {
	Institution institution.Institution
	UserID      string
	// Email is the user's address, where mails go in UAT.
	Email string
	// Language is the user's.
	Language message.Language
	Channel  Channel
	// To is the number, or the address for Channel Email.
	To string
	// NotYou is the link by which the user says that what a notice tells was not
	// their doing; empty for none. Only mails have room for it, and the log never
	// has it.
	NotYou string
	// HasAccount is true for somebody with whose address another one registered: a mail
	// that says so goes in place of a code.
	HasAccount bool
	// Confirmed numbers get their codes even over the institution's daily cap.
	Confirmed bool
	// Counted is what the message was counted in, which is given back should nobody know
	// whether it was sent and the provider turn out not to have it.
	Counted throttle.Counted
	// Purpose, Subject and DeviceID are of a code, as Notification has them, and AttemptID
	// is the id of its row; one is made where it is empty.
	Purpose                      Purpose
	Subject, DeviceID, AttemptID string
	// Keyless has a call say the code without a key.
	Keyless bool
}

// SendCode sends a one-time code, or to who has an account in place of it that this is
// so. The process that made the code sends it; what
// is stored of it is masked. THROTTLED over the daily cap, PROVIDER_ERROR,
// PROVIDER_UNAVAILABLE.
func (s *Service) SendCode(ctx context.Context, r Recipient, code string, validFor time.Duration) error {
	if err := s.underCap(ctx, r); err != nil {
		return err
	}
	m := content{kind: VerificationCode, validFor: validFor}
	var mailMasked, textMasked, callMasked string
	m.mail.Subject, m.mail.Text, mailMasked = CodeMail(r.Language, r.Institution.Name, code, r.Channel)
	caller := r.Institution.Caller(s.Brand)
	m.text, textMasked = CodeText(r.Language, caller, code)
	m.speech, callMasked = CodeSpeech(r.Language, caller, code)
	m.speech.Keyless = r.Keyless
	m.logged = map[Channel]string{Email: mailMasked, SMS: textMasked, Voice: callMasked}
	if r.HasAccount {
		m = accountMail(r)
	}
	return s.send(ctx, r, m)
}

// underCap counts a send by text or call. Over the cap unconfirmed numbers are
// refused; confirmed ones are let through, because a customer who can't sign in
// costs more than a text, and the operators are told.
func (s *Service) underCap(ctx context.Context, r Recipient) error {
	if r.Channel == Email || s.UAT {
		return nil
	}
	err := s.Limiter.Take(ctx, throttle.Key("daily-sends", r.Institution.ID),
		throttle.Limit{Events: r.Institution.DailySends, Per: 24 * time.Hour})
	if fault.CodeOf(err) == fault.Throttled && r.Confirmed {
		s.Log.ErrorContext(ctx, "daily cap of texts and calls passed; confirmed numbers still get theirs", "institution", r.Institution.Slug)
		return nil
	}
	return err
}

// content is one message in every form that a channel may need.
type content struct {
	kind     Kind
	validFor time.Duration
	// providerID is that of Outgoing.
	providerID string
	text       string
	speech     Speech
	mail       Mail
	// logged is what the log keeps, by channel.
	logged map[Channel]string
}

func (s *Service) send(ctx context.Context, r Recipient, m content) error {
	channel, to := r.Channel, r.To
	if s.UAT && channel != Email {
		channel, to = Email, r.Email
	}
	now := s.Clock.Now()
	attempt := Notification{
		ID: cmp.Or(r.AttemptID, id.New(id.Message)), InstitutionID: r.Institution.ID, UserID: r.UserID,
		Channel: channel, Kind: m.kind, To: to, Body: m.logged[channel],
		ProviderStatus: Attempted, Date: now, UpdatedAt: now,
		Purpose: r.Purpose, Subject: r.Subject, DeviceID: r.DeviceID, Keyless: r.Keyless && channel == Voice,
	}
	if m.validFor > 0 {
		attempt.ValidUntil = new(now.Add(m.validFor))
	}
	if err := s.Store.CreateNotification(ctx, attempt); err != nil {
		return err
	}
	out := Outgoing{InstitutionID: r.Institution.ID, ProviderID: m.providerID, AttemptID: attempt.ID, To: to, ValidFor: m.validFor}
	receipt, err := s.deliver(ctx, channel, out, m)
	return s.settle(ctx, attempt, r.Counted, receipt, err)
}

func (s *Service) deliver(ctx context.Context, channel Channel, o Outgoing, m content) (Receipt, error) {
	switch channel {
	case SMS:
		return s.Provider.SendText(ctx, o, m.text)
	case Voice:
		said, err := s.sealed(m.speech, o.AttemptID)
		if err != nil {
			return Receipt{}, NotSent(err)
		}
		return s.Provider.PlaceCall(ctx, o, said)
	default:
		m.mail.To = o.To
		if err := s.Mailer.Send(ctx, m.mail); err != nil {
			return Receipt{}, err
		}
		return Receipt{Status: "sent"}, nil
	}
}

// settle writes down what came of an attempt, also when the caller is gone.
func (s *Service) settle(ctx context.Context, attempt Notification, counted throttle.Counted, receipt Receipt, sendErr error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	switch {
	case sendErr == nil:
		receipt.Accepted = true
	case Unsent(sendErr):
		from := receipt.From
		receipt = Receipt{Status: "failed", ProviderID: receipt.ProviderID, Tried: receipt.Tried}
		if refused, ok := errors.AsType[*fault.Error](sendErr); ok {
			receipt.ErrorCode = refused.ProviderCode
		}
		if receipt.ErrorCode == OptedOutCode {
			receipt.From = from
		}
	default:
		s.Log.ErrorContext(ctx, "send without an answer: it may or may not have been accepted",
			"attempt", attempt.ID, "channel", attempt.Channel, "to", hideAddress(attempt.To), "error", sendErr)
		s.keepAllowance(ctx, attempt, counted)
		s.passedOver(ctx, attempt, receipt.Tried)
		if receipt.ProviderID == "" { // a mail
			return sendErr
		}
		if err := s.Store.SetAsked(ctx, attempt.InstitutionID, attempt.ID, receipt.ProviderID); err != nil {
			s.Log.ErrorContext(ctx, "which account was asked could not be written down", "attempt", attempt.ID, "error", err)
		}
		return sendErr
	}
	s.passedOver(ctx, attempt, receipt.Tried)
	s.mailed(ctx, attempt, sendErr)
	err := s.Store.SettleNotification(ctx, attempt.InstitutionID, attempt.ID, receipt, s.Clock.Now())
	if err != nil {
		// The message is out; the callback will settle the row.
		s.Log.ErrorContext(ctx, "a send could not be written down", "attempt", attempt.ID, "error", err)
	}
	return sendErr
}

// passedOver writes down which accounts could not send a code before the next was asked. The
// last that was asked is none of them where none sent it.
func (s *Service) passedOver(ctx context.Context, attempt Notification, tried []Try) {
	if attempt.Purpose == "" || len(tried) == 0 {
		return
	}
	events := make([]Event, len(tried))
	for i, t := range tried {
		events[i] = Event{
			AttemptID: attempt.ID, Slot: string(PassedOver) + " " + strconv.Itoa(i), Kind: PassedOver, At: s.Clock.Now(),
			Detail: fmt.Sprintf("%s %s %d", t.ProviderID, t.Code, t.ProviderCode),
		}
	}
	if err := s.Store.AddCodeEvents(ctx, events...); err != nil {
		s.Log.ErrorContext(ctx, "which accounts could not send could not be written down", "attempt", attempt.ID, "error", err)
	}
}

// keepAllowance keeps what a message was counted in, until it is known whether it left.
func (s *Service) keepAllowance(ctx context.Context, attempt Notification, counted throttle.Counted) {
	if counted.Key == "" || attempt.Channel == Email {
		return
	}
	if err := s.Store.CreateAllowance(ctx, attempt.ID, counted); err != nil {
		s.Log.ErrorContext(ctx, "what a message counted could not be written down", "attempt", attempt.ID, "error", err)
	}
}

// mailed writes down whether an address refuses mail, for staff to see.
func (s *Service) mailed(ctx context.Context, attempt Notification, sendErr error) {
	var since time.Time
	switch {
	case attempt.Channel != Email:
		return
	case fault.CodeOf(sendErr) == fault.ProviderError:
		since = s.Clock.Now()
	case sendErr != nil:
		return
	}
	if err := s.Store.SetMailRefused(ctx, attempt.UserID, attempt.To, since); err != nil {
		s.Log.ErrorContext(ctx, "whether an address refuses mail could not be written down", "attempt", attempt.ID, "error", err)
	}
}

func hideAddress(to string) string {
	if strings.Contains(to, "@") {
		return to[:1] + "•••" + to[strings.IndexByte(to, '@'):]
	}
	return phone.Mask(to)
}

// Callback is a status report of the provider, whose signature has been checked.
type Callback struct {
	InstitutionID string
	AttemptID     string
	Receipt       Receipt
}

// HandleCallback moves an attempt on. Reports come in any order and may repeat;
// a final status never goes back. NOT_FOUND for attempts of others.
func (s *Service) HandleCallback(ctx context.Context, c Callback) error {
	if !id.Is(id.Message, c.AttemptID) {
		return fault.Errorf(fault.NotFound, "There is no such message.")
	}
	return s.Store.SettleNotification(ctx, c.InstitutionID, c.AttemptID, c.Receipt, s.Clock.Now())
}
