package notification

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/factordesk/factordesk/internal/notification/mask"
)

// codeText is the template of the text that carries a code. The institution's
// name comes first, so that the recipient knows who writes; the six digits stand
// unbroken and alone, so that phones can offer to fill them in.
const codeText = "%s: %s is your code. Never give it to anyone who calls or writes to you."

// CodeText gives the text that carries a code, and what the log keeps of it.
func CodeText(institutionName, code string) (body, masked string) {
	name := gsm(institutionName)
	return fmt.Sprintf(codeText, name, code), fmt.Sprintf(codeText, name, mask.Hidden)
}

// Speech is what a call says: sentences with a pause between them, said twice.
type Speech struct {
	// Institution is said first.
	Institution string
	// Sentences follow.
	Sentences []string
}

// CodeSpeech gives the words of the call that carries a code, digit by digit,
// and what the log keeps of them.
func CodeSpeech(institutionName, code string) (said Speech, masked string) {
	digits := strings.Join(strings.Split(code, ""), ", ")
	return Speech{
		Institution: institutionName,
		Sentences:   []string{"Your code is " + digits + "."},
	}, institutionName + ". Your code is " + mask.Hidden + "."
}

// CodeMail gives the mail that carries a code in environments that send no texts,
// and what the log keeps of it.
func CodeMail(institutionName, code string, via Channel) (subject, body, masked string) {
	subject = "[UAT] Your code from " + institutionName
	text := "[UAT] %s: %s is your code. In production it would have gone to your phone by " +
		map[Channel]string{SMS: "text", Voice: "call"}[via] + "."
	return subject, fmt.Sprintf(text, institutionName, code), fmt.Sprintf(text, institutionName, mask.Hidden)
}

// ours recognises a text made from codeText of an institution and gives it
// masked.
func ours(institutionName, body string) (masked string, ok bool) {
	_, after, _ := strings.Cut(codeText, "%s: %s")
	prefix := gsm(institutionName) + ": "
	rest, found := strings.CutPrefix(body, prefix)
	if !found || !strings.HasSuffix(rest, after) {
		return "", false
	}
	return prefix + mask.Hidden + after, true
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

// gsm gives a text in the letters of the GSM 7-bit alphabet, so that a name in
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
