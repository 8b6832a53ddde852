package diagnosis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/notification/explain"
)

// device returns what is wrong with one device. What an earlier cause explains is not
// said again.
func (l look) device(d device.Device) []Finding {
	base, name := d.Common(), called(d)
	f := Finding{DeviceID: new(base.ID), Place: new(AtDevice), Severity: Bad}
	switch {
	case base.SuspendedAt != nil:
		f.Kind, f.Title = DeviceSuspended, name+" is suspended"
		f.Advice = "Its owner said of a notice that it was not them, and this device was confirmed about then. Restore it if it is theirs, reset it if it is not."
		return []Finding{f}
	case base.DisabledAt != nil:
		f.Kind, f.Title = DeviceOff, name+" is switched off"
		f.Advice = "Too many wrong codes switched it off. Once they are signed in by another way, they remove it and add it again."
		return []Finding{f}
	}
	var found []Finding
	if base.ConfirmedAt == nil && !l.enrolling() {
		f.Kind, f.Severity, f.Title = DeviceUnconfirmed, Warning, name+" is not confirmed"
		f.Advice = "They added it and never entered the code that it was sent, so it signs nobody in. They confirm it in their security settings, or remove it."
		found = append(found, f)
	}
	if base.PausedUntil != nil && l.now.Before(*base.PausedUntil) {
		f.Kind, f.Severity, f.Title = DevicePaused, Warning, name+" is paused"
		f.Advice = "Wrong codes paused it, and somebody who typed them knows the password. If it was not the user, have them change it. The pause ends by itself; once you are sure of the person, you can lift it."
		found = append(found, f)
	}
	if p, ok := d.(*device.Phone); ok {
		if p.OptedOut != nil && p.CommunicationMethod() == device.Text {
			found = append(found, stopped(p))
		} else {
			found = append(found, l.arrival(p)...)
		}
		found = append(found, numberType(p)...)
	}
	return found
}

// stopped says that a phone's owner wants no texts, which explains why the last ones failed.
func stopped(p *device.Phone) Finding {
	to := "the number that the texts came from"
	if p.OptedOut.Sender != "" {
		to = p.OptedOut.SenderFormatted()
	}
	return Finding{
		Kind: TextsStopped, Severity: Bad, DeviceID: new(p.ID), Place: new(AtDevice), Title: called(p) + " has stopped our texts",
		Advice: "Its owner replied STOP. Only they can undo it: have them text START to " + to + ", or use another way meanwhile.",
	}
}

// arrival says what became of the last messages to a phone, by the way that its codes
// go now.
func (l look) arrival(p *device.Phone) []Finding {
	channel, one := notification.Channel(device.Method(p)), strings.ToLower(string(p.CommunicationMethod()))
	messages := l.messages[way{p.PhoneNumber, channel}]
	status := func(n notification.Notification) notification.Status { return n.Status(l.now) }
	settled := slices.DeleteFunc(slices.Clone(messages), func(n notification.Notification) bool {
		return slices.Contains([]notification.Status{notification.Pending, notification.Sent, notification.Canceled}, status(n))
	})
	fails := func(n notification.Notification) bool {
		return status(n) == notification.Failed || status(n) == notification.Undelivered
	}
	if len(settled) == 0 || status(settled[0]) == notification.Delivered {
		return nil
	}
	f := Finding{Kind: MessagesFail, Severity: Bad, DeviceID: new(p.ID), Place: new(AtDevice)}
	if channel == notification.SMS && l.mayReadHistory {
		f.Place = new(AtHistory)
	}
	if !fails(settled[0]) {
		f.Kind, f.Severity = MessagesUnknown, Warning
		f.Title = fmt.Sprintf("Nobody knows whether the last %s to %s arrived", one, called(p))
		f.Advice = "Nothing was reported of it for an hour. Ask whether it came."
		return []Finding{f}
	}
	inARow := 1
	for inARow < len(settled) && fails(settled[inARow]) {
		inARow++
	}
	f.Title = fmt.Sprintf("The last %s to %s failed", one, called(p))
	if inARow > 1 {
		f.Title = fmt.Sprintf("The last %d %ss to %s failed", inARow, one, called(p))
	}
	e := explain.WithoutCode(explain.Outcome(status(settled[0])))
	if settled[0].ProviderStatus == notification.NeverLeft {
		e = explain.WithoutCode(explain.NeverLeft)
	}
	if code := settled[0].ErrorCode; code != 0 {
		e = explain.Code(code)
		e.Title += fmt.Sprintf(" (%d)", code)
	}
	f.Advice = e.Title + ". " + e.Remedy
	return []Finding{f}
}

func numberType(p *device.Phone) []Finding {
	f := Finding{DeviceID: new(p.ID), Place: new(AtDevice)}
	switch override, detected := p.NumberTypeOverride, p.DetectedNumberType; {
	case override != nil && detected != nil && override.NumberType != *detected:
		f.Kind, f.Severity = NumberTypeSet, Note
		f.Title = fmt.Sprintf("Staff set %s to %s", called(p), inWords[override.NumberType])
		f.Advice = fmt.Sprintf("It was detected as %s. Codes go by %s. If they don’t arrive, return it to the detected type.",
			inWords[*detected], strings.ToLower(string(p.CommunicationMethod())))
	case override == nil && detected == nil:
		f.Kind, f.Severity = NumberTypeUnknown, Warning
		f.Title = fmt.Sprintf("Number type of %s is unknown", called(p))
		f.Advice = "Its codes go by text. If it can’t take texts, switch it to calls."
	default:
		return nil
	}
	return []Finding{f}
}

var inWords = map[device.NumberType]string{device.Mobile: "mobile", device.Landline: "landline", device.VoIP: "internet phone (VoIP)"}
