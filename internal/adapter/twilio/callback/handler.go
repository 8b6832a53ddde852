package callback

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/provider"
)

const maxBody = 64 << 10

// Accounts finds the account that a path names: NOT_FOUND if there is none.
type Accounts interface {
	FindByID(ctx context.Context, id string) (provider.Account, error)
}

// Receiver takes reports whose signature has been checked: NOT_FOUND if there is
// no such attempt.
type Receiver interface {
	HandleCallback(ctx context.Context, c notification.Callback) error
	// HandleKey returns what a call says next: NOT_FOUND for nothing.
	HandleKey(ctx context.Context, c notification.InCall) (notification.Speech, error)
	// HandleInbound takes what somebody texted: INVALID_INPUT for what comes from no number.
	HandleInbound(ctx context.Context, in notification.Inbound) error
}

// Config is what the handler needs.
type Config struct {
	// PublicURL is the address of this installation as Twilio calls it, to which
	// the request's path is added.
	PublicURL *url.URL
	Accounts  Accounts
	Receiver  Receiver
	Log       *slog.Logger // nil discards
}

type handler struct {
	Config
}

// New makes the handler of /webhooks/twilio/.
func New(cfg Config) http.Handler {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	h := &handler{cfg}
	mux := http.NewServeMux()
	mux.Handle("POST /webhooks/twilio/{provider}/messages", h.take(text))
	mux.Handle("POST /webhooks/twilio/{provider}/calls", h.take(call))
	mux.HandleFunc("POST /webhooks/twilio/{provider}/say", h.say)
	mux.HandleFunc("POST /webhooks/twilio/{provider}/inbound", h.inbound)
	return http.MaxBytesHandler(mux, maxBody)
}

func (h *handler) take(k kind) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		status := h.status(r, k)
		if status == http.StatusNoContent {
			w.WriteHeader(status)
			return
		}
		http.Error(w, http.StatusText(status), status)
	}
}

// status handles a report and returns what is answered.
func (h *handler) status(r *http.Request, k kind) int {
	form, account, status := h.signedForm(r)
	if status != 0 {
		return status
	}
	receipt, ok := k.receipt(form)
	if !ok {
		h.Log.WarnContext(r.Context(), "report refused: it makes no sense", "provider", account.ID)
		return http.StatusBadRequest
	}
	receipt.ProviderID = account.ID
	return h.pass(r.Context(), notification.Callback{
		InstitutionID: account.InstitutionID, AttemptID: r.URL.Query().Get("attempt"), Receipt: receipt,
	})
}

// signedForm returns what a request says and the account that has signed it, or the status
// that refuses it.
func (h *handler) signedForm(r *http.Request) (url.Values, provider.Account, int) {
	form, status := readForm(r)
	if status != 0 {
		return nil, provider.Account{}, status
	}
	account, err := h.Accounts.FindByID(r.Context(), r.PathValue("provider"))
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		status = http.StatusForbidden
	case err != nil:
		h.Log.ErrorContext(r.Context(), "report not taken: the account could not be read", "error", err)
		status = http.StatusServiceUnavailable
	case !h.signed(r, account.Token, form) && !h.signed(r, account.PreviousToken, form):
		h.Log.WarnContext(r.Context(), "report refused: its signature does not fit. Is the public URL the one that Twilio calls?", "provider", account.ID)
		status = http.StatusForbidden
	case form.Get("AccountSid") != account.AccountSID:
		h.Log.WarnContext(r.Context(), "report refused: it is on another account", "provider", account.ID)
		status = http.StatusForbidden
	}
	return form, account, status
}

// pass hands a report on.
func (h *handler) pass(ctx context.Context, c notification.Callback) int {
	err := h.Receiver.HandleCallback(ctx, c)
	switch {
	case err == nil:
		return http.StatusNoContent
	case fault.CodeOf(err) == fault.NotFound:
		attempt := "malformed"
		if id.Is(id.Message, c.AttemptID) {
			attempt = c.AttemptID
		}
		h.Log.WarnContext(ctx, "report on an attempt that is not there", "attempt", attempt, "sid", c.Receipt.SID, "status", c.Receipt.Status)
		return http.StatusNoContent
	default:
		h.Log.ErrorContext(ctx, "report not taken", "attempt", c.AttemptID, "sid", c.Receipt.SID, "error", err)
		return http.StatusServiceUnavailable
	}
}

// readForm reads the body, and returns 0 or the status that refuses it.
func readForm(r *http.Request) (url.Values, int) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/x-www-form-urlencoded" {
		return nil, http.StatusBadRequest
	}
	body, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, http.StatusRequestEntityTooLarge
	case err != nil:
		return nil, http.StatusBadRequest
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, http.StatusBadRequest
	}
	return form, 0
}
