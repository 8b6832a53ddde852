package twiliosandbox

import (
	"fmt"
	"time"
)

// step is the next status and how long it takes to come.
type step struct {
	after  time.Duration
	status string
}

// course is the way of a message from its initial status to its last. Whatever
// the way, `sent` or `failed` comes one settle after the message set out.
func (m *message) course(initial string, sendIn, settle time.Duration) []step {
	quarter := settle / 4
	var steps []step
	rest := settle
	switch initial {
	case statusScheduled:
		steps = append(steps, step{sendIn, statusQueued})
	case statusAccepted:
		steps = append(steps, step{quarter, statusQueued})
		rest -= quarter
	}
	steps = append(steps, step{quarter, statusSending})
	rest -= quarter
	if m.outcome.word == outcomeFailed {
		return append(steps, step{rest, statusFailed})
	}
	steps = append(steps, step{rest, statusSent})
	switch m.outcome.word {
	case outcomeDelivered:
		steps = append(steps, step{settle, statusDelivered})
	case outcomeUndelivered:
		steps = append(steps, step{settle, statusUndelivered})
	}
	return steps
}

// carry takes a message along its course.
func (s *Sandbox) carry(m *message, sendIn time.Duration) {
	s.mu.Lock()
	steps := m.course(m.status, sendIn, s.settle)
	s.mu.Unlock()
	for i, next := range steps {
		if !s.wait(next.after) || !s.advance(m, next.status, i == len(steps)-1) {
			return
		}
	}
}

// advance returns a message its next status and reports whether it goes on.
func (s *Sandbox) advance(m *message, status string, last bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.status == statusCanceled {
		return false
	}
	suspended := !s.accounts[m.accountSID].mayUse() && status == statusSending
	if suspended {
		status, last, m.outcome.code = statusFailed, true, 30002
	}
	m.status, m.updated = status, s.clock.Now()
	switch status {
	case statusQueued: // a service has chosen its sender
		if m.from == "" {
			m.from = m.sender
		}
		m.segments = segments(m.text)
	case statusSending:
		m.sent = m.updated
	case statusSent:
		s.arrive(m)
	}
	if last {
		s.conclude(m)
	}
	if status != statusSending { // Twilio promises no callback for it
		m.courier.post(m.event(last))
	}
	s.version++
	return !suspended
}

// arrive shows a text on its handset, unless the phone is one that it won't reach.
func (s *Sandbox) arrive(m *message) {
	if m.outcome.word == outcomeUndelivered {
		return
	}
	m.received = m.updated
	p := s.handset(m.to)
	p.messages = append(p.messages, m)
}

// charge writes down what the message cost.
func (m *message) charge() { m.price = fmt.Sprintf("-%.5f", 0.0079*float64(m.segments)) }

// conclude writes down what Twilio knows only at the end.
func (s *Sandbox) conclude(m *message) {
	if m.sent.IsZero() {
		m.sent = m.updated
	}
	if m.status == statusUndelivered || m.status == statusFailed {
		m.errorCode = m.outcome.code
	}
	if m.status != statusFailed {
		m.charge()
	}
	if m.discard {
		m.body = ""
	}
}
