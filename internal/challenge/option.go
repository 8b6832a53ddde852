package challenge

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Option is one way to meet a challenge.
type Option struct {
	ID   string
	Kind OptionKind
	// Label names the device in the language of the page, without giving it away.
	Label string
	// last is of the newest code of the challenge that was sent by it, of which only Find
	// tells.
	last *onetimecode.Last
	// device is nil for BACKUP_CODE and for the address of EMAIL_VERIFICATION.
	device device.Device
	// address is that address.
	address string
}

// SentAt returns when a code was last sent by it; nil for none that is known of.
func (o Option) SentAt() *time.Time {
	if !o.wasSent() {
		return nil
	}
	return &o.last.Date
}

// OptedOut reports whether it is by text, to a phone whose owner replied STOP.
func (o Option) OptedOut() bool {
	return o.stopped() != nil
}

// stopped returns the opt-out that keeps its texts back; nil for none.
func (o Option) stopped() *notification.OptOut {
	if p, ok := o.device.(*device.Phone); ok && o.Kind == SMS {
		return p.OptedOut
	}
	return nil
}

// wasSent reports whether a code may have left by it.
func (o Option) wasSent() bool {
	return o.last != nil && (o.last.Delivery() != notification.Never || o.last.SID != "")
}

// RetryAfterSeconds returns how long it takes at least until another code may be asked
// for; nil where SentAt is.
func (o Option) RetryAfterSeconds() *int {
	if !o.wasSent() {
		return nil
	}
	return new(int(math.Ceil(o.last.RetryAfter.Seconds())))
}

// Reason is why a way that the user has can't be used.
type Reason string

// The reasons.
const (
	NotPermitted Reason = "NOT_PERMITTED"
	Unconfirmed  Reason = "UNCONFIRMED"
	Paused       Reason = "PAUSED"
	Disabled     Reason = "DISABLED"
	NoneLeft     Reason = "NONE_LEFT"
	SameChannel  Reason = "SAME_CHANNEL"
	Suspended    Reason = "SUSPENDED"
	TooNew       Reason = "TOO_NEW"
)

// Unavailable is a way that the user has and can't use now.
type Unavailable struct {
	Kind   OptionKind
	Label  string
	Reason Reason
}

// ways are all that a user has to meet a challenge with.
type ways struct {
	options     []Option
	unavailable []Unavailable
	// closed is how many options wrong codes have closed in this browser.
	closed int
	// browser is the kind of browser that asks.
	browser throttle.Browser
}

func (w *ways) without(o Option, why Reason) {
	w.unavailable = append(w.unavailable, Unavailable{Kind: o.Kind, Label: o.Label, Reason: why})
}

// forReset takes out what resets no password: what comes by mail, as the link did,
// for a mailbox alone never is two factors, and what a recent backup code added.
func (w ways) forReset(now time.Time) ways {
	others := ways{unavailable: w.unavailable}
	for _, o := range w.options {
		switch added := o.device.Common().BackupCodeUsedAt; {
		case o.Kind == Email:
			others.without(o, SameChannel)
		case added != nil && auth.AfterBackupCode(*added, now) != nil:
			others.without(o, TooNew)
		default:
			others.options = append(others.options, o)
		}
	}
	return others
}

// backupCodes is the id of the one option that is no device's.
const backupCodes = string(BackupCode)

// wordsFor returns the words of the page that asks, or of the user if it does not say.
func wordsFor(ctx context.Context, u user.User) *message.Words {
	return message.In(auth.Language(ctx, u.Language))
}

// ownAddress is the one option of EMAIL_VERIFICATION.
func ownAddress(w *message.Words, u user.User) Option {
	return Option{
		ID: string(Email), Kind: Email, Label: fmt.Sprintf(w.MailTo, maskAddress(u.Email)), address: u.Email,
	}
}

// byDevice sorts a user's devices: the default first, then apps, which nobody can
// intercept on the way, then by age, mails, and last what is opted out of texts.
func byDevice(words *message.Words, inst institution.Institution, u user.User, devices []device.Device) ways {
	var w ways
	for _, d := range devices {
		o := optionOf(words, d)
		if why := refusal(inst, u, d, o.Kind); why != "" {
			w.without(o, why)
		} else {
			w.options = append(w.options, o)
		}
	}
	slices.SortStableFunc(w.options, func(a, b Option) int { return cmp.Compare(a.rank(), b.rank()) })
	return w
}

func (o Option) rank() int {
	switch {
	case o.OptedOut():
		return 4
	case o.device.Common().IsDefault:
		return 0
	case o.Kind == AuthenticatorApp:
		return 1
	case o.Kind == Email:
		return 3
	default:
		return 2
	}
}

func optionOf(w *message.Words, d device.Device) Option {
	o := Option{device: d}
	switch d := d.(type) {
	case *device.Authenticator:
		o.Kind, o.Label = AuthenticatorApp, fmt.Sprintf(w.AppCode, cmp.Or(d.Label, w.AnyApp))
	case *device.Email:
		o.Kind, o.Label = Email, fmt.Sprintf(w.MailTo, maskAddress(d.Address))
	case *device.Phone:
		o.Kind, o.Label = SMS, fmt.Sprintf(w.TextTo, phone.Mask(d.PhoneNumber))
		if d.CommunicationMethod() == device.Call {
			o.Kind, o.Label = Voice, fmt.Sprintf(w.CallTo, phone.Mask(d.PhoneNumber))
		}
	}
	o.ID = string(o.Kind) + ":" + d.Common().ID
	return o
}

