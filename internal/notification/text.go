package notification

import (
	"fmt"
	"strings"

	"github.com/factordesk/factordesk/internal/notification/mask"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// CodeText returns the text that carries a code, and what the log keeps of it.
func CodeText(l message.Language, institutionName, code string) (body, masked string) {
	template, name := text.GSM(message.In(l).CodeText), text.GSM(institutionName)
	return fmt.Sprintf(template, name, code), fmt.Sprintf(template, name, mask.Hidden)
}

// Speech is what a call says: the institution's name, and after a pause sentences, said
// twice.
type Speech struct {
	// Locale is the voice's, a tag of BCP 47.
	Locale string
	// Institution is said first.
	Institution string
	// Sentences follow: at once, or when somebody has pressed a key where Ask is not empty.
	Sentences []string
	// Ask asks for the key, and Unpressed is said where none was pressed.
	Ask, Unpressed string
	// Keyless has the sentences said without a key, unless a machine answers.
	Keyless bool
	// Sealed has the sentences for later, where the call waits for a key or for who answers.
	Sealed string
}

// CodeSpeech returns the words of the call that carries a code, digit by digit,
// and what the log keeps of them.
func CodeSpeech(l message.Language, institutionName, code string) (said Speech, masked string) {
	w := message.In(l)
	digits := strings.Join(strings.Split(code, ""), ", ")
	return Speech{
		Locale: w.Locale, Institution: institutionName, Sentences: []string{fmt.Sprintf(w.CodeSpoken, digits)},
		Ask: w.PressKey, Unpressed: w.NoKeyPressed,
	}, institutionName + ". " + fmt.Sprintf(w.CodeSpoken, mask.Hidden)
}

// CodeMail returns the mail that carries a code, and what the log keeps of it. In
// environments that send no texts it stands in for the one to a phone, and says so.
func CodeMail(l message.Language, institutionName, code string, via Channel) (subject, body, masked string) {
	w := message.In(l)
	subject, before, after := fmt.Sprintf(w.CodeSubject, institutionName), "", ""
	if via != Email {
		before, after = "[UAT] ", " "+map[Channel]string{SMS: w.InsteadOfText, Voice: w.InsteadOfCall}[via]
	}
	words := before + w.CodeText + after
	return before + subject, fmt.Sprintf(words, institutionName, code), fmt.Sprintf(words, institutionName, mask.Hidden)
}

// ours recognises a text of an institution that carries a code, in any language,
// and returns it masked.
func ours(institutionName, body string) (masked string, ok bool) {
	prefix := text.GSM(institutionName) + ": "
	rest, found := strings.CutPrefix(body, prefix)
	if !found {
		return "", false
	}
	for _, l := range message.Languages() {
		_, after, _ := strings.Cut(text.GSM(message.In(l).CodeText), "%s: %s")
		if strings.HasSuffix(rest, after) {
			return prefix + mask.Hidden + after, true
		}
	}
	return "", false
}

// MaskFound masks a body that was found at Twilio and says what kind of message
// it is.
func MaskFound(institutionName, body string) (string, Kind) {
	if masked, ok := ours(institutionName, body); ok {
		return masked, VerificationCode
	}
	masked := mask.Codes(body)
	switch {
	case masked != body, strings.Contains(body, mask.Hidden):
		return masked, VerificationCode
	case isNotice(institutionName, body):
		return masked, SecurityNotice
	default:
		return masked, Alert
	}
}
