package twiliosandbox

import (
	"net/url"
	"strconv"
	"time"
)

// detect reads what MachineDetection is to find out, and finds it.
func (c *call) detect(form url.Values) {
	byMachine := map[string]string{"Enable": "machine_start", "DetectMessageEnd": "machine_end_beep"}[form.Get("MachineDetection")]
	if byMachine == "" {
		return
	}
	c.async, c.answeredBy = form.Get("AsyncAmd") == "true", "human"
	if c.outcome == outcomeVoicemail {
		c.answeredBy = byMachine
	}
}

// tellDetected posts who answered to AsyncAmdStatusCallback.
func (c *call) tellDetected(after time.Duration) {
	c.detection.post(event{last: true, form: url.Values{
		"CallSid": {c.sid}, "AccountSid": {c.accountSID}, "AnsweredBy": {c.answeredBy},
		"MachineDetectionDuration": {strconv.FormatInt(after.Milliseconds(), 10)},
	}})
}
