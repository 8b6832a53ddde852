package text_test

import (
	"slices"
	"testing"

	"github.com/factordesk/factordesk/internal/platform/text"
)

func TestTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"\u202a+44 7700 900104\u202c": "+44 7700 900104", "２４０２０２": "240202", "٢٤٠٢٠٢": "240202", "۲۴۰۲۰۲": "240202", "२४०२०२": "240202",
		"\u200e240202": "240202", "𝟚𝟜𝟘𝟚𝟘𝟚": "240202", "a\u2013b\u2014c\u2011d\u2212e\u2010f": "a-b-c-d-e-f", "\u00a0a\u2009b\u3000": "a b",
		"Ａｂ＋（０）": "Ab+(0)", "a\tb": "a b", "": "", "é": "é", "7ー7": "7-7", "a\u00adb": "ab", "a\x01": "a\x01",
	} {
		if got := text.Typed(typed); got != want {
			t.Errorf("%+q: %+q, want %+q", typed, got, want)
		}
	}
}

func TestCode(t *testing.T) {
	for typed, want := range map[string]string{
		"240-202": "240202", "240 202": "240202", "２４０２０２": "240202", "٢٤٠٢٠٢": "240202", "\u200e240202": "240202",
		"240\u2013202": "240202", " 2-4-0-2-0-2 ": "240202", "abc.12": "abc.12", "": "",
	} {
		if got := text.Code(typed); got != want {
			t.Errorf("%+q: %+q, want %+q", typed, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for given, want := range map[string]string{
		"Archer": "archer", "  Änn-María  ": "ann-maria", "van  der\tBerg": "van der berg", "Ｗｉｄｅ": "wide", "Anne\u2013Marie": "anne-marie",
		"İstanbul": "istanbul", "O’Archer": "oarcher", "O'Archer": "oarcher", "O`Archer": "oarcher", "Oʼ´Archer": "oarcher", "ﬁn": "fin",
		"ŁUKASZ Wałęsa": "lukasz walesa", "Bjørn Ǿster": "bjorn oster", "Weiß STRAẞE": "weiss strasse", "Ægir Ǽr": "aegir aer", "Đorđe": "dorde",
		"Œuvre": "oeuvre", "Þórður": "thordur", "Ħal": "hal", "Yıldız": "yildiz", "Ŧa": "ta", "": "", "Анна": "анна", "李": "李", "٠١٠٢": "0102",
	} {
		if got := text.Fold(given); got != want {
			t.Errorf("%q is compared as %q, want %q", given, got, want)
		}
	}
}

func TestAddress(t *testing.T) {
	for typed, want := range map[string]string{
		"ann@customer.example": "ann@customer.example", " Ann@Customer.Example\n": "ann@customer.example", "\u202aann@customer.example\u202c": "ann@customer.example",
		"ann@bücher.example": "ann@xn--bcher-kva.example", "ann@bu\u0308cher.example": "ann@xn--bcher-kva.example", "ann@BÜCHER.example": "ann@xn--bcher-kva.example",
		"ann@XN--BCHER-KVA.example": "ann@xn--bcher-kva.example", "ann@bücher。example": "ann@xn--bcher-kva.example", "ａｎｎ＠ｃｕｓｔｏｍｅｒ．example": "ann@customer.example",
		"zoe\u0308@customer.example": "zoë@customer.example", "ann+bank.o'x@customer.example": "ann+bank.o'x@customer.example", "анна@пример.example": "анна@xn--e1afmkfd.example",
		"山田@例え.example": "山田@xn--r8jz45g.example", "ann@faß.example": "ann@xn--fa-hia.example",
	} {
		if got, ok := text.Address(typed); !ok || got != want {
			t.Errorf("%+q: %+q, %t, want %+q", typed, got, ok, want)
		}
	}
	for _, typed := range []string{
		"", "ann", "@customer.example", "ann@", "ann@localhost", "ann@.example", "ann@customer..example", "ann@customer.example.", "ann.b@localhost",
		"ann@[192.0.2.1]", "ann@192.0.2.1", "ann@[IPv6:2001:db8::1]", "ann@1.2.3.077", "ann@customer.0",
		"аnn@customer.example", "ann@cuѕtomer.example", "ann@xn--cutomer-kog.example", "ann\u200b@customer.example", "ann@cust\u202eomer.example",
		"Ann <ann@customer.example>", "ann@customer.example\nBcc: x@c.example", "ann@customer.example\x00", "ann@b_d.example", "ann@-bad.example", "a b@customer.example",
	} {
		if got, ok := text.Address(typed); ok {
			t.Errorf("%+q is taken as %+q", typed, got)
		}
	}
}

func TestShown(t *testing.T) {
	for address, want := range map[string]string{
		"ann@xn--bcher-kva.example": "ann@bücher.example", "ann@customer.example": "ann@customer.example", "ann": "ann", "": "",
	} {
		if got := text.Shown(address); got != want {
			t.Errorf("%s is shown as %s", address, got)
		}
	}
}

func TestUsernames(t *testing.T) {
	for typed, want := range map[string][]string{
		" Ann@Customer.Example ": {"ann@customer.example"}, "Ann@Bücher.example": {"ann@xn--bcher-kva.example", "ann@bücher.example"}, " Ann ": {"ann"},
	} {
		if got := text.Usernames(typed); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
