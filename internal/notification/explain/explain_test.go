package explain

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// catalogue lists the codes that need an entry by who can mend them: C customer,
// S staff, A institution admin, T provider, K carrier. 30010 is obsolete, and
// the provider answers for it.
const catalogue = `
	30001 A   30002 A   30003 C   30004 C   30005 CS  30006 S   30007 AT  30008 KT  30010 T   30017 K
	30018 A   30019 A   30022 A   30023 A   30027 A   30024 AT  30032 A   30033 AT  30034 A   30035 A
	30036 S   30037 AT  30038 C   30040 A   30042 A   30410 K   30450 ST  30453 ST  30485 ST  30454 A
	20003 A   20005 A   20403 A   10001 A   20429 A   20500 T   20503 T   21211 CS  21212 A   21606 A
	21659 A   21660 A   21265 S   21266 S   21408 A   21608 A   21610 C   21611 A   21612 A   21614 S
	21635 S   21617 A   21703 A   21704 A   21910 A
	10004 AT  10005 AT  21210 A   21219 A   21214 CS  21217 CS  13224 CS  21215 A   13227 A   21216 AT
	13225 AT  22001 A   22005 A   32014 K   32016 K   32017 AK  12100 A   13520 A   13521 A   11200 A
	11205 A
	60600 S   60610 S   60601 A   60606 AT  60699 AT  60607 S   60608 T   60613 T   60616 A   60611 A
	11008 A   18609 A`

func TestCode_Catalogue(t *testing.T) {
	names := map[rune]Who{'C': Customer, 'S': Staff, 'A': InstitutionAdmin, 'T': Provider, 'K': Carrier}
	var codes []int
	list := strings.Fields(catalogue)
	for i := 0; i < len(list); i += 2 {
		code, err := strconv.Atoi(list[i])
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, code)
		var who []Who
		for _, letter := range list[i+1] {
			who = append(who, names[letter])
		}
		if diff := cmp.Diff(who, Code(code).WhoCanFix); diff != "" {
			t.Errorf("%d: who can fix (-want +got)\n%s", code, diff)
		}
	}
	slices.Sort(codes)
	if diff := cmp.Diff(codes, Known()); diff != "" {
		t.Errorf("codes with an entry (-want +got)\n%s", diff)
	}
}

// No code is in two tables, where one would hide the other.
func TestTables_Disjoint(t *testing.T) {
	if n := len(delivery) + len(registration) + len(account) + len(sending) + len(voice) + len(lookup); n != len(known) {
		t.Errorf("the tables have %d rows for %d codes", n, len(known))
	}
}

func TestCode_Texts(t *testing.T) {
	all := []Error{WithoutCode(Failed), WithoutCode(Undelivered), WithoutCode(DeliveryUnknown), WithoutCode("SENT"), Code(0), Code(-1)}
	for _, code := range append(Known(), 1, 9999, 10999, 11000, 12345, 13000, 14107, 18000, 20999, 21999, 22000, 30999, 31000, 32999, 45000, 60200, 63016, 99999, 1<<31-1) {
		all = append(all, Code(code))
	}
	for _, e := range all {
		t.Run(strconv.Itoa(e.Code)+" "+e.Title, func(t *testing.T) {
			if e.Title == "" || len(e.Title) > 50 || strings.HasSuffix(e.Title, ".") {
				t.Errorf("title %q: want 1 to 50 bytes and no full stop", e.Title)
			}
			for _, text := range []string{e.Explanation, e.Remedy} {
				if text == "" || !strings.HasSuffix(text, ".") || strings.TrimSpace(text) != text || strings.Contains(text, "  ") {
					t.Errorf("want sentences with a full stop, got %q", text)
				}
			}
			if n := strings.Count(e.Explanation, ". "); n > 1 {
				t.Errorf("explanation has more than two sentences: %q", e.Explanation)
			}
			if len(e.WhoCanFix) == 0 {
				t.Error("nobody can fix it")
			}
			if want := "https://www.twilio.com/docs/errors/" + strconv.Itoa(e.Code); e.Code > 0 && e.DocsURL != want {
				t.Errorf("docs URL %q, want %q", e.DocsURL, want)
			}
			if !strings.HasPrefix(e.DocsURL, "https://www.twilio.com/docs/") {
				t.Errorf("docs URL %q", e.DocsURL)
			}
		})
	}
}

// Where the number can't take texts, the act that helps is the communication
// method.
func TestCode_SwitchToVoice(t *testing.T) {
	for _, code := range []int{30006, 21614, 21635} {
		if e := Code(code); !strings.HasPrefix(e.Remedy, "Switch the number to voice calls with the communication method") {
			t.Errorf("%d: remedy %q", code, e.Remedy)
		}
	}
}

func TestCode_Ranges(t *testing.T) {
	for _, test := range []struct {
		code  int
		title string
		who   Who
	}{
		{30999, "Message not delivered (30999)", Carrier},
		{21999, "Request refused (21999)", Staff},
		{20404, "Account or connection (20404)", InstitutionAdmin},
		{13999, "Call could not be made (13999)", InstitutionAdmin},
		{32999, "Call connection failed (32999)", Carrier},
		{60605, "Number check failed (60605)", Staff},
		{99999, "Provider error 99999", Provider},
		{7, "Provider error 7", Provider},
	} {
		t.Run(strconv.Itoa(test.code), func(t *testing.T) {
			e := Code(test.code)
			if e.Code != test.code || e.Title != test.title || e.WhoCanFix[0] != test.who {
				t.Errorf("got %d %q %v", e.Code, e.Title, e.WhoCanFix)
			}
			number := strconv.Itoa(test.code)
			if !strings.Contains(e.Explanation, number) || !strings.Contains(e.Remedy, number) || !strings.Contains(e.Remedy, "SID") {
				t.Errorf("want the code in both texts and the SID in the remedy, got %q %q", e.Explanation, e.Remedy)
			}
		})
	}
}

func TestCode_NoneGiven(t *testing.T) {
	for _, code := range []int{0, -1, -30003} {
		if diff := cmp.Diff(WithoutCode(Failed), Code(code)); diff != "" {
			t.Errorf("%d (-want +got)\n%s", code, diff)
		}
	}
}

func TestWithoutCode(t *testing.T) {
	if e := WithoutCode(DeliveryUnknown); !strings.Contains(e.Explanation, "more than an hour") {
		t.Errorf("explanation %q", e.Explanation)
	}
	if diff := cmp.Diff(WithoutCode(DeliveryUnknown), WithoutCode("CANCELED")); diff != "" {
		t.Errorf("an outcome unknown to it promises more (-want +got)\n%s", diff)
	}
}

// What a caller does to an answer reaches no other caller.
func TestCode_Independent(t *testing.T) {
	Code(30003).WhoCanFix[0] = Provider
	if got := Code(30003).WhoCanFix[0]; got != Customer {
		t.Errorf("got %s, want %s", got, Customer)
	}
}
