package twiliosandbox

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestHear(t *testing.T) {
	for _, tt := range []struct{ name, twiml, want string }{
		{"a code, twice", `<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">Acme Bank.</Say><Pause length="1"/><Say loop="2">Your code is 4, 8, 2, 9, 1, 3.</Say></Response>`,
			"Acme Bank. Your code is 4, 8, 2, 9, 1, 3. Your code is 4, 8, 2, 9, 1, 3."},
		{"SSML", `<Response><Say>Your code is <say-as interpret-as="digits">482913</say-as>.<break time="1s"/><s>Bye.</s></Say></Response>`,
			"Your code is 482913. Bye."},
		{"nested", `<Response><Gather><Say>Press one.</Say></Gather><Say>Goodbye.</Say></Response>`, "Press one. Goodbye."},
		{"space and entities", "<Response>\n  <Say>\n    Tom &amp; \n Jerry\n  </Say>\n</Response>\n", "Tom & Jerry"},
		{"until hang-up", `<Response><Say>One.</Say><Hangup/><Say>Two.</Say></Response>`, "One."},
		{"for ever is three times", `<Response><Say loop="0">Again.</Say></Response>`, "Again. Again. Again."},
		{"nothing", `<Response/>`, ""},
		{"comment", `<Response><!-- quiet --><Say>Hi</Say></Response>`, "Hi"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := hear(tt.twiml, false)
			if err != nil || got.said != tt.want || len(got.warnings) != 0 {
				t.Errorf("%q, %v, %v", got.said, got.warnings, err)
			}
		})
	}
	for _, broken := range []string{
		"", "hello", "<Response>", "<Response><Say>Hi</Response>", "<Say>Hi</Say>", "<Response/><Response/>", "<Response/>words", "<Response><Say>a & b</Say></Response>",
	} {
		if _, err := hear(broken, false); err == nil {
			t.Errorf("%s is TwiML?", broken)
		}
	}
	for twiml, warning := range map[string]int{
		"<Response><Say> </Say></Response>":                                 13520,
		"<Response><Say>" + strings.Repeat("a", 4097) + "</Say></Response>": 13521,
	} {
		if got, err := hear(twiml, false); err != nil || len(got.warnings) != 1 || got.warnings[0] != warning {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

func TestCalls_Outcome(t *testing.T) {
	const good = "<Response><Say>Your code is 4 8 2.</Say></Response>"
	for _, tt := range []struct {
		name, outcome, twiml string
		status, said         string
		notes                []string
	}{
		{"completed unless told otherwise", "", good, "completed", "Your code is 4 8 2.", nil},
		{"busy", "busy", good, "busy", "", nil},
		{"no answer", "no-answer", good, "no-answer", "", nil},
		{"failed", "failed", good, "failed", "", []string{"32016"}},
		{"broken TwiML", "", "<Response><Say>", "failed", "", []string{"12100"}},
		{"empty Say", "", "<Response><Say/><Say>Hi.</Say></Response>", "completed", "Hi.", []string{"13520"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.SetPhone(customer, Phone{Outcome: tt.outcome})
			made := b.post(callsPath, callTo(customer, tt.twiml))
			if made.status != 201 || made.text("status") != "queued" || made.body["duration"] != nil || made.text("direction") != "outbound-api" {
				t.Fatalf("%d %s", made.status, made.raw)
			}
			last := b.settled(callPath(made.text("sid")), tt.status)
			if _, err := time.Parse(time.RFC1123Z, last.text("end_time")); err != nil {
				t.Error(err)
			}
			calls := b.phoneJSON(customer).Calls
			if heard := tt.status == "completed"; heard != (len(calls) == 1) || heard && calls[0].Said != tt.said {
				t.Errorf("heard: %+v", calls)
			}
			var notes []string
			list := b.get(strings.TrimSuffix(callPath(made.text("sid")), ".json") + "/Notifications.json")
			for _, n := range list.body["notifications"].([]any) {
				notes = append(notes, n.(map[string]any)["error_code"].(string))
			}
			if diff := cmp.Diff(tt.notes, notes); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCalls_CreateRefuses(t *testing.T) {
	b := newBench(t)
	const twiml = "<Response/>"
	for _, tt := range []struct {
		name string
		form url.Values
		code int
	}{
		{"no To", callTo("", twiml), 21201},
		{"no From", callTo(customer, twiml, "From", ""), 21213},
		{"To that is no number", callTo("+1202", twiml), 21217},
		{"From nobody's number", callTo(customer, twiml, "From", "+12025550177"), 21210},
		{"From another account", callTo(customer, twiml, "From", summitFrom), 21210},
		{"no words", callTo(customer, ""), 21205},
		{"words of an application", callTo(customer, "", "ApplicationSid", "AP00000000000000000000000000000001"), 21205},
		{"words from no URL", callTo(customer, twiml, "Url", "voice.xml"), 21205},
		{"too many words", callTo(customer, strings.Repeat("a", 4001)), 20001},
		{"callback that is no URL", callTo(customer, twiml, "StatusCallback", "ftp://localhost/"), 21609},
		{"magic From, invalid", callTo(customer, twiml, "From", "+15005550001"), 21212},
		{"magic From, unverified", callTo(customer, twiml, "From", "+15005550007"), 21210},
		{"magic To, invalid", callTo("+15005550001", twiml), 21217},
		{"magic To, unreachable", callTo("+15005550002", twiml), 21214},
		{"magic To, no permission", callTo("+15005550003", twiml), 21215},
		{"magic To, blocked", callTo("+15005550004", twiml), 21216},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if r := b.post(callsPath, tt.form); r.status != 400 || r.code() != tt.code {
				t.Errorf("%d %s", r.status, r.raw)
			}
		})
	}
	if r := b.post(callsPath, callTo(customer, twiml, "From", "+15005550006")); r.status != 201 {
		t.Errorf("magic sender: %s", r.raw)
	}
}

func TestCalls_FetchTheirWords(t *testing.T) {
	b := newBench(t)
	asked := make(chan *http.Request, 1)
	ours := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		if r.URL.Path == "/gone" {
			http.NotFound(w, r)
			return
		}
		asked <- r
		_, _ = io.WriteString(w, "<Response><Say>Your code is 4, 8, 2.</Say></Response>")
	}))
	t.Cleanup(ours.Close)

	t.Run("when somebody answers, signed", func(t *testing.T) {
		made := b.post(callsPath, callTo(customer, "<Response><Say>ignored</Say></Response>", "Url", ours.URL+"/voice?call=1"))
		b.settled(callPath(made.text("sid")), "completed")
		if calls := b.phoneJSON(customer).Calls; len(calls) != 1 || calls[0].Said != "Your code is 4, 8, 2." {
			t.Errorf("%+v", calls)
		}
		r := <-asked
		if r.Method != "POST" || r.PostForm.Get("CallSid") != made.text("sid") || r.PostForm.Get("CallStatus") != "in-progress" ||
			r.Header.Get("X-Twilio-Signature") != sign(harborToken, ours.URL+"/voice?call=1", r.PostForm) {
			t.Errorf("%s %v %v", r.Method, r.PostForm, r.Header)
		}
	})
	t.Run("not when nobody does", func(t *testing.T) {
		b.SetPhone("+12025550102", Phone{CallOutcome: "busy"})
		made := b.post(callsPath, callTo("+12025550102", "", "Url", ours.URL+"/voice", "Method", "GET"))
		b.settled(callPath(made.text("sid")), "busy")
		if len(asked) > 0 {
			t.Error("they were fetched")
		}
	})
	for name, address := range map[string]string{"that are not there": ours.URL + "/gone", "from elsewhere, never": "https://twilio.example/voice.xml"} {
		t.Run(name, func(t *testing.T) {
			made := b.post(callsPath, callTo("+12025550103", "", "Url", address))
			b.settled(callPath(made.text("sid")), "failed")
			notes := b.get(strings.TrimSuffix(callPath(made.text("sid")), ".json") + "/Notifications.json")
			if !strings.Contains(notes.raw, `"error_code":"11200"`) || len(b.phoneJSON("+12025550103").Calls) > 0 {
				t.Error(notes.raw)
			}
		})
	}
}

// Who answers is known once somebody does.
func TestCalls_AnsweredBy(t *testing.T) {
	b := newBench(t)
	form := callTo(customer, "<Response/>", "MachineDetection", "Enable")
	made := b.post(callsPath, form)
	over := b.settled(callPath(made.text("sid")), "completed")
	b.SetPhone(customer, Phone{CallOutcome: "no-answer"})
	missed := b.settled(callPath(b.post(callsPath, form).text("sid")), "no-answer")
	if made.body["answered_by"] != nil || over.text("answered_by") != "human" || missed.body["answered_by"] != nil {
		t.Errorf("%s\n%s\n%s", made.raw, over.raw, missed.raw)
	}
}

func TestCalls_HangUp(t *testing.T) {
	b := newBench(t, func(c *Config) { c.Settle = 10 * time.Second })
	in := newInbox(t)
	path := callPath(b.post(callsPath, callTo(customer, "<Response/>", "StatusCallback", in.url())).text("sid"))
	if r, _ := b.do("DELETE", path, harborSID, harborToken, "", ""); r.code() != 20009 {
		t.Errorf("delete before the end: %s", r.raw)
	}
	if r := b.post(path, url.Values{"Status": {"canceled"}}); r.text("status") != "canceled" {
		t.Errorf("cancel: %s", r.raw)
	}
	if form := in.await(1)[0].form; form.Get("CallStatus") != "canceled" {
		t.Errorf("%v", form)
	}
	if r := b.post(path, url.Values{"Status": {"completed"}}); r.code() != 21220 {
		t.Errorf("cancel again: %s", r.raw)
	}
	if r, _ := b.do("DELETE", path, harborSID, harborToken, "", ""); r.status != 204 {
		t.Errorf("delete: %s", r.raw)
	}
}

func TestCalls_List(t *testing.T) {
	b := newBench(t)
	first := b.post(callsPath, callTo(customer, "<Response/>")).text("sid")
	second := b.post(callsPath, callTo("+12025550102", "<Response/>")).text("sid")
	b.settled(callPath(first), "completed")
	b.settled(callPath(second), "completed")
	for query, want := range map[string]int{
		"": 2, "?To=%2B12025550102": 1, "?Status=completed": 2, "?Status=busy": 0, "?StartTime>=2020-01-01": 2, "?StartTime<=2020-01-01": 0,
	} {
		if rows := b.get(callsPath + query).body["calls"].([]any); len(rows) != want {
			t.Errorf("%s: %d", query, len(rows))
		}
	}
	if rows := b.get(callsPath).body["calls"].([]any); rows[0].(map[string]any)["sid"] != second {
		t.Error("newest first")
	}
}
