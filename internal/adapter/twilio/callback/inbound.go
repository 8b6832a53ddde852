package callback

import (
	"net/http"
	"net/url"
	"regexp"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// silent answers a text with nothing. Twilio itself answers STOP and START.
const silent = `<Response></Response>`

// senderForm is a number in E.164, a short code, or the name of a sender.
var senderForm = regexp.MustCompile(`^\+?[0-9A-Za-z ]{3,16}$`)

// inbound takes a text that somebody sent to one of an account's numbers.
func (h *handler) inbound(w http.ResponseWriter, r *http.Request) {
	form, account, status := h.signedForm(r)
	if status == 0 {
		status = h.texted(r, form, account.InstitutionID)
	}
	if status != http.StatusOK {
		http.Error(w, http.StatusText(status), status)
		return
	}
	answer(w, silent)
}

// texted hands a text on and returns what is answered.
func (h *handler) texted(r *http.Request, form url.Values, institutionID string) int {
	if !senderForm.MatchString(form.Get("To")) {
		return http.StatusBadRequest
	}
	err := h.Receiver.HandleInbound(r.Context(), notification.Inbound{
		InstitutionID: institutionID, From: form.Get("From"), To: form.Get("To"),
		Keyword: notification.KeywordOf(form.Get("Body"), form.Get("OptOutType")),
	})
	switch {
	case err == nil:
		return http.StatusOK
	case fault.CodeOf(err) == fault.InvalidInput:
		return http.StatusBadRequest
	default:
		h.Log.ErrorContext(r.Context(), "a text could not be taken", "error", err)
		return http.StatusServiceUnavailable
	}
}
