package twiliosandbox

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const inboundPath = "/sandbox/phones/" + customer + "/messages"

// text lets the customer text a number.
func (b *bench) text(to, body string) reply {
	b.t.Helper()
	r := b.control("POST", inboundPath, `{"to":"`+to+`","body":"`+body+`"}`)
	if r.status != 201 {
		b.t.Fatalf("%d %s", r.status, r.raw)
	}
	return r
}

func TestInbound(t *testing.T) {
	b, in := newBench(t), newInbox(t)
	b.SetSMSURL(harborSID, in.url())
	made := b.text(harborFrom, "Is this you?")
	sid := made.text("sid")
	got := in.await(1)[0]
	want := url.Values{
		"MessageSid": {sid}, "SmsSid": {sid}, "SmsMessageSid": {sid}, "SmsStatus": {"received"}, "AccountSid": {harborSID},
		"ApiVersion": {"2010-04-01"}, "From": {customer}, "To": {harborFrom}, "Body": {"Is this you?"}, "NumMedia": {"0"}, "NumSegments": {"1"},
	}
	if diff := cmp.Diff(want, got.form); diff != "" {
		t.Error(diff)
	}
	if !got.genuine(harborToken) || got.genuine(summitToken) || got.url != in.url() {
		t.Errorf("%s, signature %s", got.url, got.header.Get("X-Twilio-Signature"))
	}
	listed := b.get(messagesPath + "?From=" + url.QueryEscape(customer) + "&To=" + url.QueryEscape(harborFrom)).body["messages"].([]any)
	if len(listed) != 1 {
		t.Fatalf("listed: %v", listed)
	}
	row := listed[0].(map[string]any)
	for name, value := range map[string]string{
		"sid": sid, "direction": "inbound", "status": "received", "body": "Is this you?", "from": customer, "to": harborFrom, "num_segments": "1",
	} {
		if row[name] != value {
			t.Errorf("%s: %v", name, row[name])
		}
	}
	if row["date_sent"] == nil {
		t.Error("has no date_sent")
	}
	if r := b.get(messagePath(sid)); r.text("direction") != "inbound" {
		t.Error(r.raw)
	}
}

// A text that nobody asks for by an SmsUrl is in the log all the same.
func TestInbound_WithoutSmsURL(t *testing.T) {
	b, in := newBench(t), newInbox(t)
	b.SetSMSURL(harborSID, in.url())
	b.text(summitFrom, "STOP")
	b.SetSMSURL(harborSID, "https://bank.example/")
	b.SetSMSURL("AC9", in.url())
	if log := b.log.String(); strings.Count(log, "SmsUrl not set") != 2 {
		t.Error(log)
	}
	b.text(harborFrom, "first")
	in.await(1)
	b.SetSMSURL(harborSID, "")
	b.text(harborFrom, "second")
	b.SetSMSURL(harborSID, in.url())
	b.text(harborFrom, "third")
	in.await(2)
	if diff := cmp.Diff([]string{"first", "third"}, in.values("Body")); diff != "" {
		t.Error(diff)
	}
}

func TestInbound_SmsURLOfNumbers(t *testing.T) {
	b, all, one := newBench(t), newInbox(t), newInbox(t)
	if r := b.control("PUT", "/sandbox/account", `{"sid":"`+harborSID+`","smsUrl":"`+all.url()+`"}`); r.status != 200 || !strings.Contains(r.raw, all.url()) {
		t.Fatal(r.raw)
	}
	list := apiPrefix + harborSID + "/IncomingPhoneNumbers.json"
	number := func() map[string]any { return b.get(list).body["incoming_phone_numbers"].([]any)[0].(map[string]any) }
	if number()["sms_url"] != all.url() {
		t.Errorf("%v", number())
	}
	path := strings.TrimSuffix(list, ".json") + "/" + number()["sid"].(string) + ".json"
	if r := b.post(path, url.Values{"SmsUrl": {one.url()}}); r.status != 200 || r.text("sms_url") != one.url() || number()["sms_url"] != one.url() {
		t.Errorf("%d %s", r.status, r.raw)
	}
	if r := b.post(path, url.Values{"FriendlyName": {"Main"}}); r.text("sms_url") != one.url() {
		t.Errorf("cleared: %s", r.raw)
	}
	b.text(harborFrom, "hello")
	one.await(1)
	if len(all.all()) != 0 {
		t.Error("posted to the account's, too")
	}
	if r := b.post(path, url.Values{"SmsUrl": {"ftp://localhost/"}}); r.status != 400 || r.code() != 21402 {
		t.Errorf("%d %s", r.status, r.raw)
	}
	if r := b.post(strings.TrimSuffix(list, ".json")+"/PN1.json", url.Values{"SmsUrl": {one.url()}}); r.status != 404 {
		t.Errorf("%d %s", r.status, r.raw)
	}
}

