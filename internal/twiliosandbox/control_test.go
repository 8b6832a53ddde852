package twiliosandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/platform/clock"
)

func TestControl_UnknownPhoneIsEmpty(t *testing.T) {
	b := newBench(t)
	want := `{"number":"+12025550101","lineType":"mobile","carrier":"Sandbox Cell","outcome":"delivered","callOutcome":"completed","messages":[],"calls":[]}`
	for _, path := range []string{"/sandbox/phones/+12025550101", "/sandbox/phones/%2B12025550101"} {
		if r := b.control("GET", path, ""); r.status != 200 || strings.TrimSpace(r.raw) != want {
			t.Errorf("%d %s", r.status, r.raw)
		}
	}
}

func TestControl_PhoneShowsWhatItReceived(t *testing.T) {
	now := clock.NewFake(time.Date(2026, 1, 2, 15, 4, 5, 678e6, time.UTC))
	b := newBench(t, func(c *Config) { c.Clock = now })
	first := b.send(customer)
	b.settled(messagePath(first), "delivered")
	second := b.send(customer, "Body", "the second")
	b.settled(messagePath(second), "delivered")
	call := b.post(callsPath, callTo(customer, "<Response><Say>Hello there.</Say></Response>")).text("sid")
	b.settled(callPath(call), "completed")

	at := "2026-01-02T15:04:05.678Z"
	want := phoneView{
		Number: customer, LineType: "mobile", Carrier: "Sandbox Cell", Outcome: "delivered", CallOutcome: "completed",
		Messages: []messageView{
			{second, "the second", harborFrom, "delivered", at},
			{first, "Harbor: 482913 is your code", harborFrom, "delivered", at},
		},
		Calls: []callView{{call, "Hello there.", harborFrom, "completed", at}},
	}
	if diff := cmp.Diff(want, b.phoneJSON(customer)); diff != "" {
		t.Error(diff)
	}
}

// With the pace of everyday use, a text is on the phone within a quarter of a
// second and everything is over within one.
func TestPace(t *testing.T) {
	s := New(Config{})
	defer s.Close()
	for _, initial := range []string{statusQueued, statusAccepted, statusScheduled} {
		for _, word := range []string{outcomeDelivered, outcomeSent, outcomeUndelivered, outcomeFailed} {
			var took, arrived time.Duration
			m := &message{outcome: outcome{word: word}}
			for _, step := range m.course(initial, 0, s.settle) {
				if took += step.after; step.status == statusSent || step.status == statusFailed {
					arrived = took
				}
			}
			if arrived != 200*time.Millisecond || took > time.Second {
				t.Errorf("%s %s: %v, %v", initial, word, arrived, took)
			}
		}
	}
}

func TestControl_PutPhone(t *testing.T) {
	b := newBench(t)
	path := "/sandbox/phones/" + customer
	for _, tt := range []struct {
		body string
		want [4]string // lineType, carrier, outcome, callOutcome
	}{
		{`{"lineType":"landline"}`, [4]string{"landline", "Sandbox Cell", "undelivered:30006", "completed"}},
		{`{"carrier":"Acme"}`, [4]string{"landline", "Acme", "undelivered:30006", "completed"}},
		{`{"outcome":"sent"}`, [4]string{"landline", "Acme", "sent", "completed"}},
		{`{"outcome":"busy"}`, [4]string{"landline", "Acme", "sent", "busy"}},
		{`{"lineType":"mobile","outcome":"reject:21610","callOutcome":"no-answer"}`, [4]string{"mobile", "Acme", "reject:21610", "no-answer"}},
		{`{}`, [4]string{"mobile", "Acme", "reject:21610", "no-answer"}},
		{`{"outcome":"voicemail"}`, [4]string{"mobile", "Acme", "reject:21610", "voicemail"}},
		{`{"callOutcome":"no-key"}`, [4]string{"mobile", "Acme", "reject:21610", "no-key"}},
	} {
		r := b.control("PUT", path, tt.body)
		got := [4]string{r.text("lineType"), r.text("carrier"), r.text("outcome"), r.text("callOutcome")}
		if r.status != 200 || got != tt.want {
			t.Errorf("%s: %d %s", tt.body, r.status, r.raw)
		}
	}
}

