package challenge

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// DeliveryState is what a user is told of the way of a code.
type DeliveryState string

// The states.
const (
	OnItsWay   DeliveryState = "ON_ITS_WAY"
	Arrived    DeliveryState = "ARRIVED"
	NotArrived DeliveryState = "NOT_ARRIVED"
)

// Delivery is what became of the newest code of a challenge, as its user may know it: nothing
// of the provider or the carrier.
type Delivery struct {
	// OptionID is the way by which it was sent.
	OptionID    string
	State       DeliveryState
	Explanation string
	// TryInstead is the id of the way to try next; nil where there is nothing to mend, and
	// no other way.
	TryInstead *string
	// WithoutKey is set where a call may be asked for once that wants no key.
	WithoutKey bool
}

// slow is how long a code may take before another way is offered beside it.
const slow = time.Minute

// delivery returns what became of the newest code, nil for none, and in browsers that do
// not know the user for all that may arrive yet: who has but the password must not learn
// whether a phone is on. It adds the way to the same phone that is offered instead.
func (s *Service) delivery(ctx context.Context, o opened, w *ways) *Delivery {
	at := -1
	for i, option := range w.options {
		if option.last != nil && (at < 0 || option.last.Date.After(w.options[at].last.Date)) {
			at = i
		}
	}
	if at < 0 {
		return nil
	}
	option, now := w.options[at], s.Clock.Now()
	last, words := option.last.Notification, wordsFor(ctx, o.user)
	d := &Delivery{OptionID: option.ID, State: stateOf(last), Explanation: said(words, last)}
	if w.browser != throttle.KnownBrowser {
		if d.State != NotArrived {
			return nil
		}
		d.Explanation = words.Delivery[string(last.Channel)+" "+string(NotArrived)]
	}
	late := d.State == OnItsWay && now.Sub(last.Date) > slow
	if late {
		d.Explanation = words.Delivery[string(last.Channel)+" SLOW"]
	}
	if d.State == NotArrived || late {
		d.WithoutKey = d.State == NotArrived && mayDropKey(option, *option.last) == nil
		if other, ok := instead(words, o.institution, o.user, option, last.Channel); ok {
			w.options = slices.Insert(w.options, at+1, other)
			d.TryInstead = &other.ID
		} else if at := slices.IndexFunc(w.options, func(other Option) bool { return wayTo(o.user, other) != wayTo(o.user, option) }); at >= 0 {
			d.TryInstead = &w.options[at].ID
		}
	}
	return d
}

func stateOf(n notification.Notification) DeliveryState {
	switch n.Delivery() {
	case notification.There:
		return Arrived
	case notification.UnderWay:
		return OnItsWay
	default:
		return NotArrived
	}
}

// said says what became of a code in the words of its user.
func said(w *message.Words, n notification.Notification) string {
	state := stateOf(n)
	if n.Channel == notification.Voice && state == NotArrived && n.Delivery() == notification.NotHeard {
		if why, ok := w.Delivery[string(n.Channel)+" "+string(state)+" "+string(n.Unheard())]; ok {
			return why
		}
	}
	return w.Delivery[string(n.Channel)+" "+string(state)]
}

// The ids of the other way to a phone begin with these.
const (
	callInstead = "CALL_INSTEAD"
	textInstead = "TEXT_INSTEAD"
)

// instead returns the other way to the phone of an option by which a code was sent: a call
// in place of a text, and a text in place of a call unless that is to a landline.
func instead(w *message.Words, inst institution.Institution, u user.User, o Option, sentBy notification.Channel) (Option, bool) {
	p, ok := o.device.(*device.Phone)
	if !ok {
		return Option{}, false
	}
	other := Option{ID: callInstead + ":" + p.ID, Kind: Voice, Label: fmt.Sprintf(w.CallTo, phone.Mask(p.PhoneNumber)), device: p}
	if sentBy == notification.Voice {
		other = Option{ID: textInstead + ":" + p.ID, Kind: SMS, Label: fmt.Sprintf(w.TextTo, phone.Mask(p.PhoneNumber)), device: p}
		ok = p.NumberType() != device.Landline
	}
	if other.Kind == o.Kind { // which was the other way itself
		return Option{}, false
	}
	return other, ok && refusal(inst, u, p, other.Kind) == ""
}

// otherWay returns the option that an id names of an option's phone.
func otherWay(ctx context.Context, o opened, optionID string) (Option, bool) {
	sentBy := notification.SMS
	if optionID == textInstead+":"+deviceOf(optionID) {
		sentBy = notification.Voice
	}
	other, ok := instead(wordsFor(ctx, o.user), o.institution, o.user, o.option, sentBy)
	return other, ok && other.ID == optionID
}

// mayDropKey reports, by an error, whether a call may be asked for that says the code without
// a key: by who picked the last one up and pressed none, to a confirmed phone, once.
func mayDropKey(o Option, last onetimecode.Last) error {
	if !last.Unpressed() || last.HadKeyless || o.device == nil || o.device.Common().ConfirmedAt == nil {
		return fault.Errorf(fault.Conflict, "A call without a key comes once, after one in which no key was pressed, to a phone that is confirmed.")
	}
	return nil
}
