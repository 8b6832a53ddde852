package notification

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// SendTest texts somebody through one account of the institution, switched on or not, to
// show that texts arrive by it. THROTTLED over the daily cap, confirmed numbers, too:
// nobody waits for it to sign in. PROVIDER_ERROR says what to do at the provider.
func (s *Service) SendTest(ctx context.Context, r Recipient, providerID string) error {
	r.Confirmed = false
	if err := s.underCap(ctx, r); err != nil {
		return err
	}
	words := text.GSM(r.Institution.Caller(s.Brand) + ": " + message.In(r.Language).TestText)
	err := s.send(ctx, r, content{
		kind: Alert, validFor: 10 * time.Minute, providerID: providerID, text: words, logged: map[Channel]string{SMS: words},
	})
	return toStaff(err, "Twilio refused the test. ")
}
