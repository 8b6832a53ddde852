package twiliosandbox

import (
	"net/url"
)

// fetchScript gets the TwiML of a call that somebody answers from its Url, which
// is on this machine or nowhere. Where none is to be had the call has none.
func (s *Sandbox) fetchScript(c *call) {
	s.mu.Lock()
	answered := c.script != nil && !c.finished() && c.outcome == statusCompleted
	form := c.form(statusInProgress)
	s.mu.Unlock()
	if !answered {
		return
	}
	target, err := url.Parse(c.script.url)
	if err != nil || !isLoopback(target.Hostname()) {
		s.log.Warn("twilio sandbox: TwiML not fetched, its address is not loopback", "path", c.path(), "host", hostOf(target))
		return
	}
	status, body, err := c.script.attempt(target, parcel{form: form, key: c.script.token, idempotency: newSID("")})
	if err != nil || status/100 != 2 {
		s.log.Warn("twilio sandbox: TwiML could not be fetched", "path", c.path(), "host", target.Host, "status", status)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.twiml = string(body)
}
