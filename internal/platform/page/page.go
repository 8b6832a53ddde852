// Package page makes the opaque cursors of keyset pages: the values of the
// last row's sort key, so that a page goes on where the one before it ended
// however many rows have come since.
package page

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Encode makes a cursor of a sort key.
func Encode(key ...string) string {
	b, _ := json.Marshal(key) // a list of strings always marshals
	return base64.RawURLEncoding.EncodeToString(b)
}

// Decode returns the sort key of a cursor, which has n parts: INVALID_INPUT, field
// "after", for anything that Encode did not make.
func Decode(c string, n int) ([]string, error) {
	invalid := fault.Invalid("after", "This cursor is not one that a page gave.")
	b, err := base64.RawURLEncoding.DecodeString(c)
	if err != nil || len(b) > 2048 {
		return nil, invalid
	}
	var key []string
	if json.Unmarshal(b, &key) != nil || len(key) != n {
		return nil, invalid
	}
	for _, part := range key {
		if strings.ContainsRune(part, 0) {
			return nil, invalid
		}
	}
	return key, nil
}

// Time writes a time as a part of a sort key.
func Time(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// ParseTime reads what Time wrote: INVALID_INPUT, field "after".
func ParseTime(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, fault.Invalid("after", "This cursor is not one that a page gave.")
	}
	return t.UTC(), nil
}

// MaxPage is the largest page that a client may ask for.
const MaxPage = 100

// First returns the size of a page: size if the client asks for none, INVALID_INPUT
// outside 1 to MaxPage.
func First(first *int, size int) (int, error) {
	switch {
	case first == nil:
		return size, nil
	case *first < 1 || *first > MaxPage:
		return 0, fault.Invalid("first", "Ask for 1 to %d at a time.", MaxPage)
	}
	return *first, nil
}
