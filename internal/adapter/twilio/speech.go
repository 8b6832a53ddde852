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

// twiml writes what a call says: the institution, a pause, and the sentences
// twice. INVALID_INPUT if that is more than Twilio takes.
func twiml(s notification.Speech) (string, error) {
	written, err := xml.Marshal(response{Verbs: []any{
		say{Language: s.Locale, Text: strings.TrimRight(s.Institution, ". ") + "."},
		silence{Seconds: 1},
		say{Language: s.Locale, Loop: 2, Text: strings.Join(s.Sentences, " ")},
	}})
	if err != nil {
		return "", err
	}
	if utf8.RuneCount(written) > mostTwiML {
		return "", fault.Errorf(fault.InvalidInput, "This is more than a call can say.")
	}
	return string(written), nil
}
