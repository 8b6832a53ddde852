package notification_test

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
)

// What is said after a key is for its attempt and its call alone, while that goes on and
// the code is good and the newest.
func TestService_HandleKey(t *testing.T) {
	d := newDesk(t)
	d.answer.SID, d.answer.Status = "CA1", "queued"
	place := func() notification.InCall {
		to := d.to(notification.Voice, true)
		to.AttemptID, to.Purpose, to.Subject, to.DeviceID = id.New(id.Message), notification.SignIn, "subject", "dev_1"
		if _, err := d.DB.PutOneTimeCode(t.Context(), onetimecode.Code{
			Subject: "subject", DeviceID: "dev_1", MAC: []byte(to.AttemptID), SentAt: d.Time.Now(), ExpiresAt: d.Time.Now().Add(5 * time.Minute), AttemptID: to.AttemptID,
		}); err != nil {
			t.Fatal(err)
		}
		d.answer.SID = "CA" + to.AttemptID
		world.WantCode(t, d.SendCode(t.Context(), to, "482913", 5*time.Minute), "")
		return notification.InCall{InstitutionID: to.Institution.ID, AttemptID: to.AttemptID, CallSID: d.answer.SID, Sealed: d.sealed}
	}
	call := place()
	other := place() // whose code took the place of the first
	for name, c := range map[string]notification.InCall{
		"an older code":           call,
		"another attempt's words": {InstitutionID: other.InstitutionID, AttemptID: other.AttemptID, CallSID: other.CallSID, Sealed: call.Sealed},
		"another call":            {InstitutionID: other.InstitutionID, AttemptID: other.AttemptID, CallSID: "CA2", Sealed: other.Sealed},
		"another institution":     {InstitutionID: "ins_summit", AttemptID: other.AttemptID, CallSID: other.CallSID, Sealed: other.Sealed},
		"words that are none":     {InstitutionID: other.InstitutionID, AttemptID: other.AttemptID, CallSID: other.CallSID, Sealed: "c2VhbGVk"},
		"a machine":               {InstitutionID: other.InstitutionID, AttemptID: other.AttemptID, CallSID: other.CallSID, Sealed: other.Sealed, AnsweredBy: "machine_start"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.HandleKey(t.Context(), c)
			world.WantCode(t, err, fault.NotFound)
		})
	}
	said, err := d.HandleKey(t.Context(), other)
	world.WantCode(t, err, "")
	if len(said.Sentences) != 1 || said.Sentences[0] != "Your code is 4, 8, 2, 9, 1, 3." || said.Sealed != "" || said.Ask != "" {
		t.Errorf("%+v", said)
	}
	d.Time.Advance(5 * time.Minute)
	_, err = d.HandleKey(t.Context(), other)
	world.WantCode(t, err, fault.NotFound)
}
