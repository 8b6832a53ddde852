package twiliosandbox

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLookup_Numbers(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct{ asked, e164, country, national, problem string }{
		{"+12025550101", "+12025550101", "US", "(202) 555-0101", ""},
		{"2025550101", "+12025550101", "US", "(202) 555-0101", ""},
		{"+16135550101", "+16135550101", "CA", "(613) 555-0101", ""},
		{"+447700900104", "+447700900104", "GB", "07700 900104", ""},
		{"+442079460018", "+442079460018", "GB", "020 7946 0018", ""},
		{"+441632960001", "+441632960001", "GB", "01632 960001", ""},
		{"07700900104?CountryCode=GB", "+447700900104", "GB", "07700 900104", ""},
		{"+33612345678", "+33612345678", "FR", "06 12 34 56 78", ""},
		{"+353861234567", "+353861234567", "IE", "0861 234 567", ""},
		{"+1202555", "+1202555", "US", "", "TOO_SHORT"},
		{"+120255501011", "+120255501011", "US", "", "TOO_LONG"},
		{"+11025550101", "+11025550101", "US", "", "INVALID_BUT_POSSIBLE"},
		{"+999123456789", "+999123456789", "", "", "INVALID_COUNTRY_CODE"},
		{"+4477009", "+4477009", "GB", "", "TOO_SHORT"},
		{"hello", "hello", "", "", "NOT_A_NUMBER"},
	} {
		t.Run(tt.asked, func(t *testing.T) {
			r := b.get("/v2/PhoneNumbers/" + tt.asked)
			problems := []any{}
			if tt.problem != "" {
				problems = []any{tt.problem}
			}
			if r.status != 200 || r.text("phone_number") != tt.e164 || r.text("country_code") != tt.country || r.body["valid"] != (tt.problem == "") {
				t.Errorf("%d %s", r.status, r.raw)
			}
			if tt.national != "" && r.text("national_format") != tt.national {
				t.Errorf("national: %s", r.text("national_format"))
			}
			if diff := cmp.Diff(problems, r.body["validation_errors"]); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLookup_Packages(t *testing.T) {
	b := newBench(t)
	b.SetPhone("+12025550102", Phone{LineType: "landline", Carrier: "Old Wires"})
	for _, tt := range []struct {
		name, asked string
		want        map[string]any
	}{
		{"none unless asked", customer, map[string]any{"line_type_intelligence": nil, "caller_name": nil, "sim_swap": nil}},
		{"line type", customer + "?Fields=line_type_intelligence", map[string]any{"caller_name": nil, "line_type_intelligence": map[string]any{
			"type": "mobile", "carrier_name": "Sandbox Cell", "mobile_country_code": "310", "mobile_network_code": "999", "error_code": nil}}},
		{"line type of a landline", "+12025550102?Fields=line_type_intelligence", map[string]any{"line_type_intelligence": map[string]any{
			"type": "landline", "carrier_name": "Old Wires", "mobile_country_code": nil, "mobile_network_code": nil, "error_code": nil}}},
		{"both", customer + "?Fields=" + url.QueryEscape("line_type_intelligence,caller_name"), map[string]any{"caller_name": map[string]any{
			"caller_name": "SANDBOX 0101", "caller_type": "CONSUMER", "error_code": nil}}},
		{"caller name abroad", "+447700900104?Fields=caller_name", map[string]any{"caller_name": map[string]any{
			"caller_name": nil, "caller_type": nil, "error_code": 60607.0}}},
		{"line type of no number", "+1202?Fields=line_type_intelligence", map[string]any{"line_type_intelligence": map[string]any{
			"type": nil, "carrier_name": nil, "mobile_country_code": nil, "mobile_network_code": nil, "error_code": 60600.0}}},
		{"a package that is off", customer + "?Fields=sim_swap", map[string]any{"sim_swap": map[string]any{"error_code": 60606.0}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := b.get("/v2/PhoneNumbers/" + tt.asked)
			for name, want := range tt.want {
				if diff := cmp.Diff(want, r.body[name]); diff != "" {
					t.Errorf("%s: %s", name, diff)
				}
			}
		})
	}
	if r := b.get("/v2/PhoneNumbers/" + customer + "?Fields=horoscope"); r.status != 400 {
		t.Errorf("unknown package: %d", r.status)
	}
}
