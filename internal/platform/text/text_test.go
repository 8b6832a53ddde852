package text_test

import (
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/platform/text"
)

func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"Ann": true, "Ann Archer": true, "O’Brien-Łukasz": true, "Zoë": true, "Zoe\u0308": true, "山田": true, "محمد": true, "3": true, "♥": true,
		"می\u200cخواهم": true, "क्\u200dष": true, "ann\ufe0f": true,
		"": false, " ": false, "\u00a0": false, "\u0308": false, "\ufe0f": false, "\u200b": false, "\u3164": false, "\u2800x": true,
		"Ann\u202e": false, "Ann\u2066x\u2069": false, "Ann\u200f": false, "Ann\u00ad": false, "\ufeffAnn": false, "Ann\u2060": false, "A\U000e0041": false,
		"\u200dAnn": false, "Ann\u200c": false, "A\u200d\u200dB": false, "Ann\nArcher": false, "Ann\u2028": false, "A\x00": false, "A\xff": false,
		strings.Repeat("é", 100): true, strings.Repeat("é", 101): false,
	} {
		if got := text.IsName(name, 100); got != want {
			t.Errorf("%+q: %t", name, got)
		}
	}
}

func TestIsLine(t *testing.T) {
	for line, want := range map[string]bool{"": true, " ": true, "My phone": true, "My\u200bphone": false, "a\tb": false} {
		if got := text.IsLine(line, 50); got != want {
			t.Errorf("%+q: %t", line, got)
		}
	}
}
