package notification

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/phone"
)

// OptedOutCode is the provider's code of a text that it refuses because its recipient once
// replied STOP.
const OptedOutCode = 21610

// OptOut says that the owner of a number replied STOP to an institution's texts. Nothing is
// kept back for it: a text that is asked for is tried, and one that is accepted ends it.
type OptOut struct {
	// Sender is the number to which START has to be texted; empty where nobody knows.
	Sender    string
	Since     time.Time
	LearnedBy OptOutSource
}

// SenderFormatted returns the sender as people read it.
func (o *OptOut) SenderFormatted() string { return phone.Format(o.Sender) }

// OptOutSource is how an opt-out became known.
type OptOutSource string

// The sources.
const (
	ByStop    OptOutSource = "STOP"
	ByRefusal OptOutSource = "REFUSED"
)

// Inbound is a text that somebody sent to a number of an institution, whose signature has
// been checked.
type Inbound struct {
	InstitutionID string
	From, To      string
	// Keyword is what it asks for.
	Keyword Keyword
}

// Keyword is what a text asks for by consisting of one word alone.
type Keyword string

// The keywords that change something.
const (
	Stop  Keyword = "STOP"
	Start Keyword = "START"
)

var keywords = map[Keyword][]string{
	Stop:  {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"},
	Start: {"START", "YES", "UNSTOP"},
}

// KeywordOf returns what a text asks for, empty for nothing. What the provider has read in
// it goes before its words.
func KeywordOf(body, read string) Keyword {
	if read != "" {
		return Keyword(strings.ToUpper(strings.TrimSpace(read)))
	}
	word := strings.ToUpper(strings.TrimSpace(body))
	for k, words := range keywords {
		if slices.Contains(words, word) {
			return k
		}
	}
	return ""
}

// HandleInbound writes down that somebody opted out of an institution's texts, or in again.
// It may come twice. Texts carry no time: a START that comes after the STOP that followed it
// counts, and the next text, which is refused, mends that. INVALID_INPUT for what comes from
// no number.
func (s *Service) HandleInbound(ctx context.Context, in Inbound) error {
	if !phone.Valid(in.From) {
		return fault.Invalid("From", "This is not a phone number in E.164.")
	}
	switch in.Keyword {
	case Stop:
		return s.Store.SetOptOut(ctx, in.InstitutionID, in.From, OptOut{Sender: in.To, Since: s.Clock.Now(), LearnedBy: ByStop})
	case Start:
		return s.Store.ClearOptOut(ctx, in.InstitutionID, in.From, in.To)
	default:
		return nil
	}
}
