package notification

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/factordesk/factordesk/internal/notification/explain"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// SendTestCode sends somebody a message without digits by the way that codes go, to show
// whether it arrives, under the id of the recipient's attempt. THROTTLED over the daily cap,
// confirmed numbers, too; UNAVAILABLE_IN_UAT; and what the provider says.
func (s *Service) SendTestCode(ctx context.Context, r Recipient) error {
	if s.UAT {
		return fault.Errorf(fault.UnavailableInUAT, "Acceptance tests send no texts and place no calls.")
	}
	r.Confirmed, r.Purpose, r.Keyless = false, Test, true
	if err := s.underCap(ctx, r); err != nil {
		return err
	}
	w, caller := message.In(r.Language), r.Institution.Caller(s.Brand)
	words := text.GSM(fmt.Sprintf(w.TestMessage, caller))
	err := s.send(ctx, r, content{
		kind: Alert, validFor: 10 * time.Minute, text: words,
		speech: Speech{Locale: w.Locale, Institution: caller, Sentences: []string{w.TestCall}, Keyless: true},
		logged: map[Channel]string{SMS: words, Voice: caller + ". " + w.TestCall},
	})
	return toStaff(err, "Twilio refused the test. ")
}

// toStaff says of a refusal of the provider what it means and what to do.
func toStaff(err error, what string) error {
	refused, ok := errors.AsType[*fault.Error](err)
	if !ok || refused.Code != fault.ProviderError {
		return err
	}
	why, told := explain.Code(refused.ProviderCode), *refused
	told.Message = what + why.Explanation + " " + why.Remedy
	return &told
}
