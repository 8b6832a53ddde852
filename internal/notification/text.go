package notification

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/factordesk/factordesk/internal/notification/mask"
	"github.com/factordesk/factordesk/internal/platform/message"
)

// CodeText returns the text that carries a code, and what the log keeps of it.
func CodeText(l message.Language, institutionName, code string) (body, masked string) {
	template, name := gsm(message.In(l).CodeText), gsm(institutionName)
	return fmt.Sprintf(template, name, code), fmt.Sprintf(template, name, mask.Hidden)
}

// Speech is what a call says: sentences with a pause between them, said twice.
type Speech struct {
	// Locale is the voice's, a tag of BCP 47.
	Locale string
	// Institution is said first.
	Institution string
	// Sentences follow.
	Sentences []string
}

// CodeSpeech returns the words of the call that carries a code, digit by digit,
// and what the log keeps of them.
func CodeSpeech(l message.Language, institutionName, code string) (said Speech, masked string) {
	w := message.In(l)
	digits := strings.Join(strings.Split(code, ""), ", ")
	return Speech{
		Locale: w.Locale, Institution: institutionName, Sentences: []string{fmt.Sprintf(w.CodeSpoken, digits)},
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
	text := before + w.CodeText + after
	return before + subject, fmt.Sprintf(text, institutionName, code), fmt.Sprintf(text, institutionName, mask.Hidden)
}

// ours recognises a text of an institution that carries a code, in any language,
// and returns it masked.
func ours(institutionName, body string) (masked string, ok bool) {
	prefix := gsm(institutionName) + ": "
	rest, found := strings.CutPrefix(body, prefix)
	if !found {
		return "", false
	}
	for _, l := range message.Languages() {
		_, after, _ := strings.Cut(gsm(message.In(l).CodeText), "%s: %s")
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

// gsm returns a text in the letters of the GSM 7-bit alphabet, so that a name in
// any script never turns a text of one segment into three: without the accents
// that the alphabet lacks, and with a question mark for what is no letter of it.
func gsm(s string) string {
	var b strings.Builder
	for _, r := range s {
		if !inGSM(r) {
			r, _ = utf8.DecodeRuneInString(norm.NFKD.String(string(r)))
		}
		if !inGSM(r) {
			r = '?'
		}
		b.WriteRune(r)
	}
	return b.String()
}

func inGSM(r rune) bool {
	if r >= ' ' && r <= '~' {
		return !strings.ContainsRune("`^{}[]~|\\", r)
	}
	return strings.ContainsRune("éèùìòÇØøÅåÆæßÉÄÖÑÜäöñüà£¥§¡¿", r)
}
