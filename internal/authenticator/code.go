package authenticator

import (
	"crypto/subtle"
	"time"

	"github.com/pquerna/otp/hotp"

	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/platform/text"
)

const (
	stepSeconds = 30
	secretBytes = 20
	codeDigits  = 6
	// longest bounds what is worth looking at, in bytes.
	longest = 100
	// maxDrift is how many steps an app's clock may be off, either way.
	maxDrift = 3
)

// Seen is what the codes of an app have shown.
type Seen struct {
	// LastStep is the latest step that was accepted; 0 before the first.
	LastStep int64
	// Drift is how many steps the app's clock is ahead.
	Drift int64
	// Late is whether the last code was one step behind: its clock has fallen
	// back, or its user types slowly. The second such code in a row decides.
	Late bool
}

// step numbers the 30 seconds that a time is in.
func step(t time.Time) int64 { return t.Unix() / stepSeconds }

// find returns what a code shows if it is right at a time and its step is later
// than the last one accepted.
func (s Seen) find(key secret.Text, typed string, now time.Time) (Seen, bool, error) {
	if len(typed) > longest {
		return s, false, nil
	}
	typed = text.Code(typed)
	if len(typed) != codeDigits {
		return s, false, nil
	}
	found := int64(-1)
	for _, candidate := range s.candidates(step(now)) {
		code, err := codeOf(key, candidate)
		if err != nil {
			return s, false, err
		}
		// All are compared, so that the time tells nothing.
		if subtle.ConstantTimeCompare([]byte(code), []byte(typed)) == 1 && candidate > s.LastStep {
			found = candidate
		}
	}
	if found < 0 {
		return s, false, nil
	}
	return s.learn(found, step(now)), true, nil
}

func codeOf(key secret.Text, step int64) (string, error) {
	return hotp.GenerateCode(key.Reveal(), uint64(step)) //nolint:gosec // steps are counted from 1970
}

// candidates are the steps whose codes are good at a step.
func (s Seen) candidates(now int64) []int64 {
	var steps []int64
	for off := int64(-maxDrift); off <= maxDrift; off++ {
		byDrift := off >= s.Drift-1 && off <= s.Drift+1
		byTime := off == 0 || off == -1
		if byDrift || byTime {
			steps = append(steps, now+off)
		}
	}
	return steps
}

// learn remembers an accepted step and what it says of the app's clock. No code
// comes early, so one that is ahead of what was known is believed at once.
func (s Seen) learn(accepted, now int64) Seen {
	off := accepted - now
	late := off < s.Drift
	if late && !s.Late {
		return Seen{LastStep: accepted, Drift: s.Drift, Late: true}
	}
	return Seen{LastStep: accepted, Drift: off}
}
