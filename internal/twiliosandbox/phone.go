package twiliosandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	numbers "github.com/factordesk/factordesk/internal/platform/phone"
)

// Phone is what a number is and what becomes of what is sent to it.
type Phone struct {
	LineType string // Twilio's word; mobile unless set
	Carrier  string // Sandbox Cell unless set
	// Outcome of a text: delivered (unless set), sent, undelivered:30003,
	// failed:30001, reject:21610. A call's word given here sets CallOutcome.
	Outcome string
	// CallOutcome of a call: completed (unless set) is a person who listens and
	// presses a key where a Gather asks for one, no-key a person who only listens,
	// voicemail a machine that records; busy, no-answer and failed hear nothing.
	CallOutcome string
}

// Outcomes of texts.
const (
	outcomeDelivered   = statusDelivered
	outcomeSent        = statusSent
	outcomeUndelivered = statusUndelivered
	outcomeFailed      = statusFailed
	outcomeReject      = "reject"
)

// Outcomes of calls that no status tells: these end completed.
const (
	outcomeNoKey     = "no-key"
	outcomeVoicemail = "voicemail"
)

var (
	lineTypes = []string{
		"mobile", "landline", "fixedVoip", "nonFixedVoip", "tollFree", "personal",
		"premium", "sharedCost", "uan", "voicemail", "pager", "unknown",
	}
	callOutcomes = []string{statusCompleted, outcomeNoKey, outcomeVoicemail, statusBusy, statusNoAnswer, statusFailed}
)

// outcome is a text's fate, with Twilio's code where it fails.
type outcome struct {
	word string
	code int
}

// parseOutcome reads the outcome of a text.
func parseOutcome(text string) (outcome, error) {
	word, code, hasCode := strings.Cut(text, ":")
	switch word {
	case outcomeDelivered, outcomeSent:
		if !hasCode {
			return outcome{word: word}, nil
		}
	case outcomeUndelivered, outcomeFailed, outcomeReject:
		if n, err := strconv.Atoi(code); err == nil && n >= 10000 && n <= 99999 {
			return outcome{word, n}, nil
		}
	}
	return outcome{}, fmt.Errorf("%q is none of delivered, sent, undelivered:CODE, failed:CODE, reject:CODE, %s",
		text, strings.Join(callOutcomes, ", "))
}

// fieldError is a refused field of a control request.
type fieldError struct{ field, reason string }

func (e *fieldError) Error() string { return e.field + ": " + e.reason }

// settle sorts a call's word in Outcome to CallOutcome and checks every field
// that is given.
func (p Phone) settle() (Phone, error) {
	if slices.Contains(callOutcomes, p.Outcome) {
		if p.CallOutcome != "" && p.CallOutcome != p.Outcome {
			return p, &fieldError{"outcome", "disagrees with callOutcome"}
		}
		p.Outcome, p.CallOutcome = "", p.Outcome
	}
	if p.Outcome != "" {
		if _, err := parseOutcome(p.Outcome); err != nil {
			return p, &fieldError{"outcome", err.Error()}
		}
	}
	if p.CallOutcome != "" && !slices.Contains(callOutcomes, p.CallOutcome) {
		return p, &fieldError{"callOutcome", "is none of " + strings.Join(callOutcomes, ", ")}
	}
	if p.LineType != "" && !slices.Contains(lineTypes, p.LineType) {
		return p, &fieldError{"lineType", "is none of " + strings.Join(lineTypes, ", ")}
	}
	return p, nil
}

// handset is a phone and what it received. The sandbox's lock guards it.
type handset struct {
	number   string
	set      Phone // only what was set
	messages []*message
	calls    []*call
	// optedOutOf are the senders whose texts it stopped by a text of its own.
	optedOutOf []string
}

// SetPhone sets what a number is; empty fields stay as they are. A number or
// field that makes no sense is logged and changes nothing.
func (s *Sandbox) SetPhone(number string, p Phone) {
	if err := s.setPhone(number, p); err != nil {
		s.log.Error("twilio sandbox: phone not set", "number", numbers.Mask(number), "error", err)
	}
}

func (s *Sandbox) setPhone(number string, p Phone) error {
	if !e164.MatchString(number) {
		return &fieldError{"number", "is not an E.164 number"}
	}
	p, err := p.settle()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phones[number] == nil && len(s.phones) >= maxRecords {
		return &fieldError{"number", "is one phone too many"}
	}
	set := &s.handset(number).set
	for _, field := range []struct {
		to   *string
		text string
	}{
		{&set.LineType, p.LineType}, {&set.Carrier, p.Carrier},
		{&set.Outcome, p.Outcome}, {&set.CallOutcome, p.CallOutcome},
	} {
		if field.text != "" {
			*field.to = field.text
		}
	}
	s.version++
	return nil
}

// handset returns a number's handset, made if need be.
func (s *Sandbox) handset(number string) *handset {
	p := s.phones[number]
	if p == nil {
		p = &handset{number: number}
		s.phones[number] = p
	}
	return p
}

// dropIdle forgets a handset that holds nothing and was never set.
func (s *Sandbox) dropIdle(p *handset) {
	if p.set == (Phone{}) && len(p.messages) == 0 && len(p.calls) == 0 && len(p.optedOutOf) == 0 {
		delete(s.phones, p.number)
	}
}

// phone returns what a number is, with the defaults filled in. A landline takes
// no texts unless it was told otherwise.
func (s *Sandbox) phone(number string) Phone {
	p := Phone{LineType: "mobile", Carrier: "Sandbox Cell", Outcome: outcomeDelivered, CallOutcome: statusCompleted}
	known := s.phones[number]
	if known == nil {
		return p
	}
	if known.set.LineType == "landline" {
		p.Outcome = "undelivered:30006"
	}
	for _, field := range []struct {
		to   *string
		text string
	}{
		{&p.LineType, known.set.LineType}, {&p.Carrier, known.set.Carrier},
		{&p.Outcome, known.set.Outcome}, {&p.CallOutcome, known.set.CallOutcome},
	} {
		if field.text != "" {
			*field.to = field.text
		}
	}
	return p
}

// textOutcome is the fate of a text to number.
func (s *Sandbox) textOutcome(number string) outcome {
	o, _ := parseOutcome(s.phone(number).Outcome)
	return o
}
