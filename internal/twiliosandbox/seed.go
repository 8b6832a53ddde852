package twiliosandbox

import "time"

// Seeded is a message of the past.
type Seeded struct {
	AccountSID, SID string
	From, To, Body  string
	Status          string // in Twilio's words
	ErrorCode       int    // with failed and undelivered
	Created, Sent   time.Time
}

// Seed writes histories into Twilio's log. They are on no handset and call
// nobody back; a SID that exists is left alone.
func (s *Sandbox) Seed(messages ...Seeded) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, seeded := range messages {
		m := &message{
			sid: seeded.SID, accountSID: seeded.AccountSID, from: seeded.From, to: seeded.To,
			body: seeded.Body, text: seeded.Body, status: seeded.Status, errorCode: seeded.ErrorCode,
			segments: segments(seeded.Body),
			created:  seeded.Created.UTC(), updated: seeded.Created.UTC(), sent: seeded.Sent,
		}
		if !m.sent.IsZero() {
			m.sent, m.updated = m.sent.UTC(), m.sent.UTC()
		}
		s.messages.add(m)
	}
}
