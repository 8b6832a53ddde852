package twiliosandbox

import (
	"net/http"
	"strings"
	"testing"
)

const harborService = "MG0123456789abcdef0123456789abcdef"

func TestServices(t *testing.T) {
	b := newBench(t)
	numbers := func(service string) reply {
		return b.get("/v1/Services/" + service + "/PhoneNumbers")
	}
	if r := numbers(harborService); r.status != 200 || !strings.Contains(r.raw, `"key":"phone_numbers"`) || strings.Count(r.raw, `"phone_number":`) != 1 {
		t.Errorf("before any was ordered: %d %s", r.status, r.raw)
	}
	b.control("PUT", "/sandbox/account", `{"sid":"`+harborSID+`","services":{"`+harborService+`":[]}}`)
	if r := numbers(harborService); r.status != 200 || len(r.body["phone_numbers"].([]any)) != 0 {
		t.Errorf("without numbers: %d %s", r.status, r.raw)
	}
	if r := b.get("/v1/Services/" + harborService + "/ShortCodes"); r.status != 200 || len(r.body["short_codes"].([]any)) != 0 {
		t.Errorf("short codes: %d %s", r.status, r.raw)
	}
	if r := numbers("MG" + strings.Repeat("9", 32)); r.status != 404 || r.code() != 20404 {
		t.Errorf("another: %d %s", r.status, r.raw)
	}
	if r := numbers("nothing"); r.status != 404 {
		t.Errorf("none: %d %s", r.status, r.raw)
	}
	for code, service := range map[int]string{21703: harborService, 21701: "MG" + strings.Repeat("9", 32)} {
		form := textTo(customer, "MessagingServiceSid", service)
		form.Del("From")
		if r := b.post(messagesPath, form); r.status != 400 || r.code() != code {
			t.Errorf("a text by %s: %d %s", service, r.status, r.raw)
		}
	}
	if r, _ := b.do("GET", "/v1/Services/"+harborService+"/PhoneNumbers", "", "", "", ""); r.status != 401 {
		t.Errorf("without credentials: %d", r.status)
	}
}

func TestStatusPage(t *testing.T) {
	b := newBench(t)
	says := func(want string) {
		t.Helper()
		r, err := b.do("GET", "/api/v2/status.json", "", "", "", "")
		if err != nil || r.status != 200 || !strings.Contains(r.raw, want) {
			t.Errorf("%d %s %v", r.status, r.raw, err)
		}
	}
	says(`"status":{"description":"All Systems Operational","indicator":"none"}`)
	b.control("PUT", "/sandbox/account", `{"statusPage":"major"}`)
	says(`"indicator":"major"`)
	for host, want := range map[string]int{"status.twilio.com": 200, "api.twilio.com": 401} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.url+"/api/v2/status.json", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %d", host, res.StatusCode)
		}
	}
}