func TestControl_RefusesAndNamesTheField(t *testing.T) {
	b := newBench(t)
	phone := "/sandbox/phones/" + customer
	for _, tt := range []struct{ method, path, body, field string }{
		{"PUT", phone, `{"outcome":"lost"}`, "outcome"},
		{"PUT", phone, `{"outcome":"undelivered"}`, "outcome"},
		{"PUT", phone, `{"outcome":"undelivered:abc"}`, "outcome"},
		{"PUT", phone, `{"outcome":"delivered:30001"}`, "outcome"},
		{"PUT", phone, `{"outcome":""}`, "outcome"},
		{"PUT", phone, `{"outcome":7}`, "outcome"},
		{"PUT", phone, `{"callOutcome":"delivered"}`, "callOutcome"},
		{"PUT", phone, `{"outcome":"no-key","callOutcome":"voicemail"}`, "outcome"},
		{"PUT", phone, `{"lineType":"MOBILE"}`, "lineType"},
		{"PUT", phone, `{"colour":"red"}`, "colour"},
		{"PUT", "/sandbox/phones/12025550101", `{}`, "number"},
		{"GET", "/sandbox/phones/joe", ``, "number"},
		{"PUT", phone, `[]`, ""},
		{"PUT", phone, `{"outcome":"sent"} extra`, ""},
		{"PUT", phone, `{"carrier":"` + strings.Repeat("a", 70<<10) + `"}`, ""},
		{"POST", "/sandbox/faults", `{}`, "status"},
		{"POST", "/sandbox/faults", `{"status":99}`, "status"},
		{"POST", "/sandbox/faults", `{"status":503,"path":"2010-04-01"}`, "path"},
		{"POST", "/sandbox/faults", `{"cut":"middle"}`, "cut"},
		{"POST", "/sandbox/faults", `{"cut":"after","status":500}`, "cut"},
		{"POST", "/sandbox/faults", `{"callback":"late"}`, "callback"},
		{"POST", "/sandbox/faults", `{"latencyMs":-1}`, "latencyMs"},
		{"POST", "/sandbox/faults", `{"status":429,"retryAfter":-1}`, "retryAfter"},
		{"POST", "/sandbox/faults", `{"status":429,"retryAfter":86401}`, "retryAfter"},
		{"POST", "/sandbox/faults", `{"status":429,"retryAfter":"soon"}`, "retryAfter"},
		{"POST", "/sandbox/faults", `{"retryAfter":5}`, "retryAfter"},
		{"POST", "/sandbox/faults", `{"cut":"before","retryAfter":5}`, "retryAfter"},
		{"POST", "/sandbox/faults", `{"status":503,"times":-1}`, "times"},
		{"POST", "/sandbox/faults", `{"status":"503"}`, "status"},
		{"PUT", "/sandbox/account", `{"status":"asleep"}`, "status"},
		{"PUT", "/sandbox/account", `{"balance":"much"}`, "balance"},
		{"PUT", "/sandbox/account", `{"sid":"AC9"}`, "sid"},
		{"PUT", "/sandbox/account", `{"authFails":"yes"}`, "authFails"},
		{"PUT", "/sandbox/account", `{"authToken":"no token"}`, "authToken"},
		{"PUT", "/sandbox/account", `{"statusPage":"bad"}`, "statusPage"},
		{"PUT", "/sandbox/account", `{"smsUrl":"https://bank.example/"}`, "smsUrl"},
		{"PUT", "/sandbox/account", `{"smsUrl":"ftp://localhost/"}`, "smsUrl"},
		{"PUT", "/sandbox/account", `{"smsUrl":7}`, "smsUrl"},
		{"POST", inboundPath, `{"body":"STOP"}`, "to"},
		{"POST", inboundPath, `{"to":"+12025550177","body":"STOP"}`, "to"},
		{"POST", inboundPath, `{"to":"` + harborFrom + `"}`, "body"},
		{"POST", inboundPath, `{"to":"` + harborFrom + `","body":"` + strings.Repeat("a", 1601) + `"}`, "body"},
		{"POST", inboundPath, `{"to":"` + harborFrom + `","body":"STOP","from":"+12025550102"}`, "from"},
		{"POST", inboundPath, `{"to":["` + harborFrom + `"],"body":"STOP"}`, "to"},
		{"POST", "/sandbox/phones/joe/messages", `{"to":"` + harborFrom + `","body":"STOP"}`, "number"},
		{"POST", inboundPath, `STOP`, ""},
		{"PUT", "/sandbox/account", `{"services":{"PN1":[]}}`, "services"},
	} {
		t.Run(tt.body, func(t *testing.T) {
			r := b.control(tt.method, tt.path, tt.body)
			if r.status != 400 || r.text("field") != tt.field || r.text("error") == "" {
				t.Errorf("%d %s", r.status, r.raw)
			}
		})
	}
}

