// Package backupcode makes, voids and spends backup codes: what staff read out to
// a customer who can't get codes any other way. Making them is the riskiest act
// of the desk, so it takes two steps on the server too:
//
//	Prepare    names user, purpose, reason and how identity was checked; answers
//	           with a warning, what would be voided, and a token that is bound to
//	           all of it and to the staff user, for 5 minutes
//	Generate   spends the token: hashes a new set, voids the live one, tells the
//	           user that codes were made, and shows the codes, this once
//
// Where the institution permits it, users make codes for themselves, in one step:
// a set of their own, beside the one that staff made. See GenerateOwn.
//
// A code is 15 characters of Crockford's Base32, shown XXXXX-XXXXX-XXXXX. The
// first two select the row within the user's live set and are unique there; the
// other 13 are 65 random bits and are kept as an argon2id hash with a salt of its
// own. So a try costs one hash, and a dummy one where the selector is unknown.
//
// A sign-in matches what was typed, which takes long, and spends it in its own
// transaction by one conditional update: of any number of parallel tries exactly
// one wins.
package backupcode

import (
	"crypto/rand"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/platform/text"
)

// Purpose is why codes are made.
type Purpose string

// The purposes.
const (
	Lockout    Purpose = "LOCKOUT"
	Enrollment Purpose = "ENROLLMENT"
)

// IdentityCheck is how staff made sure of the person.
type IdentityCheck string

// The identity checks.
const (
	InPerson    IdentityCheck = "IN_PERSON"
	CallBack    IdentityCheck = "CALL_BACK"
	Document    IdentityCheck = "DOCUMENT"
	CallerCheck IdentityCheck = "CALLER_CHECK"
)

// Handover is how the codes reach the user: never by text or email.
type Handover string

// The handovers.
const (
	HandoverInPerson  Handover = "IN_PERSON"
	HandoverPhoneCall Handover = "PHONE_CALL"
)

// Origin is who made a set. A new set voids the live one of its origin only.
type Origin string

// The origins.
const (
	ByStaff Origin = "STAFF"
	BySelf  Origin = "SELF"
)

// Status is what became of a code.
type Status string

// The statuses.
const (
	Unused  Status = "UNUSED"
	Used    Status = "USED"
	Voided  Status = "VOIDED"
	Expired Status = "EXPIRED"
)

// Set is a set of codes, without their values.
type Set struct {
	ID            string
	InstitutionID string
	UserID        string
	Origin        Origin
	// Purpose, Reason, IdentityCheck and Handover are what staff state; users state
	// nothing.
	Purpose       Purpose
	Reason        string
	IdentityCheck IdentityCheck
	Handover      Handover
	// ByID is the staff user who made it, or the user.
	ByID        string
	GeneratedAt time.Time
	// ExpiresAt is nil for codes that do not expire.
	ExpiresAt *time.Time
	VoidedAt  *time.Time
	Codes     []Code
}

// Code is one code of a set, without its value.
type Code struct {
	ID       string
	Position int
	UsedAt   *time.Time
}

// Hashed is one code as it is stored.
type Hashed struct {
	ID       string
	Position int
	// Selector finds the row within the set.
	Selector string
	// Hash is an argon2id PHC string of the other 13 characters.
	Hash string
}

// status returns what became of a code at a time.
func (s Set) status(c Code, now time.Time) Status {
	expired := s.ExpiresAt != nil && !now.Before(*s.ExpiresAt)
	switch {
	case c.UsedAt != nil:
		return Used
	case s.VoidedAt != nil && (s.ExpiresAt == nil || s.VoidedAt.Before(*s.ExpiresAt)):
		return Voided
	case expired:
		return Expired
	default:
		return Unused
	}
}

// CodeStatus is what a client sees of a code.
type CodeStatus struct {
	Status Status
	UsedAt *time.Time
}

// Summary is what a client sees of a set.
type Summary struct {
	Origin      Origin
	Total       int
	Remaining   int
	GeneratedAt time.Time
	ExpiresAt   *time.Time
	// Purpose is nil where the user made the set.
	Purpose *Purpose
	Codes   []CodeStatus
}

// Summary returns what a client sees of the set at a time.
func (s Set) Summary(now time.Time) Summary {
	sum := Summary{
		Origin: s.Origin, Total: len(s.Codes), GeneratedAt: s.GeneratedAt, ExpiresAt: s.ExpiresAt,
		Codes: make([]CodeStatus, len(s.Codes)),
	}
	if s.Purpose != "" {
		sum.Purpose = &s.Purpose
	}
	for i, c := range s.Codes {
		sum.Codes[i] = CodeStatus{Status: s.status(c, now), UsedAt: c.UsedAt}
		if sum.Codes[i].Status == Unused {
			sum.Remaining++
		}
	}
	return sum
}

// alphabet is Crockford's Base32: no I, L, O and U.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	selectorLen = 2
	secretLen   = 13
	codeLen     = selectorLen + secretLen
	groupLen    = 5
)

// draw returns n codes whose selectors differ.
func draw(n int) []string {
	codes := make([]string, 0, n)
	seen := map[string]bool{}
	for len(codes) < n {
		b := make([]byte, codeLen)
		_, _ = rand.Read(b) // crypto/rand.Read never fails
		for i := range b {
			b[i] = alphabet[b[i]&31]
		}
		if code := string(b); !seen[code[:selectorLen]] {
			seen[code[:selectorLen]] = true
			codes = append(codes, code)
		}
	}
	return codes
}

// show returns a code in groups.
func show(code string) string {
	var groups []string
	for ; len(code) > groupLen; code = code[groupLen:] {
		groups = append(groups, code[:groupLen])
	}
	return strings.Join(append(groups, code), "-")
}

// shown returns codes in groups.
func shown(codes []string) []string {
	out := make([]string, len(codes))
	for i, code := range codes {
		out[i] = show(code)
	}
	return out
}

// parse returns the code that a person typed, forgiving case, spaces, dashes, the
// characters of other keyboards and the letters that look like digits; ok is false for
// what can be no code.
func parse(typed string) (code string, ok bool) {
	if len(typed) > 200 {
		return "", false
	}
	code = strings.Map(func(r rune) rune {
		switch r {
		case 'I', 'L':
			return '1'
		case 'O':
			return '0'
		}
		return r
	}, strings.ToUpper(text.Code(typed)))
	return code, len(code) == codeLen && strings.Trim(code, alphabet) == ""
}
