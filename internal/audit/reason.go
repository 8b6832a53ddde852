package audit

import (
	"strings"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/text"
)

var breaks = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// CheckReason returns a reason that staff give for what they do without outer spaces: INVALID_INPUT, field "reason",
// unless it has 1 to 500 characters and no characters that can't be seen but line breaks.
func CheckReason(s string) (string, error) {
	s = strings.TrimSpace(s)
	if !text.IsName(breaks.Replace(s), 500) {
		return "", fault.Invalid("reason", "Give a reason of 1 to 500 characters, all of which can be seen.")
	}
	return s, nil
}
