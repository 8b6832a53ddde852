package audit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// CheckReason returns a reason that staff give for what they do without outer spaces: INVALID_INPUT, field "reason",
// unless it has 1 to 500 characters and no control characters but line breaks.
func CheckReason(s string) (string, error) {
	s = strings.TrimSpace(s)
	control := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
	if n := utf8.RuneCountInString(s); n < 1 || n > 500 || !utf8.ValidString(s) || strings.ContainsFunc(s, control) {
		return "", fault.Invalid("reason", "Give a reason of 1 to 500 characters.")
	}
	return s, nil
}
