// Package challenge is the way in: a password, then a second factor.
//
//	SignIn     checks the password; answers with a challenge and its options, the
//	           devices of the user that can get a code, masked
//	SendCode   makes a code for one option, stores its MAC, commits, sends it
//	Verify     counts the try, compares, and in one transaction spends the code,
//	           completes the challenge and starts a session
//
// StartStepUp gives a challenge to someone who is signed in already, bound to the
// session; completing it makes the session's factor fresh, under a new token.
//
// A user that does not exist, a wrong password and a user of the other client
// look the same and take the same time. Every try counts before it is checked,
// in the database, so that parallel tries gain nothing.
package challenge

import (
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/phone"
	"github.com/factordesk/factordesk/internal/user"
)

// Step is what a challenge asks for.
type Step string

// The steps.
const (
	EmailVerification Step = "EMAIL_VERIFICATION"
	SecondFactor      Step = "SECOND_FACTOR"
	StepUp            Step = "STEP_UP"
)

// OptionKind is a way to meet a challenge.
type OptionKind string

// The kinds of option.
const (
	SMS              OptionKind = "SMS"
	Voice            OptionKind = "VOICE"
	Email            OptionKind = "EMAIL"
	AuthenticatorApp OptionKind = "AUTHENTICATOR_APP"
	BackupCode       OptionKind = "BACKUP_CODE"
)

// Challenge is one request for a second factor. Its id is a bearer of the proof
// that the password was right, so it is as random as a token.
type Challenge struct {
	// Token is what the client holds; the database has its hash.
	Token         string
	TokenHash     string
	InstitutionID string
	UserID        string
	Step          Step
	// SessionID is the session that a STEP_UP is for.
	SessionID   string
	CreatedAt   time.Time
	ExpiresAt   time.Time
	CompletedAt *time.Time
	// Options are in order of preference; they are not stored.
	Options []Option
}

// Option is one way to meet a challenge.
type Option struct {
	ID   string
	Kind OptionKind
	// Label names the device without giving it away.
	Label string
	phone *device.Phone
}

// Code is a one-time code on its way, without its value.
type Code struct {
	ChallengeHash string
	DeviceID      string
	// MAC authenticates the code for this challenge and device.
	MAC       []byte
	ExpiresAt time.Time
}

// options gives the ways in which a user may meet a challenge: the default device
// first, then by age.
func options(inst institution.Institution, devices []device.Device) []Option {
	var first, others []Option
	for _, d := range devices {
		p, ok := d.(*device.Phone)
		if !ok || p.DisabledAt != nil {
			continue
		}
		o, ok := phoneOption(inst, p)
		switch {
		case !ok:
		case p.IsDefault:
			first = append(first, o)
		default:
			others = append(others, o)
		}
	}
	return append(first, others...)
}

func phoneOption(inst institution.Institution, p *device.Phone) (Option, bool) {
	o := Option{ID: string(SMS) + ":" + p.ID, Kind: SMS, Label: "Text to " + phone.Mask(p.PhoneNumber), phone: p}
	if p.CommunicationMethod() == device.Text {
		return o, inst.Permits(institution.SMS)
	}
	o = Option{ID: string(Voice) + ":" + p.ID, Kind: Voice, Label: "Call to " + phone.Mask(p.PhoneNumber), phone: p}
	return o, inst.Permits(institution.Voice) && (p.NumberType() != device.VoIP || inst.VoIPRisk != nil)
}

// deviceOf gives the device that an option's id names; kinds that changed since
// the option was shown still name it.
func deviceOf(optionID string) string {
	_, deviceID, _ := strings.Cut(optionID, ":")
	return deviceID
}

func (k OptionKind) channel() notification.Channel {
	if k == Voice {
		return notification.Voice
	}
	return notification.SMS
}

// Proof is what a completed challenge gives: the session's new token, and who is
// signed in.
type Proof struct {
	Token string
	User  user.User
	// BrowserToken is set if the browser is to remember that its user completed
	// a sign-in here.
	BrowserToken string
}
