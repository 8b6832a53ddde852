package notification

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// Notice is something that happened to an account of which its owner is told,
// whether or not it was the owner's doing. A notice holds no code and no secret.
type Notice string

// The notices.
const (
	CodesMade          Notice = "CODES_MADE"
	CodesRevoked       Notice = "CODES_REVOKED"
	BackupCodeUsed     Notice = "BACKUP_CODE_USED"
	NumberTypeChanged  Notice = "NUMBER_TYPE_CHANGED"
	FactorPaused       Notice = "FACTOR_PAUSED"
	FactorOff          Notice = "FACTOR_OFF"
	FactorOffElsewhere Notice = "FACTOR_OFF_ELSEWHERE"
	ManyWrongPasswords Notice = "MANY_WRONG_PASSWORDS"
	ManyCodesAsked     Notice = "MANY_CODES_ASKED"
	AuthenticatorAdded Notice = "AUTHENTICATOR_ADDED"
	DeviceRemoved      Notice = "DEVICE_REMOVED"
	DeviceReset        Notice = "DEVICE_RESET"
	DeviceRestored     Notice = "DEVICE_RESTORED"
	PauseLifted        Notice = "PAUSE_LIFTED"
	PasswordChanged    Notice = "PASSWORD_CHANGED"
	SessionsEnded      Notice = "SESSIONS_ENDED"
	AccountFrozen      Notice = "ACCOUNT_FROZEN"
	AccountUnfrozen    Notice = "ACCOUNT_UNFROZEN"
	AccountClosed      Notice = "ACCOUNT_CLOSED"
	Registered         Notice = "REGISTERED"
	RegisteredAgain    Notice = "REGISTERED_AGAIN"
	DeviceAdded        Notice = "DEVICE_ADDED"
)

// All lists every notice; package words has what each says.
func All() []Notice {
	return []Notice{
		CodesMade, CodesRevoked, BackupCodeUsed, NumberTypeChanged, FactorPaused, FactorOff, FactorOffElsewhere, ManyWrongPasswords, ManyCodesAsked, AuthenticatorAdded,
		DeviceAdded, DeviceRemoved, DeviceReset, DeviceRestored, PauseLifted, PasswordChanged, SessionsEnded, AccountFrozen, AccountUnfrozen, AccountClosed,
		Registered, RegisteredAgain,
	}
}

// Deniable reports whether a notice is of something that its reader may want to
// stop by a link. What was stopped already is not, nor what only support can undo.
func (n Notice) Deniable() bool { return n != AccountFrozen && n != AccountClosed }

// content returns what tells a notice; caller is the name that texts and calls begin with.
func (n Notice) content(r Recipient, caller string) content {
	w := message.In(r.Language)
	what, do, doNumber, end := w.Notices[string(n)], w.Advice, w.AdviceNumber, w.NoticeEnd
	if n == AccountFrozen {
		do, doNumber, end = w.Call, w.CallNumber, w.FrozenEnd
	}
	if r.Institution.SupportPhone != "" {
		do = fmt.Sprintf(doNumber, phone.Format(r.Institution.SupportPhone))
	}
	link := ""
	if r.NotYou != "" {
		link = fmt.Sprintf(w.NotYou, r.NotYou) + "\n\n"
	}
	name := r.Institution.Name
	sms := text.GSM(caller + ": " + what + " " + do)
	return content{
		kind: SecurityNotice, validFor: 4 * time.Hour,
		text:   sms,
		speech: Speech{Locale: w.Locale, Institution: caller, Sentences: []string{what, do}},
		mail: Mail{
			Subject: fmt.Sprintf(w.NoticeSubject, name),
			Text:    what + "\n\n" + do + "\n\n" + link + end + "\n\n" + name + "\n",
		},
		logged: map[Channel]string{SMS: sms, Voice: caller + ". " + what + " " + do, Email: what + " " + do},
	}
}

// isNotice reports whether a text was made from a notice of an institution, in any
// language.
func isNotice(institutionName, body string) bool {
	rest, ok := strings.CutPrefix(body, text.GSM(institutionName)+": ")
	if !ok {
		return false
	}
	for _, l := range message.Languages() {
		for _, what := range message.In(l).Notices {
			if strings.HasPrefix(rest, text.GSM(what)) {
				return true
			}
		}
	}
	return false
}

// SendNotice tells a user. THROTTLED over the daily cap or when the provider
// asks to wait: the message was not sent then, and may be tried again.
func (s *Service) SendNotice(ctx context.Context, r Recipient, n Notice) error {
	if s.UAT && r.Channel != Email {
		return nil // the mail to the same user says it
	}
	if err := s.underCap(ctx, r); err != nil {
		return err
	}
	return s.send(ctx, r, n.content(r, r.Institution.Caller(s.Brand)))
}
