package callback

import (
	"io"
	"net/http"

	"github.com/factordesk/factordesk/internal/adapter/twilio"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// say answers what a call says next, to whoever pressed a key in it or picked it up. A call
// for which there is nothing to say ends.
func (h *handler) say(w http.ResponseWriter, r *http.Request) {
	form, account, status := h.signedForm(r)
	if status == 0 && !call.sidForm.MatchString(form.Get(call.sid[0])) {
		status = http.StatusBadRequest
	}
	if status != 0 {
		http.Error(w, http.StatusText(status), status)
		return
	}
	query := r.URL.Query()
	script := twilio.Silence
	said, err := h.Receiver.HandleKey(r.Context(), notification.InCall{
		InstitutionID: account.InstitutionID, AttemptID: query.Get("attempt"), Sealed: query.Get("sealed"),
		CallSID: form.Get(call.sid[0]), AnsweredBy: form.Get("AnsweredBy"),
	})
	if err == nil {
		script, err = twilio.Script(said, "")
	}
	switch {
	case err == nil:
	case fault.CodeOf(err) == fault.NotFound:
		h.Log.InfoContext(r.Context(), "a call ended without its code", "provider", account.ID, "sid", form.Get(call.sid[0]))
	default:
		h.Log.ErrorContext(r.Context(), "a call could not say its code", "sid", form.Get(call.sid[0]), "error", err)
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	answer(w, script)
}

// answer answers with a script for Twilio.
func answer(w http.ResponseWriter, script string) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = io.WriteString(w, script)
}
