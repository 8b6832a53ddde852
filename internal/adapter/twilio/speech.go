package twilio

import (
	"encoding/xml"
	"strings"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// mostTwiML is how many characters of TwiML a call may bring along.
const mostTwiML = 4000

// response is a TwiML document. It is written with encoding/xml, which escapes
// every name that an institution may have.
type response struct {
	XMLName xml.Name `xml:"Response"`
	Verbs   []any
}

type say struct {
	XMLName  xml.Name `xml:"Say"`
	Language string   `xml:"language,attr"`
	Loop     int      `xml:"loop,attr,omitempty"`
	Text     string   `xml:",chardata"`
}

type silence struct {
	XMLName xml.Name `xml:"Pause"`
	Seconds int      `xml:"length,attr"`
}

// gather waits for one key, which may be any.
type gather struct {
	XMLName     xml.Name `xml:"Gather"`
	Digits      int      `xml:"numDigits,attr"`
	FinishOnKey string   `xml:"finishOnKey,attr"`
	Timeout     int      `xml:"timeout,attr"`
	Action      string   `xml:"action,attr"`
	Verbs       []any
}

// keyTimeout is how long a call waits for a key, in seconds, each time that it asks.
const keyTimeout = 6

// Script writes what a call says: the institution, a pause, and the sentences twice. Where
// the speech is sealed it asks for a key instead, twice, and says the sentences when Twilio
// asks at an address what to say after it. INVALID_INPUT if that is more than Twilio takes.
func Script(s notification.Speech, later string) (string, error) {
	name := say{Language: s.Locale, Text: strings.TrimRight(s.Institution, ". ") + "."}
	verbs := []any{name, silence{Seconds: 1}, say{Language: s.Locale, Loop: 2, Text: strings.Join(s.Sentences, " ")}}
	if s.Sealed != "" {
		ask := func(first ...any) gather {
			return gather{Digits: 1, Timeout: keyTimeout, Action: later, Verbs: append(first, say{Language: s.Locale, Text: s.Ask})}
		}
		verbs = []any{ask(name, silence{Seconds: 1}), ask(), say{Language: s.Locale, Text: s.Unpressed}}
	}
	written, err := xml.Marshal(response{Verbs: verbs})
	if err != nil {
		return "", err
	}
	if utf8.RuneCount(written) > mostTwiML {
		return "", fault.Errorf(fault.InvalidInput, "This is more than a call can say.")
	}
	return string(written), nil
}

// Silence is the script of a call that ends at once.
const Silence = `<Response><Hangup></Hangup></Response>`
