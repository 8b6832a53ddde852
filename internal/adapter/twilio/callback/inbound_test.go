package callback

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

const inboundPath = "/webhooks/twilio/" + providerID + "/inbound"

// inboundForm is a text from the customer, as Twilio posts it.
func inboundForm(body string, more ...string) url.Values {
	form := url.Values{
		"MessageSid": {textSID}, "SmsSid": {textSID}, "SmsStatus": {"received"}, "AccountSid": {harborSID}, "ApiVersion": {"2010-04-01"},
		"From": {customer}, "To": {harborFrom}, "Body": {body}, "NumMedia": {"0"}, "NumSegments": {"1"},
	}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func TestHandler_Inbound(t *testing.T) {
	for body, want := range map[string]notification.Keyword{
		"STOP": notification.Stop, " stop\r\n": notification.Stop, "StopAll": notification.Stop, "UNSUBSCRIBE": notification.Stop,
		"cancel": notification.Stop, "END": notification.Stop, "QUIT": notification.Stop, "REVOKE": notification.Stop, "OPTOUT": notification.Stop,
		"START": notification.Start, "yes": notification.Start, "UnStop ": notification.Start,
		"": "", "Please stop": "", "STOP.": "", "482913": "",
	} {
		d := &desk{}
		w, _ := serve(d, report(inboundPath, inboundForm(body, "FromCity", "WASHINGTON", "é", "\x00")))

		if w.Code != 200 || w.Body.String() != "<Response></Response>" || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/xml") {
			t.Errorf("%q: answered %d %q", body, w.Code, w.Body)
		}
		in := notification.Inbound{InstitutionID: "ins_harbor", From: customer, To: harborFrom, Keyword: want}
		if diff := cmp.Diff([]notification.Inbound{in}, d.texts); diff != "" {
			t.Errorf("%q: %s", body, diff)
		}
	}
}

// Advanced opt-out has keywords of the account's own.
func TestHandler_InboundWhatTwilioReadGoesFirst(t *testing.T) {
	d := &desk{}
	for _, form := range []url.Values{inboundForm("ARRET", "OptOutType", "STOP"), inboundForm("STOP", "OptOutType", "START"), inboundForm("STOP", "OptOutType", "HELP")} {
		serve(d, report(inboundPath, form))
	}
	if got := []notification.Keyword{d.texts[0].Keyword, d.texts[1].Keyword, d.texts[2].Keyword}; got[0] != notification.Stop || got[1] != notification.Start || got[2] != "HELP" {
		t.Error(got)
	}
}

func TestHandler_InboundRefused(t *testing.T) {
	forged := report(inboundPath, inboundForm("STOP"))
	forged.Header.Set("X-Twilio-Signature", "bm8=")
	another := report("/webhooks/twilio/prv_0198f0c0a1b27c3d8e4f5a6b7c8d9e00/inbound", inboundForm("STOP"))
	noForm := report(inboundPath, inboundForm("STOP"))
	noForm.Header.Set("Content-Type", "application/json")
	for name, tt := range map[string]struct {
		desk *desk
		code int
	}{
		"forged":                      {&desk{}, 403},
		"of an account that is none":  {&desk{}, 403},
		"on another account":          {&desk{}, 403},
		"no form":                     {&desk{}, 400},
		"to nowhere":                  {&desk{}, 400},
		"from no number":              {&desk{handleErr: fault.Invalid("From", "No number.")}, 400},
		"while the database is away":  {&desk{handleErr: errors.New("down")}, 503},
		"while the account is unread": {&desk{findErr: errors.New("down")}, 503},
	} {
		r := report(inboundPath, inboundForm("STOP Kennwort"))
		switch name {
		case "forged":
			r = forged
		case "of an account that is none":
			r = another
		case "on another account":
			r = report(inboundPath, inboundForm("STOP", "AccountSid", "AC00000000000000000000000000000002"))
		case "no form":
			r = noForm
		case "to nowhere":
			r = report(inboundPath, inboundForm("STOP", "To", ""))
		}
		w, logged := serve(tt.desk, r)
		if w.Code != tt.code {
			t.Errorf("%s: answered %d", name, w.Code)
		}
		if strings.Contains(logged, "Kennwort") || strings.Contains(logged, customer) {
			t.Errorf("%s: logged %s", name, logged)
		}
		if handled := len(tt.desk.texts) > 0; handled != (tt.desk.handleErr != nil) {
			t.Errorf("%s: handled is %t", name, handled)
		}
	}
}
