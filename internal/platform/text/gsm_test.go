package text_test

import (
	"testing"

	"github.com/factordesk/factordesk/internal/platform/text"
)

func TestGSM(t *testing.T) {
	for name, want := range map[string]struct{ written, lost string }{
		"Harbor Credit Union":         {"Harbor Credit Union", ""},
		"Farmers’ & Miners’ Bank":     {"Farmers' & Miners' Bank", ""},
		"“Old Mill” – Savings":        {`"Old Mill" - Savings`, ""},
		"Bank—Trust‑Co − «Nord»":      {`Bank-Trust-Co - "Nord"`, ""},
		"Łódź Bank Młodych":           {"Lodz Bank Mlodych", ""},
		"€uro Kasse, £ & ¥":           {"€uro Kasse, £ & ¥", ""},
		"Crédit de l’Œuvre":           {"Crédit de l'OEuvre", ""},
		"Caja Única de Ahorro":        {"Caja Unica de Ahorro", ""},
		"Cafe\u0301 Bank":             {"Café Bank", ""},
		"Bank™ № 1 …":                 {"BankTM No 1 ...", ""},
		"Ｎｏｒｄ Ｂａｎｋ":                   {"Nord Bank", ""},
		"Straße ẞ Þór Đorđe":          {"Straße SS Thor Dorde", ""},
		"[Bank] {x} | y ~ z ` w \\ v": {"(Bank) (x) / y - z ' w / v", ""},
		"A\u00a0B\u2009C":             {"A B C", ""},
		"李银行 Bank 李":                  {"??? Bank ?", "李银行"},
		"Τράπεζα":                     {"???????", "Τράπεζα"},
	} {
		if got := text.GSM(name); got != want.written {
			t.Errorf("%s: written %q, want %q", name, got, want.written)
		}
		if got := text.LostInGSM(name); got != want.lost {
			t.Errorf("%s: lost %q, want %q", name, got, want.lost)
		}
	}
}
