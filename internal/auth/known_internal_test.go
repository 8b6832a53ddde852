package auth

import (
	"strconv"
	"testing"
	"time"
)

func TestKnown_IsBounded(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	k := newKnown()
	for i := range 3 * mostKnown {
		token := strconv.Itoa(i)
		k.remember(token, knownCaller{Actor{Kind: Staff, SessionEndsAt: now.Add(time.Hour)}, now, now}, k.before())

		if _, ok := k.find(token, Staff, now); !ok || len(k.byToken) > mostKnown {
			t.Fatalf("after %d sessions: %d are known, the last is %t", i+1, len(k.byToken), ok)
		}
	}
}
