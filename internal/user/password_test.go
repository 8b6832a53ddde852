package user_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

func TestCheckPassword(t *testing.T) {
	known := []string{"Harbor Credit Union", "José", "García", "x@xn--bcher-kva.example", "cleo.archer@customer.example", "Cleo", "Archer"}
	for _, test := range []struct {
		name, password string
		good           bool
	}{
		{"12 characters", "kettle-moss7", true},
		{"11 characters", "kettle-moss", false},
		{"12 letters of two bytes", "äßöüéèñçøåœæ", true},
		{"200 characters", strings.Repeat("kettle-moss7 and ", 12)[:200], true},
		{"201 characters", strings.Repeat("kettle-moss7 and ", 12)[:201], false},
		{"words without any digit or sign", "kettlemossharborlantern", true},
		{"digits that nobody lists", "840275193648", false},
		{"a listed one", "1qaz2wsx3edc", false},
		{"a listed one in capitals", "1QAZ2WSX3EDC", false},
		{"a listed one with a year", "password2026!", false},
		{"a listed one, dressed up", "!!Sunshine1234", false},
		{"a listed one twice", "passwordpassword", false},
		{"a listed one twice, with digits", "monkeymonkey99", false},
		{"one character", "aaaaaaaaaaaaaaaa", false},
		{"four characters", "abcdabcdabcdabcd", false},
		{"the institution", "harborcreditunion1", false},
		{"the address", "Cleo.Archer-2026", false},
		{"the address, and enough besides", "Cleo.Archer-kettlemoss", true},
		{"her name without its accent", "josegarcia1234", false},
		{"her name with it", "JoséGarcía1234", false},
		{"her name in full-width letters", "ｊｏｓｅｇａｒｃｉａ1234", false},
		{"her name in full-width letters with an accent apart", "jose\u0301garci\u0301a1234", false},
		{"a listed one in full-width letters", "ｐａｓｓｗｏｒｄ２０２６！", false},
		{"a listed one with an accent", "pásswörd2026!", false},
		{"a listed one with digits of another script", "password٢٠٢٦!", false},
		{"her address in its other spelling", "bücher-example-26", false},
		{"11 characters, some of two", "ke\u0301ttle-moss", false},
		{"accents", "brújula cañón ñandú té", true},
		{"what is no text", "kettle-moss7\xff", false},
		{"nothing", "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := user.CheckPassword("newPassword", test.password, known...)

			if (err == nil) != test.good {
				t.Fatalf("got %v", err)
			}
			var f *fault.Error
			if err != nil && (!errors.As(err, &f) || f.Code != fault.InvalidInput || f.Field != "newPassword" || strings.Contains(f.Message, test.password) && test.password != "") {
				t.Errorf("got %#v", err)
			}
		})
	}
}
