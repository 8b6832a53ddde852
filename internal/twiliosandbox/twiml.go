package twiliosandbox

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxSay   = 4096 // characters of one Say
	maxHeard = 64 << 10
	// loop="0" repeats until hang-up; people hang up after the third time.
	endlessLoop = 3
)

// speech is what a document says, and the notifications it leaves.
type speech struct {
	said     string
	warnings []int   // 13520, 13521
	gathered *gather // the Gather that ended it; nil where the words went to their end
}

var errTwiML = errors.New("document parse failure")

// hear parses TwiML and returns the words a callee hears: every Say as often as
// it loops, also inside Gather and the like, up to a Hangup or to the Gather that
// asks its action what comes next. One whose callee presses a key does.
func hear(twiml string, presses bool) (speech, error) {
	decoder := xml.NewDecoder(strings.NewReader(twiml)) //nolint:gosec // read token by token, into no object
	root, err := nextStart(decoder)
	if err != nil || root.Name.Local != "Response" {
		return speech{}, errTwiML
	}
	heard := listener{presses: presses}
	if err := heard.verbs(decoder); err != nil {
		return speech{}, errTwiML
	}
	if _, err := nextStart(decoder); !errors.Is(err, io.EOF) {
		return speech{}, errTwiML // more than one root
	}
	return speech{strings.Join(heard.sentences, " "), heard.warnings, heard.gathered}, nil
}

func nextStart(decoder *xml.Decoder) (xml.StartElement, error) {
	for {
		token, err := decoder.Token()
		if err != nil {
			return xml.StartElement{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			return t, nil
		case xml.CharData:
			if strings.TrimSpace(string(t)) != "" {
				return xml.StartElement{}, errTwiML
			}
		}
	}
}

type listener struct {
	sentences []string
	length    int
	warnings  []int
	presses   bool // a key at a Gather
	over      bool // hung up or gathered: nothing after it is heard
	gathered  *gather
}

// verbs reads to the end of the element that was opened.
func (l *listener) verbs(decoder *xml.Decoder) error {
	for {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := l.verb(decoder, t); err != nil {
				return err
			}
		}
	}
}

func (l *listener) verb(decoder *xml.Decoder, start xml.StartElement) error {
	switch start.Name.Local {
	case "Say":
		words, err := text(decoder)
		if err == nil {
			l.say(words, start)
		}
		return err
	case "Gather":
		err := l.verbs(decoder)
		if g := readGather(start); err == nil && !l.over && g.asks(l.presses) {
			l.over, l.gathered = true, g
		}
		return err
	case "Hangup", "Reject":
		l.over = true
	}
	return l.verbs(decoder)
}

// text is every word inside an element, also inside SSML, to its end.
func text(decoder *xml.Decoder) (string, error) {
	var words strings.Builder
	for depth := 1; depth > 0; {
		token, err := decoder.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			words.WriteString(pauseAt(t.Name))
		case xml.EndElement:
			depth--
			words.WriteString(pauseAt(t.Name))
		case xml.CharData:
			words.Write(t)
		}
	}
	return strings.Join(strings.Fields(words.String()), " "), nil
}

// pauseAt parts the words around a break, paragraph or sentence; other SSML
// stands within a sentence.
func pauseAt(name xml.Name) string {
	switch name.Local {
	case "break", "p", "s":
		return " "
	}
	return ""
}

func (l *listener) say(words string, start xml.StartElement) {
	loop := 1
	for _, attr := range start.Attr {
		if n, err := strconv.Atoi(attr.Value); attr.Name.Local == "loop" && err == nil && n >= 0 {
			loop = n
		}
	}
	if loop == 0 {
		loop = endlessLoop
	}
	switch {
	case l.over:
		return
	case words == "":
		l.warnings = append(l.warnings, 13520)
		return
	case utf8.RuneCountInString(words) > maxSay:
		l.warnings = append(l.warnings, 13521)
		return
	}
	for range loop {
		if l.length += len(words); l.length > maxHeard {
			return
		}
		l.sentences = append(l.sentences, words)
	}
}
