package twiliosandbox

import (
	"net/http"
	"strings"
)

// packages are the parts of a Lookup that only come when Fields asks for them.
var packages = []string{
	"caller_name", "call_forwarding", "identity_match", "line_status", "line_type_intelligence",
	"phone_number_quality_score", "pre_fill", "reassigned_number", "sim_swap", "sms_pumping_risk",
}

// routeLookup answers Lookup v2. Overrides and batches don't exist here.
func (s *Sandbox) routeLookup(r *http.Request, asked string) (int, any, *apiError) {
	a, refused := s.authenticate(r, "")
	if refused != nil {
		return 0, nil, refused
	}
	return get(r, func() (any, *apiError) {
		s.mu.Lock()
		defer s.mu.Unlock()
		switch {
		case strings.Contains(asked, "/"):
			return nil, notFound(r.URL.Path)
		case a.status != statusActive:
			return nil, refuse(http.StatusForbidden, 20005, "Account %s is not active", a.sid)
		}
		return s.lookup(asked, r.URL.Query().Get("CountryCode"), r.URL.Query().Get("Fields"))
	})
}

func (s *Sandbox) lookup(asked, country, fields string) (any, *apiError) {
	full := international(asked, country)
	n := readNumber(full)
	v := map[string]any{
		"calling_country_code": orNull(n.callingCode), "country_code": orNull(n.country),
		"phone_number": full, "national_format": nationalFormat(full),
		"valid": n.valid, "validation_errors": []string{},
		"url": "https://lookups.twilio.com/v2/PhoneNumbers/" + full,
	}
	if !n.valid {
		v["validation_errors"] = []string{n.problem}
	}
	for _, name := range packages {
		v[name] = nil
	}
	for name := range strings.SplitSeq(fields, ",") {
		name = strings.TrimSpace(name)
		if name == "" || name == "validation" {
			continue
		}
		if _, ok := v[name]; !ok || v[name] != nil {
			return nil, bad(20001, "Fields: %s is not a Lookup package", name)
		}
		v[name] = s.lookupPackage(name, full, n)
	}
	return v, nil
}

// lookupPackage answers one package; its errors are its own.
func (s *Sandbox) lookupPackage(name, full string, n phoneNumber) any {
	switch name {
	case "line_type_intelligence":
		return s.lineType(full, n)
	case "caller_name":
		v := map[string]any{"caller_name": nil, "caller_type": nil, "error_code": nil}
		switch {
		case !n.valid:
			v["error_code"] = 60600
		case n.callingCode != "1":
			v["error_code"] = 60607
		default:
			v["caller_name"], v["caller_type"] = "SANDBOX "+full[len(full)-4:], "CONSUMER"
		}
		return v
	}
	return map[string]any{"error_code": 60606} // a package that isn't enabled
}

func (s *Sandbox) lineType(full string, n phoneNumber) any {
	v := map[string]any{
		"type": nil, "carrier_name": nil, "mobile_country_code": nil, "mobile_network_code": nil, "error_code": nil,
	}
	if !n.valid {
		v["error_code"] = 60600
		return v
	}
	p := s.phone(full)
	v["type"], v["carrier_name"] = p.LineType, p.Carrier
	if p.LineType == "mobile" {
		codes := map[string][2]string{"1": {"310", "999"}, "44": {"234", "999"}}[n.callingCode]
		v["mobile_country_code"], v["mobile_network_code"] = orNull(codes[0]), orNull(codes[1])
	}
	return v
}

// international writes a number that may be national, of North America unless
// country says otherwise.
func international(asked, country string) string {
	if strings.HasPrefix(asked, "+") || country == "" || country == "US" || country == "CA" {
		return number(asked)
	}
	for code, r := range regions {
		if r.country == country {
			return "+" + code + strings.TrimPrefix(strings.NewReplacer(" ", "", "-", "").Replace(asked), r.trunk)
		}
	}
	return number(asked)
}