func TestInbound_Keywords(t *testing.T) {
	b, in := newBench(t), newInbox(t)
	b.SetSMSURL(harborSID, in.url())
	for _, tt := range []struct {
		body, kind string
		optedOut   bool // from then on
	}{
		{"STOP", "STOP", true},
		{"Is it over?", "", true},
		{"help", "HELP", true},
		{"start", "START", false},
		{" stopall ", "STOP", true}, {"Yes", "START", false},
		{"Unsubscribe", "STOP", true}, {"UNSTOP", "START", false},
		{"cancel", "STOP", true}, {"START", "START", false},
		{"End", "STOP", true}, {"yes", "START", false},
		{"QUIT", "STOP", true}, {"start", "START", false},
		{"please stop", "", false}, {"STOP it", "", false}, {"INFO", "HELP", false},
	} {
		before := len(in.all())
		if made := b.text(harborFrom, tt.body); made.text("optOutType") != tt.kind {
			t.Errorf("%q: %s", tt.body, made.raw)
		}
		got := in.await(before + 1)[before].form
		if got.Get("OptOutType") != tt.kind || got.Has("OptOutType") != (tt.kind != "") || got.Get("Body") != tt.body {
			t.Errorf("%q: %v", tt.body, got)
		}
		r := b.post(messagesPath, textTo(customer))
		if tt.optedOut && (r.status != 400 || r.code() != 21610) || !tt.optedOut && r.status != 201 {
			t.Errorf("a text after %q: %d %s", tt.body, r.status, r.raw)
		}
		if shown := len(b.phoneJSON(customer).OptedOutOf) > 0; shown != tt.optedOut {
			t.Errorf("the phone after %q: %v", tt.body, shown)
		}
	}
}

func TestInbound_OptOut(t *testing.T) {
	const other = "+12025550102"
	b := newBench(t)
	toSummit := func() int {
		r, err := b.do("POST", apiPrefix+summitSID+"/Messages.json", summitSID, summitToken, "application/x-www-form-urlencoded", textTo(customer, "From", summitFrom).Encode())
		if err != nil {
			t.Fatal(err)
		}
		return r.status
	}
	toHarbor := func(more ...string) reply { return b.post(messagesPath, textTo(customer, more...)) }

	b.text(harborFrom, "STOP")
	if toSummit() != 201 || b.post(messagesPath, textTo(other)).status != 201 {
		t.Error("one number's opt-out of one sender reaches others")
	}
	if r := toHarbor("From", "", "MessagingServiceSid", harborService); r.code() != 21610 {
		t.Errorf("by a service: %s", r.raw)
	}
	if r := b.post(callsPath, callTo(customer, "<Response/>")); r.status != 201 {
		t.Errorf("a call: %s", r.raw)
	}
	b.SetPhone(customer, Phone{Outcome: "delivered"})
	if r := toHarbor(); r.code() != 21610 {
		t.Errorf("after another outcome: %s", r.raw)
	}
	b.text(harborFrom, "START")
	if r := toHarbor(); r.status != 201 {
		t.Errorf("after START: %s", r.raw)
	}
	b.SetPhone(customer, Phone{Outcome: "reject:21610"})
	if r := toHarbor(); r.code() != 21610 {
		t.Errorf("by outcome: %s", r.raw)
	}
	b.text(harborFrom, "START")
	if r := toHarbor(); r.status != 201 || b.phoneJSON(customer).Outcome != "delivered" {
		t.Errorf("by outcome, after START: %s", r.raw)
	}
}

func TestInbound_Faults(t *testing.T) {
	for _, tt := range []struct {
		fault    string
		came     int
		isForged bool
	}{{"doubled", 2, false}, {"lost", 0, false}, {"forged", 1, true}} {
		t.Run(tt.fault, func(t *testing.T) {
			b, in := newBench(t), newInbox(t)
			b.SetSMSURL(harborSID, in.url())
			b.order(`{"path":"/webhooks/","callback":"` + tt.fault + `","times":1}`)
			b.text(harborFrom, "STOP")
			b.text(harborFrom, "last")
			eventually(t, func() bool { return len(in.values("Body")) == tt.came+1 }, func() string { return strings.Join(in.values("Body"), " ") })
			for _, p := range in.all() {
				if p.form.Get("Body") == "STOP" && p.genuine(harborToken) == tt.isForged {
					t.Error("signature")
				}
			}
		})
	}
}
