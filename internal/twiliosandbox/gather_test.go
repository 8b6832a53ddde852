package twiliosandbox

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	pressAnyKey = `<Response>
		<Gather numDigits="1" timeout="5" action="%s" method="POST"><Say>Press any key to hear your code.</Say></Gather>
		<Gather numDigits="1" timeout="5" action="%[1]s" method="POST"><Say>Press any key to hear your code.</Say></Gather>
		<Say>Goodbye.</Say>
	</Response>`
	tellsCode  = "<Response><Say>Your code is 4, 8, 2.</Say></Response>"
	unpressed  = "Press any key to hear your code. Press any key to hear your code. Goodbye."
	afterPress = "Press any key to hear your code. Your code is 4, 8, 2."
)

// answering receives requests for TwiML and answers them by path.
func answering(t *testing.T, in *inbox, answers map[string]string) string {
	t.Helper()
	record := in.server.Config.Handler
	in.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		record.ServeHTTP(httptest.NewRecorder(), r)
		answer, known := answers[r.URL.Path]
		if !known {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, answer)
	})
	return in.server.URL
}

// said places a call, waits for its end and returns what the phone heard.
func (b *bench) said(form url.Values) (string, reply) {
	b.t.Helper()
	made := b.post(callsPath, form)
	if made.status != http.StatusCreated {
		b.t.Fatalf("%d %s", made.status, made.raw)
	}
	over := b.settled(callPath(made.text("sid")), "completed")
	calls := b.phoneJSON(form.Get("To")).Calls
	if len(calls) == 0 || calls[0].SID != made.text("sid") {
		b.t.Fatalf("the call is not on the phone: %+v", calls)
	}
	return calls[0].Said, over
}

// notes are the codes of a call's notifications.
func (b *bench) notes(sid string) []string {
	b.t.Helper()
	var codes []string
	for _, n := range b.get(strings.TrimSuffix(callPath(sid), ".json") + "/Notifications.json").body["notifications"].([]any) {
		codes = append(codes, n.(map[string]any)["error_code"].(string))
	}
	return codes
}

func TestGather_PressesAKey(t *testing.T) {
	b, in := newBench(t), newInbox(t)
	ours := answering(t, in, map[string]string{"/key": tellsCode})
	said, over := b.said(callTo(customer, fmt.Sprintf(pressAnyKey, ours+"/key?call=7&amp;of=harbor")))
	if said != afterPress {
		t.Errorf("heard: %q", said)
	}
	got := in.all()
	if len(got) != 1 {
		t.Fatalf("%d requests", len(got))
	}
	want := url.Values{
		"CallSid": {over.text("sid")}, "CallStatus": {"in-progress"}, "AccountSid": {harborSID}, "ApiVersion": {"2010-04-01"},
		"From": {harborFrom}, "To": {customer}, "Caller": {harborFrom}, "Called": {customer}, "Direction": {"outbound-api"},
		"Digits": {"1"}, "FinishedOnKey": {""}, "msg": {"Gather End"},
	}
	if diff := cmp.Diff(want, got[0].form); diff != "" {
		t.Error(diff)
	}
	if got[0].method != http.MethodPost || got[0].url != ours+"/key?call=7&of=harbor" || !got[0].genuine(harborToken) || got[0].genuine(summitToken) {
		t.Errorf("%s %s, signature %s", got[0].method, got[0].url, got[0].header.Get("X-Twilio-Signature"))
	}
	if notes := b.notes(over.text("sid")); notes != nil {
		t.Errorf("notifications: %v", notes)
	}
}

func TestGather_Action(t *testing.T) {
	for _, tt := range []struct {
		name, script string // at /calls/script
		method, path string // of the request that the Gather makes
	}{
		{"relative to the script", `<Response><Gather action="key?n=1"/></Response>`, "POST", "/calls/key?n=1"},
		{"relative to its root", `<Response><Gather action="/key"/></Response>`, "POST", "/key"},
		{"by GET", `<Response><Gather action="/key" method="get"/></Response>`, "GET", "/key"},
		{"with other attributes", `<Response><Gather action="/key" input="dtmf speech" finishOnKey="*" numDigits="4"/></Response>`, "POST", "/key"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, in := newBench(t), newInbox(t)
			ours := answering(t, in, map[string]string{"/calls/script": tt.script, "/key": tellsCode, "/calls/key": tellsCode})
			if said, _ := b.said(callTo(customer, "", "Url", ours+"/calls/script")); said != "Your code is 4, 8, 2." {
				t.Errorf("heard: %q", said)
			}
			got := in.all()
			if len(got) != 2 || got[1].method != tt.method || !strings.HasPrefix(got[1].url, ours+tt.path) || !got[1].genuine(harborToken) {
				t.Errorf("%+v", got)
			}
		})
	}
	t.Run("none is the document itself", func(t *testing.T) {
		b, asked := newBench(t), atomic.Int64{}
		ours := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if asked.Add(1) == 1 {
				_, _ = io.WriteString(w, "<Response><Gather/></Response>")
				return
			}
			_, _ = io.WriteString(w, tellsCode)
		}))
		t.Cleanup(ours.Close)
		if said, _ := b.said(callTo(customer, "", "Url", ours.URL+"/script")); said != "Your code is 4, 8, 2." {
			t.Errorf("heard: %q", said)
		}
	})
	t.Run("of an answer is relative to the action", func(t *testing.T) {
		b, in := newBench(t), newInbox(t)
		ours := answering(t, in, map[string]string{
			"/a/one": `<Response><Say>One.</Say><Gather action="two"/></Response>`, "/a/two": "<Response><Say>Two.</Say></Response>",
		})
		if said, _ := b.said(callTo(customer, `<Response><Gather action="`+ours+`/a/one"/></Response>`)); said != "One. Two." {
			t.Errorf("heard: %q", said)
		}
	})
}

