package twiliosandbox

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// pressedKey is the key that people press at a Gather.
	pressedKey = "1"
	// maxDocuments are the documents that a call goes through before it is hung up.
	maxDocuments = 10
)

// gather is a Gather: what it asks of its action, and how.
type gather struct {
	action      string
	useGet      bool
	takesKeys   bool // not speech alone
	finishOnKey string
	evenIfEmpty bool   // actionOnEmptyResult
	digits      string // what was pressed before the key that finishes
	finishedOn  string // the key that finished it
}

func readGather(start xml.StartElement) *gather {
	g := &gather{takesKeys: true, finishOnKey: "#"}
	for _, attr := range start.Attr {
		switch attr.Name.Local {
		case "action":
			g.action = strings.TrimSpace(attr.Value)
		case "method":
			g.useGet = strings.EqualFold(attr.Value, http.MethodGet)
		case "input":
			g.takesKeys = strings.Contains(attr.Value, "dtmf")
		case "finishOnKey":
			g.finishOnKey = attr.Value
		case "actionOnEmptyResult":
			g.evenIfEmpty = strings.EqualFold(attr.Value, "true")
		}
	}
	return g
}

// asks reports whether the Gather asks its action what comes next, given that its
// callee presses a key or doesn't. A key that only finishes it is no digit.
func (g *gather) asks(presses bool) bool {
	switch {
	case !presses || !g.takesKeys:
	case g.finishOnKey == pressedKey:
		g.finishedOn = pressedKey
	default:
		g.digits = pressedKey
	}
	return g.digits != "" || g.evenIfEmpty
}

// form is what the action is told beside what every request about a call says.
func (g *gather) form(c *call) url.Values {
	form := c.form(statusInProgress)
	form.Set("msg", "Gather End")
	form.Set("Digits", g.digits)
	form.Set("FinishedOnKey", g.finishedOn)
	return form
}

// getsThrough reports whether a person or a machine picks up.
func (c *call) getsThrough() bool {
	return c.presses() || c.outcome == outcomeNoKey || c.outcome == outcomeVoicemail
}

func (c *call) presses() bool { return c.outcome == statusCompleted }

// listen adds the words of a document to what the call heard.
func (c *call) listen(heard speech, now time.Time) {
	for _, code := range heard.warnings {
		c.note(code, true, now)
	}
	if c.said != "" && heard.said != "" {
		c.said += " "
	}
	c.said += heard.said
	c.gathered = heard.gathered
}

// converse answers the Gathers of a call that somebody picked up, each with the
// document of its action, until one has no further Gather, nobody is on the line
// any more or the conversation has become too long.
func (s *Sandbox) converse(c *call) {
	var base *url.URL // of the document at hand
	if c.script != nil {
		base, _ = url.Parse(c.script.url)
	}
	for range maxDocuments - 1 {
		s.mu.Lock()
		g, over := c.gathered, c.finished()
		s.mu.Unlock()
		if g == nil || over {
			return
		}
		action := s.answerGather(c, g, base)
		if action == nil || !s.wait(s.settle) {
			return
		}
		base = action
	}
	s.log.Warn("twilio sandbox: a call went through too many documents and was hung up", "path", c.path())
}

// answerGather asks a Gather's action what comes next and lets the callee hear it.
// It returns the action's address, nil where the call is over with it.
func (s *Sandbox) answerGather(c *call, g *gather, base *url.URL) *url.URL {
	action, err := url.Parse(g.action)
	if err == nil && base != nil {
		action = base.ResolveReference(action)
	}
	if err != nil || !action.IsAbs() {
		s.giveUp(c, 11100)
		return nil
	}
	twiml := s.fetchTwiML(&courier{sandbox: s, url: action.String(), token: c.token, path: c.path(), useGet: g.useGet}, g.form(c))
	if twiml == "" {
		s.giveUp(c, 11200)
		return nil
	}
	heard, err := hear(twiml, c.presses())
	if err != nil {
		s.giveUp(c, 12100)
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.finished() { // hung up meanwhile: nobody hears it
		return nil
	}
	c.listen(heard, s.clock.Now())
	s.version++
	return action
}

// giveUp notes the error that ends a call in its midst, if it isn't over yet.
func (s *Sandbox) giveUp(c *call, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !c.finished() {
		c.note(code, false, s.clock.Now())
	}
}
