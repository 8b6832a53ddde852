package twiliosandbox

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDetection(t *testing.T) {
	for _, tt := range []struct{ outcome, detection, want string }{
		{"completed", "Enable", "human"},
		{"no-key", "DetectMessageEnd", "human"},
		{"voicemail", "Enable", "machine_start"},
		{"voicemail", "DetectMessageEnd", "machine_end_beep"},
		{"voicemail", "", ""},
	} {
		t.Run(tt.outcome+tt.detection, func(t *testing.T) {
			b, in := newBench(t), newInbox(t)
			ours := answering(t, in, map[string]string{"/script": "<Response/>"})
			b.SetPhone(customer, Phone{CallOutcome: tt.outcome})
			_, over := b.said(callTo(customer, "", "Url", ours+"/script", "StatusCallback", ours+"/status", "MachineDetection", tt.detection))
			if over.text("answered_by") != tt.want {
				t.Errorf("call: %v", over.body["answered_by"])
			}
			in.await(2)
			if diff := cmp.Diff([]string{tt.want, tt.want}, in.values("AnsweredBy")); diff != "" {
				t.Errorf("script and callback: %s", diff)
			}
		})
	}
}

func TestDetection_Async(t *testing.T) {
	b, in, detected := newBench(t), newInbox(t), newInbox(t)
	ours := answering(t, in, map[string]string{"/script": "<Response/>"})
	b.SetPhone(customer, Phone{CallOutcome: "voicemail"})
	form := callTo(customer, "", "Url", ours+"/script", "StatusCallback", ours+"/status",
		"MachineDetection", "Enable", "AsyncAmd", "true", "AsyncAmdStatusCallback", detected.url())
	form["StatusCallbackEvent"] = []string{"answered", "completed"}
	_, over := b.said(form)
	got := detected.await(1)[0]
	want := url.Values{
		"CallSid": {over.text("sid")}, "AccountSid": {harborSID}, "AnsweredBy": {"machine_start"}, "MachineDetectionDuration": {"8"},
	}
	if diff := cmp.Diff(want, got.form); diff != "" || !got.genuine(harborToken) {
		t.Error(diff)
	}
	in.await(3)
	if diff := cmp.Diff([]string{"", "", "machine_start"}, in.values("AnsweredBy")); diff != "" {
		t.Errorf("script, answered, completed: %s", diff)
	}

	b.SetPhone(customer, Phone{CallOutcome: "busy"})
	b.settled(callPath(b.post(callsPath, form).text("sid")), "busy")
	form.Set("AsyncAmd", "false")
	b.SetPhone(customer, Phone{CallOutcome: "no-key"})
	b.said(form)
	if len(detected.all()) != 1 {
		t.Errorf("told of a call that nobody answered or that waits for detection: %+v", detected.all())
	}
	if r := b.post(callsPath, callTo(customer, "<Response/>", "AsyncAmdStatusCallback", "amd")); r.status != 400 || r.code() != 21609 {
		t.Errorf("%d %s", r.status, r.raw)
	}
}