func TestControl_Account(t *testing.T) {
	b := newBench(t)
	balance := func(sid, token string) reply {
		r, err := b.do("GET", apiPrefix+sid+"/Balance.json", sid, token, "", "")
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	b.control("PUT", "/sandbox/account", `{"sid":"`+harborSID+`","balance":"1.20"}`)
	if h, s := balance(harborSID, harborToken), balance(summitSID, summitToken); h.text("balance") != "1.20" || s.text("balance") != "100.00" {
		t.Errorf("%s %s", h.raw, s.raw)
	}
	r := b.control("PUT", "/sandbox/account", `{"balance":-3.5,"authFails":true}`)
	if r.status != 200 || len(r.body["accounts"].([]any)) != 2 || strings.Contains(r.raw, harborToken) {
		t.Errorf("%d %s", r.status, r.raw)
	}
	if h := balance(harborSID, harborToken); h.status != 401 || h.code() != 20003 {
		t.Errorf("%d %s", h.status, h.raw)
	}
	b.control("PUT", "/sandbox/account", `{"authFails":false}`)
	if h := balance(harborSID, harborToken); h.text("balance") != "-3.5" {
		t.Errorf("%s", h.raw)
	}
	r = b.control("PUT", "/sandbox/account", `{"sid":"`+harborSID+`","authToken":"rotatedtoken1"}`)
	if r.status != 200 || strings.Contains(r.raw, "rotatedtoken1") {
		t.Errorf("%d %s", r.status, r.raw)
	}
	if old, fresh, s := balance(harborSID, harborToken), balance(harborSID, "rotatedtoken1"), balance(summitSID, summitToken); old.code() != 20003 || fresh.status != 200 || s.status != 200 {
		t.Errorf("%s %s %s", old.raw, fresh.raw, s.raw)
	}
}

func TestControl_Phones(t *testing.T) {
	b := newBench(t)
	b.SetPhone("+12025550102", Phone{Carrier: "Quiet"})
	b.settled(messagePath(b.send(customer)), "delivered")
	r := b.control("GET", "/sandbox/phones", "")
	var list struct{ Phones []phoneView }
	if err := json.Unmarshal([]byte(r.raw), &list); err != nil || len(list.Phones) != 2 || list.Phones[0].Number != customer {
		t.Fatalf("%v %s", err, r.raw)
	}
	req, _ := http.NewRequest("GET", b.url+"/sandbox/phones", nil)
	req.Header.Set("If-None-Match", r.header.Get("ETag"))
	for _, want := range []int{304, 200} {
		res, err := http.DefaultClient.Do(req)
		if err != nil || res.StatusCode != want {
			t.Fatalf("want %d: %v %v", want, res, err)
		}
		_ = res.Body.Close()
		b.SetPhone(customer, Phone{Carrier: "Changed"})
	}
}

func TestControl_KeepsOtherSitesOut(t *testing.T) {
	b := newBench(t)
	for _, method := range []string{"POST", "DELETE"} {
		req, _ := http.NewRequest(method, b.url+"/sandbox/faults", strings.NewReader(`{"status":503}`))
		req.Header.Set("Sec-Fetch-Site", "cross-site")
		res, err := http.DefaultClient.Do(req)
		if err != nil || res.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %v %v", method, res.StatusCode, err)
		}
		_ = res.Body.Close()
	}
}

func TestPage(t *testing.T) {
	b := newBench(t)
	for path, words := range map[string]string{
		"/sandbox/": "Sandbox: nothing here leaves this machine", "/": "<h1>Phones</h1>", "/sandbox": "<h1>Phones</h1>",
		"/sandbox/app.js": `callOutcome: ["completed", "no-key", "voicemail", "busy", "no-answer", "failed"]`, "/sandbox/style.css": "prefers-reduced-motion", "/sandbox/icon.svg": "<svg",
	} {
		if r := b.control("GET", path, ""); r.status != 200 || !strings.Contains(r.raw, words) {
			t.Errorf("%s: %d", path, r.status)
		}
	}
	page := b.control("GET", "/sandbox/", "")
	policy := page.header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy: %s", policy)
	}
	for _, outside := range []string{"https://", "<style", "onclick", "style="} {
		if strings.Contains(page.raw, outside) {
			t.Errorf("the page holds %s", outside)
		}
	}
	if r := b.control("GET", "/sandbox/nothing", ""); r.status != 404 || r.text("error") == "" {
		t.Errorf("%d %s", r.status, r.raw)
	}
}

func TestConcurrentUse(t *testing.T) {
	b, in := newBench(t, func(c *Config) { c.Settle = time.Millisecond }), newInbox(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			phone := fmt.Sprintf("+1202555%04d", i)
			for range 10 {
				b.post(messagesPath, textTo(phone, "StatusCallback", in.url()))
				b.post(callsPath, callTo(phone, "<Response><Say>Hi</Say></Response>"))
				b.get(messagesPath + "?PageSize=5")
				b.control("GET", "/sandbox/phones", "")
				b.SetPhone(phone, Phone{Outcome: "sent"})
			}
		})
	}
	wg.Wait()
	eventually(t, func() bool { return strings.Count(strings.Join(in.values("MessageStatus"), " "), "sent") == 80 },
		func() string { return fmt.Sprint(len(in.all())) })
}