func TestGather_RunsOut(t *testing.T) {
	for _, outcome := range []string{"no-key", "voicemail"} {
		t.Run(outcome, func(t *testing.T) {
			b, in := newBench(t), newInbox(t)
			ours := answering(t, in, map[string]string{"/key": tellsCode, "/empty": "<Response><Say>Nobody pressed.</Say></Response>"})
			b.SetPhone(customer, Phone{CallOutcome: outcome})
			if said, _ := b.said(callTo(customer, fmt.Sprintf(pressAnyKey, ours+"/key"))); said != unpressed {
				t.Errorf("heard: %q", said)
			}
			if got := in.all(); len(got) != 0 {
				t.Errorf("asked all the same: %+v", got)
			}
			said, _ := b.said(callTo(customer, `<Response><Gather actionOnEmptyResult="true" action="`+ours+`/empty"><Say>Press.</Say></Gather><Say>Late.</Say></Response>`))
			if got := in.all(); said != "Press. Nobody pressed." || len(got) != 1 || !got[0].form.Has("Digits") || got[0].form.Get("Digits") != "" {
				t.Errorf("heard %q, asked %+v", said, got)
			}
		})
	}
	b, in := newBench(t), newInbox(t)
	ours := answering(t, in, map[string]string{"/key": tellsCode})
	for name, attribute := range map[string]string{"speech alone": `input="speech"`, "a key that only finishes": `finishOnKey="1"`} {
		said, _ := b.said(callTo(customer, `<Response><Gather `+attribute+` action="`+ours+`/key"/><Say>Late.</Say></Response>`))
		if got := in.all(); said != "Late." || len(got) != 0 {
			t.Errorf("%s: heard %q, asked %+v", name, said, got)
		}
	}
}

func TestGather_ActionFails(t *testing.T) {
	b, in := newBench(t), newInbox(t)
	ours := answering(t, in, map[string]string{"/empty": "", "/words": "482913", "/broken": "<Response><Say>", "/page": "<html/>"})
	nobody := httptest.NewServer(http.NotFoundHandler())
	nobody.Close()
	for name, tt := range map[string]struct{ action, note string }{
		"not found": {ours + "/gone", "11200"}, "empty": {ours + "/empty", "11200"}, "refused connection": {nobody.URL, "11200"},
		"not on this machine": {"https://bank.example/key", "11200"},
		"words":               {ours + "/words", "12100"}, "broken TwiML": {ours + "/broken", "12100"}, "a page": {ours + "/page", "12100"},
		"relative to nothing": {"/key", "11100"}, "no address": {":", "11100"},
	} {
		t.Run(name, func(t *testing.T) {
			said, over := b.said(callTo(customer, fmt.Sprintf(pressAnyKey, tt.action)))
			if said != "Press any key to hear your code." {
				t.Errorf("heard: %q", said)
			}
			if diff := cmp.Diff([]string{tt.note}, b.notes(over.text("sid"))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A document that leads to itself is heard ten times and no more.
func TestGather_IsBounded(t *testing.T) {
	b, in := newBench(t, func(c *Config) { c.Settle = time.Millisecond }), newInbox(t)
	ours := answering(t, in, map[string]string{"/again": `<Response><Say>Again.</Say><Gather action="again"/></Response>`})
	if said, _ := b.said(callTo(customer, "", "Url", ours+"/again")); strings.Count(said, "Again.") != 10 || len(in.all()) != 10 {
		t.Errorf("heard %q, asked %d times", said, len(in.all()))
	}
}

// Who hangs up while the action is asked does not hear what it answers.
func TestGather_HungUpMeanwhile(t *testing.T) {
	b := newBench(t)
	ours := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		if r := b.post(callPath(r.PostForm.Get("CallSid")), url.Values{"Status": {"completed"}}); r.text("status") != "completed" {
			t.Error(r.raw)
		}
		_, _ = io.WriteString(w, tellsCode)
	}))
	t.Cleanup(ours.Close)
	b.said(callTo(customer, fmt.Sprintf(pressAnyKey, ours.URL)))
	b.wg.Wait() // everything is through
	if calls := b.phoneJSON(customer).Calls; len(calls) != 1 || calls[0].Said != "Press any key to hear your code." || b.notes(calls[0].SID) != nil {
		t.Errorf("%+v", calls)
	}
}
