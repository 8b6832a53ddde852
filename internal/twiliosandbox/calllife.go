package twiliosandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const maxTwiML = 4000

var callEvents = []string{"initiated", "ringing", "answered", "completed"}

func (s *Sandbox) createCall(a *account, r *http.Request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !a.mayUse() {
		return nil, refuse(http.StatusForbidden, 10001, "Account %s is not active", a.sid)
	}
	c, refused := s.draftCall(a, r.PostForm)
	if refused != nil {
		return nil, refused
	}
	if callback := r.PostForm.Get("StatusCallback"); callback != "" {
		c.courier = &courier{
			sandbox: s, url: callback, token: a.token, path: c.path(), mode: s.callbackMode(r, callback),
			useGet: strings.EqualFold(r.PostForm.Get("StatusCallbackMethod"), http.MethodGet),
		}
	}
	if detected := r.PostForm.Get("AsyncAmdStatusCallback"); detected != "" && c.async {
		c.detection = &courier{sandbox: s, url: detected, token: a.token, path: c.path()}
	}
	c.token = a.token
	if script := r.PostForm.Get("Url"); script != "" {
		c.script = &courier{
			sandbox: s, url: script, token: a.token, path: c.path(),
			useGet: strings.EqualFold(r.PostForm.Get("Method"), http.MethodGet),
		}
	}
	s.calls.add(c)
	s.run(func() { s.place(c) })
	return c.view(), nil
}

// draftCall makes the call that a form asks for.
func (s *Sandbox) draftCall(a *account, form url.Values) (*call, *apiError) {
	now := s.clock.Now()
	c := &call{
		sid: newSID("CA"), accountSID: a.sid, status: statusQueued, created: now, updated: now,
		from: number(form.Get("From")), to: number(form.Get("To")), twiml: form.Get("Twiml"),
		wanted: wantedEvents(form["StatusCallbackEvent"]),
	}
	if refused := c.checkNumbers(a, form); refused != nil {
		return nil, refused
	}
	switch script := form.Get("Url"); {
	case script == "" && form.Get("ApplicationSid") != "":
		return nil, bad(21205, "The sandbox has no applications: send Url or Twiml")
	case script != "":
		c.twiml = "" // Twilio ignores it beside a Url
		if checkCallbackURL("Url", script) != nil {
			return nil, bad(21205, "Url is not a valid URL: %s", script)
		}
	case c.twiml == "":
		return nil, bad(21205, "Url or Twiml parameter is required.")
	case utf8.RuneCountInString(c.twiml) > maxTwiML:
		return nil, bad(20001, "Twiml is longer than %d characters", maxTwiML)
	}
	for _, name := range []string{"StatusCallback", "AsyncAmdStatusCallback"} {
		if refused := checkCallbackURL(name, form.Get(name)); refused != nil {
			return nil, refused
		}
	}
	c.outcome = s.phone(c.to).CallOutcome
	c.detect(form)
	return c, nil
}

func (c *call) checkNumbers(a *account, form url.Values) *apiError {
	to, from := form.Get("To"), form.Get("From")
	switch {
	case to == "":
		return bad(21201, "No 'To' number is specified")
	case from == "":
		return bad(21213, "Caller phone number is required")
	}
	for _, code := range []int{magic(c.to, magicCallTo), magic(c.from, magicCallFrom)} {
		if code != 0 {
			return bad(code, "%s", title(code))
		}
	}
	switch {
	case !readNumber(c.to).valid:
		return bad(21217, "Phone number does not appear to be valid: %s", to)
	case !readNumber(c.from).valid:
		return bad(21212, "Invalid From Number (caller ID): %s", from)
	case c.from == magicSender:
		return nil
	case strings.HasPrefix(c.from, magicPrefix), !a.owns(c.from):
		return bad(21210, "Source phone number provided, %s, is not yet verified for your account. "+
			"You may only make calls from phone numbers that you've verified or purchased from Twilio.", from)
	}
	return nil
}

// wantedEvents reads StatusCallbackEvent, repeated or in one value.
func wantedEvents(values []string) []string {
	wanted := strings.Fields(strings.Join(values, " "))
	wanted = slices.DeleteFunc(wanted, func(event string) bool { return !slices.Contains(callEvents, event) })
	if len(wanted) == 0 {
		return []string{"completed"}
	}
	return wanted
}

