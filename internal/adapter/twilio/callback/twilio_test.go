package callback

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/adapter/twilio"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/provider"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

// Find returns the account that sends.
func (d *desk) Find(ctx context.Context, _ string) (provider.Account, error) {
	return d.FindByID(ctx, providerID)
}

// ListSending returns it, alone.
func (d *desk) ListSending(ctx context.Context, _ string) ([]provider.Account, error) {
	a, err := d.FindByID(ctx, providerID)
	return []provider.Account{a}, err
}

// loop is a client that sends through a sandbox, which reports to the handler.
func loop(t *testing.T, ordered string, phone twiliosandbox.Phone) (*desk, *twilio.Client) {
	t.Helper()
	s := twiliosandbox.New(twiliosandbox.Config{
		Accounts: []twiliosandbox.Account{{SID: harborSID, Token: token, From: harborFrom}},
		Settle:   8 * time.Millisecond,
	})
	s.SetPhone(customer, phone)
	far := httptest.NewServer(s)
	d := &desk{answered: make(chan int, 16)}
	var handler http.Handler
	near := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		w.WriteHeader(answer.Code)
		d.answered <- answer.Code
	}))
	t.Cleanup(func() {
		s.Close()
		far.Close()
		near.Close()
	})
	public, err := url.Parse(near.URL)
	if err != nil {
		t.Fatal(err)
	}
	handler = New(Config{PublicURL: public, Accounts: d, Receiver: d})
	if ordered != "" {
		res, err := http.Post(far.URL+"/sandbox/faults", "application/json", strings.NewReader(ordered))
		if err != nil || res.StatusCode != http.StatusCreated {
			t.Fatal(res, err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
	}
	base, _ := url.Parse(far.URL)
	return d, twilio.New(twilio.Config{Accounts: d, BaseURL: base, CallbackURL: public})
}

// await waits for n reports and returns their statuses.
func (d *desk) await(t *testing.T, n int) []string {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		var statuses []string
		for _, c := range d.taken() {
			statuses = append(statuses, c.Receipt.Status)
		}
		if len(statuses) >= n {
			return statuses
		}
		if time.Now().After(deadline) {
			t.Fatalf("reports: %v, want %d", statuses, n)
		}
	}
}

func TestHandler_Twilio(t *testing.T) {
	out := notification.Outgoing{InstitutionID: "ins_harbor", AttemptID: attemptID, To: customer, ValidFor: time.Minute}
	t.Run("a text is delivered", func(t *testing.T) {
		d, client := loop(t, "", twiliosandbox.Phone{})
		receipt, err := client.SendText(t.Context(), out, "Hello")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"sent", "delivered"}, d.await(t, 2)); diff != "" {
			t.Error(diff)
		}
		for _, c := range d.taken() {
			if c.AttemptID != attemptID || c.Receipt.SID != receipt.SID || c.Receipt.From != harborFrom || c.Receipt.AccountSID != harborSID {
				t.Errorf("%+v", c)
			}
		}
	})
	t.Run("a text is not", func(t *testing.T) {
		d, client := loop(t, "", twiliosandbox.Phone{Outcome: "undelivered:30003"})
		if _, err := client.SendText(t.Context(), out, "Hello"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"sent", "undelivered"}, d.await(t, 2)); diff != "" {
			t.Error(diff)
		}
		if got := d.taken()[1].Receipt.ErrorCode; got != 30003 {
			t.Error(got)
		}
	})
	t.Run("a call is answered", func(t *testing.T) {
		d, client := loop(t, "", twiliosandbox.Phone{})
		if _, err := client.PlaceCall(t.Context(), out, notification.Speech{Institution: "Harbor", Sentences: []string{"Hello."}}); err != nil {
			t.Fatal(err)
		}
		got := d.await(t, 4)
		if got[len(got)-1] != "completed" || !slices.Contains(got, "in-progress") || !slices.Contains(got, "ringing") {
			t.Error(got)
		}
	})
	t.Run("a forged report is not taken", func(t *testing.T) {
		d, client := loop(t, `{"callback":"forged","path":"/webhooks/","times":1}`, twiliosandbox.Phone{Outcome: "sent"})
		if _, err := client.SendText(t.Context(), out, "Hello"); err != nil {
			t.Fatal(err)
		}
		if status := <-d.answered; status != http.StatusForbidden || len(d.taken()) != 0 {
			t.Errorf("answered %d, taken %v", status, d.taken())
		}
	})
	t.Run("doubled reports are handed on twice", func(t *testing.T) {
		d, client := loop(t, `{"callback":"doubled","path":"/webhooks/"}`, twiliosandbox.Phone{Outcome: "sent"})
		if _, err := client.SendText(t.Context(), out, "Hello"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"sent", "sent"}, d.await(t, 2)); diff != "" {
			t.Error(diff)
		}
	})
}
