package mask

import (
	"runtime"
	"strings"
	"testing"
)

func TestCodes_Idempotent(t *testing.T) {
	for _, m := range corpus(t, "alerts.txt", "codes.txt", "tricky.txt", "heldout.txt", "heldout2.txt", "heldout3.txt") {
		once := Codes(m.body)
		if twice := Codes(once); twice != once {
			t.Errorf("masking twice changes a message\n once  %q\n twice %q", once, twice)
		}
	}
}

func TestCodes_Bytes(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"empty", "", ""},
		{"invalid UTF-8 stays", "\xff\xfeYour code is 482913\xc3", "\xff\xfeYour code is ••••••\xc3"},
		{"NUL stays", "Your code is 482913\x00", "Your code is ••••••\x00"},
		{"NUL within a code stays behind it", "Your code is 482\x00913.", "Your code is ••••••\x00."},
		{"control characters stay", "Harbor\x07\x1b: payment of $50.00\r\n", "Harbor\x07\x1b: payment of $50.00\r\n"},
		{"joiners within a code go with it", "Your code is 4\u200d8\u200d2913.", "Your code is ••••••."},
		{"accents in two characters", "Co\u0301digo 482913", "Co\u0301digo ••••••"},
		{"hidden before", "Your code is ••••••.", "Your code is ••••••."},
		{"an account hidden by somebody else", "Account ••••••••4821: payment of $50.00", "Account ••••••••4821: payment of $50.00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Codes(test.body); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestCodes_SameLength(t *testing.T) {
	for _, code := range []string{"4829", "482913", "4829137710", "K7X9", "48 29 13", "G-482913"} {
		if got, want := Codes("Your code is "+code+"."), "Your code is "+Hidden+"."; got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}

// The work for a message of n pieces, in steps and in bytes of memory, is
// compared with that for one of 4n: it may grow four times, and not sixteen.
func TestCodes_Linear(t *testing.T) {
	for _, piece := range []string{
		"1", "1 ", "12 ", "1-", "1,", "1.2 ", "a1", "A1-", "A-", "code ", "code: ", "\n", " ", ":", "4829 ", "482913 ", "0 ", "+1 ", "(", "$1 ",
		"/a", "http://a/", "a=1&", "@a #1 ", "••••••", "•", "\x00", "1\x00", "\xff", "验证码", "年1", "x1234 ", "IN ", "DE89 3704 ", "word ", "A. ",
		"account 1234 and ", "\u0301", "1\u200d", "Nov 1, ", "1 A ", "verify account: 4829. ", "ABCD ", "code is ABCD ", "1 - ", "1, ", "a.b/1 ",
	} {
		const n = 2000
		small, smallBytes := work(strings.Repeat(piece, n))
		large, largeBytes := work(strings.Repeat(piece, 4*n))
		if large > 5*small+1000 || largeBytes > 7*smallBytes+1<<20 {
			t.Errorf("%q: %d steps and %d bytes for %d pieces, %d and %d for %d",
				piece, small, smallBytes, n, large, largeBytes, 4*n)
		}
	}
}

// work counts the steps and the allocated bytes of one pass.
func work(body string) (steps int, bytes uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, steps = pass(body)
	runtime.ReadMemStats(&after)
	return steps, after.TotalAlloc - before.TotalAlloc
}

func FuzzCodes(f *testing.F) {
	for _, m := range corpus(f, "alerts.txt", "codes.txt", "tricky.txt", "heldout.txt", "heldout2.txt", "heldout3.txt") {
		f.Add(m.body)
	}
	for _, s := range []string{"", "\x00", "\xff482913", "code: 1 2 3 4 5 6", "••••••1234", "code is ••••••A", "1-2-3-4", "@a.b #1", "A1-B2-", "+", "$", "1,2.3:4/5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		once := Codes(body)
		if twice := Codes(once); twice != once {
			t.Errorf("masking twice changes %q\n once  %q\n twice %q", body, once, twice)
		}
		if controls(once) != controls(body) {
			t.Errorf("%q: control characters changed: %q", body, once)
		}
		if got := Codes("Your code is 482913.\n" + body); strings.HasPrefix(got, "Your code is 482913") {
			t.Errorf("%q: the code before it shows: %q", body, got)
		}
	})
}

// controls returns the ASCII control characters of a message.
func controls(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] < ' ' && !strings.ContainsRune("\t\n\r", rune(s[i])) {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