// place rings, is answered or not, and speaks. Within two settles it is over, and
// one settle later for each answer to a Gather.
func (s *Sandbox) place(c *call) {
	half := s.settle / 2
	for _, next := range []struct {
		after  time.Duration
		before func(*call) // without the lock
		step   func(*call) bool
	}{
		{0, nil, s.initiate}, {half, nil, s.ring}, {s.settle - half, s.fetchScript, s.pickUp}, {s.settle, s.converse, s.hangUp},
	} {
		if !s.wait(next.after) {
			return
		}
		if next.before != nil {
			next.before(c)
		}
		s.mu.Lock()
		goesOn := !c.finished() && next.step(c)
		s.version++
		s.mu.Unlock()
		if !goesOn {
			return
		}
	}
}

// form is what every request about a call says of it.
func (c *call) form(status string) url.Values {
	return url.Values{
		"CallSid": {c.sid}, "CallStatus": {status}, "AccountSid": {c.accountSID}, "ApiVersion": {apiVersion},
		"From": {c.from}, "To": {c.to}, "Caller": {c.from}, "Called": {c.to}, "Direction": {"outbound-api"},
	}
}

func (s *Sandbox) initiate(c *call) bool {
	c.tell("initiated", false)
	return true
}

func (s *Sandbox) ring(c *call) bool {
	c.status, c.updated = statusRinging, s.clock.Now()
	c.tell("ringing", false)
	return true
}

// pickUp is where the outcome shows: somebody hears the words, or nobody does.
func (s *Sandbox) pickUp(c *call) bool {
	now := s.clock.Now()
	heard, err := hear(c.twiml, c.outcome == statusCompleted)
	switch {
	case !c.getsThrough():
		if c.outcome == statusFailed {
			c.note(32016, false, now)
		}
		s.finish(c, c.outcome, now)
	case c.script != nil && c.twiml == "":
		c.note(11200, false, now)
		s.finish(c, statusFailed, now)
	case err != nil:
		c.note(12100, false, now)
		s.finish(c, statusFailed, now)
	default:
		c.status, c.updated, c.started, c.received = statusInProgress, now, now, now
		c.listen(heard, now)
		p := s.handset(c.to)
		p.calls = append(p.calls, c)
		c.tell("answered", false)
		c.tellDetected(s.settle)
		return true
	}
	c.tell("completed", true)
	return false
}

func (s *Sandbox) hangUp(c *call) bool {
	s.finish(c, statusCompleted, s.clock.Now())
	c.tell("completed", true)
	return false
}

func (s *Sandbox) finish(c *call, status string, now time.Time) {
	if c.started.IsZero() {
		c.started = now
	}
	c.status, c.updated, c.over = status, now, now
	if status == statusCompleted && !c.received.IsZero() {
		c.price = "-0.01400"
	}
	s.version++
}

// tell calls back if the event was asked for.
func (c *call) tell(name string, last bool) {
	if !slices.Contains(c.wanted, name) {
		if last {
			c.courier.release()
		}
		return
	}
	status := c.status
	if name == "initiated" {
		status = name
	}
	form := c.form(status)
	form.Set("CallbackSource", "call-progress-events")
	form.Set("SequenceNumber", strconv.Itoa(c.sequence))
	form.Set("Timestamp", c.updated.Format(time.RFC1123Z))
	if name == "completed" {
		seconds := c.seconds()
		form.Set("CallDuration", strconv.Itoa(seconds))
		form.Set("Duration", strconv.Itoa((seconds+59)/60))
		form.Set("SipResponseCode", map[string]string{
			statusBusy: "486", statusNoAnswer: "487", statusCanceled: "487", statusFailed: "503",
		}[c.status])
		if form.Get("SipResponseCode") == "" {
			form.Set("SipResponseCode", "200")
		}
	}
	if c.answeredBy != "" && !c.received.IsZero() && (c.finished() || !c.async) {
		form.Set("AnsweredBy", c.answeredBy)
	}
	c.sequence++
	c.courier.post(event{form: form, last: last})
}