// refusal tells why a device meets no challenge; empty if it does.
func refusal(inst institution.Institution, u user.User, d device.Device, kind OptionKind) Reason {
	method := map[OptionKind]institution.Method{
		SMS: institution.SMS, Voice: institution.Voice, Email: institution.Email, AuthenticatorApp: institution.AuthenticatorApp,
	}[kind]
	p, isPhone := d.(*device.Phone)
	base := d.Common()
	switch {
	case base.SuspendedAt != nil:
		return Suspended
	case base.DisabledAt != nil:
		return Disabled
	case !inst.Permits(method), isPhone && kind == Voice && p.NumberType() == device.VoIP && inst.VoIPRisk == nil:
		return NotPermitted
	case base.ConfirmedAt == nil && !provesByCode(u, kind):
		return Unconfirmed
	}
	return ""
}

// provesByCode reports whether a code for signing in may be the first proof that
// the user holds a device: only for what came with the account, before the user
// has a factor. An app is bound by its own first code, which staff who are invited enter
// here.
func provesByCode(u user.User, kind OptionKind) bool {
	return (kind != AuthenticatorApp || u.Invited()) && (u.Status == user.Registered || u.Status == user.Enrolling)
}

// maskAddress leaves an address's first letter and its host.
func maskAddress(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 1 {
		return "•••"
	}
	return string([]rune(address)[:1]) + "•••" + address[at:]
}

// offered returns the ways of a user that are open for a challenge in this browser
// now. Backup codes come last; a step-up takes none.
func (s *Service) offered(ctx context.Context, inst institution.Institution, u user.User, c Challenge) (ways, error) {
	if c.Step == EmailVerification {
		return ways{options: []Option{ownAddress(wordsFor(ctx, u), u)}}, nil
	}
	w, err := s.devices(ctx, inst, u, c)
	if err != nil {
		return ways{}, err
	}
	if w, err = s.withoutPaused(ctx, u, w); err != nil || c.Step == StepUp || u.Invited() {
		return w, err
	}
	held, err := s.BackupCodes.Held(ctx, inst, u)
	if err != nil {
		return ways{}, err
	}
	o := Option{ID: backupCodes, Kind: BackupCode, Label: wordsFor(ctx, u).BackupCode}
	switch held {
	case backupcode.SomeLeft:
		w.options = append(w.options, o)
	case backupcode.NotPermitted:
		w.without(o, NotPermitted)
	case backupcode.NoneLeft:
		w.without(o, NoneLeft)
	}
	return w, nil
}

// devices returns the ways by device, paused or not.
func (s *Service) devices(ctx context.Context, inst institution.Institution, u user.User, c Challenge) (ways, error) {
	devices, err := s.Store.ListDevices(ctx, inst.ID, []string{u.ID})
	if err != nil {
		return ways{}, err
	}
	if u.Waits() { // the devices may be a stranger's, who registered with the user's address
		devices = nil
	}
	w := byDevice(wordsFor(ctx, u), inst, u, devices)
	if c.NewPassword != "" {
		w = w.forReset(s.Clock.Now())
	}
	return w, nil
}

// withoutPaused takes out what wrong codes have paused, or switched off, for who
// is asking: a stranger's failures never show in the owner's browser.
func (s *Service) withoutPaused(ctx context.Context, u user.User, w ways) (ways, error) {
	ids := make([]string, len(w.options))
	for i, o := range w.options {
		ids[i] = o.device.Common().ID
	}
	b, err := s.browser(ctx, u)
	if err != nil {
		return ways{}, err
	}
	paused, off, err := s.Attempts.Closed(ctx, ids, b.kind)
	if err != nil {
		return ways{}, err
	}
	open := ways{unavailable: w.unavailable, closed: len(paused) + len(off), browser: b.kind}
	for _, o := range w.options {
		switch id := o.device.Common().ID; {
		case slices.Contains(off, id):
			open.without(o, Disabled)
		case slices.Contains(paused, id):
			open.without(o, Paused)
		default:
			open.options = append(open.options, o)
		}
	}
	return open, nil
}

// none reports whether the user has no way at all: not even one that wrong codes
// have closed, in this browser or for a while.
func (w ways) none() bool { return len(w.options)+w.closed == 0 }

// deviceOf returns the device that an option's id names; kinds that changed since
// the option was shown still name it.
func deviceOf(optionID string) string {
	_, deviceID, _ := strings.Cut(optionID, ":")
	return deviceID
}

// sentTo returns the way of a code to an option; ok is false for what needs none
// sent.
func (o Option) sentTo() (channel notification.Channel, to string, ok bool) {
	switch d := o.device.(type) {
	case *device.Phone:
		if o.Kind == Voice {
			return notification.Voice, d.PhoneNumber, true
		}
		return notification.SMS, d.PhoneNumber, true
	case *device.Email:
		return notification.Email, d.Address, true
	}
	return notification.Email, o.address, o.address != ""
}
