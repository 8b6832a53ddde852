package notification

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// A message comes to be at Twilio within the time that a request may take, and the two
// clocks may differ a little. Codes to one number are 30 seconds apart at least.
const (
	madeBefore = 10 * time.Second
	madeWithin = 30 * time.Second
)

// match settles attempts that were never answered for by the texts or calls that Twilio
// lists: the nearest in time with the same words, each text for one attempt. So a text is
// shown once, under the attempt, with what became of it.
func (s *Service) match(ctx context.Context, institutionID, number string, c Channel, listed []Notification) error {
	if len(listed) == 0 {
		return nil
	}
	unanswered, err := s.Store.ListUnanswered(ctx, institutionID, number, c)
	if err != nil {
		return err
	}
	settled := map[string]bool{}
	for _, p := range pairs(unanswered, listed) {
		if settled[p.attempt.ID] || settled[p.text.SID] {
			continue
		}
		err := s.Store.SettleNotification(ctx, institutionID, p.attempt.ID, p.text.receipt(), p.text.UpdatedAt)
		switch fault.CodeOf(err) {
		case "":
			settled[p.attempt.ID], settled[p.text.SID] = true, true
		case fault.Conflict: // the text is another attempt's
			settled[p.text.SID] = true
		case fault.NotFound: // the attempt was answered for meanwhile
			settled[p.attempt.ID] = true
		default:
			return err
		}
	}
	return nil
}

// pair is an attempt and a text that may be what became of it.
type pair struct {
	attempt, text Notification
	apart         time.Duration
}

// receipt is what a message that was found says of the attempt that it came of.
func (n Notification) receipt() Receipt {
	return Receipt{AccountSID: n.AccountSID, SID: n.SID, From: n.From, Status: n.ProviderStatus, ErrorCode: n.ErrorCode, Segments: n.Segments, Price: n.Price, AnsweredBy: n.AnsweredBy}
}

// pairs returns all that may belong together, the nearest first. Twilio may have been
// told to keep no words, and keeps none of calls.
func pairs(attempts, texts []Notification) []pair {
	var found []pair
	for _, a := range attempts {
		for _, t := range texts {
			late := t.Date.Sub(a.Date)
			if late >= -madeBefore && late <= madeWithin && (t.Body == a.Body || t.Body == "") {
				found = append(found, pair{a, t, late.Abs()})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b pair) int { return cmp.Compare(a.apart, b.apart) })
	return found
}
