package callback

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

const sayPath = "/webhooks/twilio/" + providerID + "/say?attempt=" + attemptID + "&sealed=c2VhbGVk"

func TestHandler_Say(t *testing.T) {
	d := &desk{}
	form := callForm()
	form.Set("AnsweredBy", "human")
	w, logged := serve(d, report(sayPath, form))
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Your code is 4, 8.") || w.Header().Get("Cache-Control") != "no-store" || strings.Contains(logged, "c2VhbGVk") {
		t.Errorf("%d %s %s", w.Code, w.Body, logged)
	}
	want := []notification.InCall{{InstitutionID: "ins_harbor", AttemptID: attemptID, CallSID: callSID, Sealed: "c2VhbGVk", AnsweredBy: "human"}}
	if diff := cmp.Diff(want, d.asked); diff != "" {
		t.Error(diff)
	}
}

func TestHandler_SayNothing(t *testing.T) {
	forged := report(sayPath, callForm())
	forged.Header.Set("X-Twilio-Signature", "bWFkZSB1cA==")
	noCall := callForm()
	noCall.Set("CallSid", "SM1")
	for name, tt := range map[string]struct {
		r      *http.Request
		err    error
		status int
		asked  int
	}{
		"forged":                   {forged, nil, http.StatusForbidden, 0},
		"of no call":               {report(sayPath, noCall), nil, http.StatusBadRequest, 0},
		"of a code that is over":   {report(sayPath, callForm()), fault.Errorf(fault.NotFound, "over"), http.StatusOK, 1},
		"without our own database": {report(sayPath, callForm()), fault.Errorf(fault.Unavailable, "locked"), http.StatusServiceUnavailable, 1},
	} {
		t.Run(name, func(t *testing.T) {
			d := &desk{handleErr: tt.err}
			w, _ := serve(d, tt.r)
			if w.Code != tt.status || len(d.asked) != tt.asked || strings.Contains(w.Body.String(), "<Say") {
				t.Errorf("%d, asked %d times: %s", w.Code, len(d.asked), w.Body)
			}
		})
	}
}
