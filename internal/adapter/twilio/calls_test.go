package twilio

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

func TestClient_ListCalls(t *testing.T) {
	b := newBench(t, sandbox(t))
	began := time.Now().Add(-time.Second)
	placed, err := b.PlaceCall(t.Context(), outgoing(), notification.Speech{Locale: "en-US", Institution: "Harbor", Sentences: []string{"Hello."}})
	if err != nil {
		t.Fatal(err)
	}

	got, err := b.ListCalls(t.Context(), "ins_harbor", customer, 20)

	if err != nil || len(got) != 1 || got[0].SID != placed.SID || got[0].AccountSID != harborSID || got[0].To != customer || got[0].Status == "" ||
		got[0].CreatedAt.Before(began) || got[0].CreatedAt.After(time.Now()) || got[0].Body != "" {
		t.Errorf("%+v, %v", got, err)
	}
	if others, err := b.ListCalls(t.Context(), "ins_harbor", "+12025550102", 20); err != nil || len(others) != 0 {
		t.Errorf("%+v, %v", others, err)
	}
	_, err = b.ListCalls(t.Context(), "ins_harbor", "2025550101", 20)
	b.wantCode(err, fault.InvalidInput)
	for answer, want := range map[string]fault.Code{
		`"status": 503, "times": 2`: fault.ProviderUnavailable, `"status": 200, "body": "{}", "times": 1`: fault.ProviderUnavailable,
		`"status": 200, "body": "{\"calls\": [{\"sid\": \"CA1\"}]}", "times": 1`: fault.ProviderUnavailable, `"status": 401, "code": 20003, "times": 1`: fault.ProviderError,
	} {
		b.order(`{"path": "/2010-04-01", ` + answer + `}`)
		_, err := b.ListCalls(t.Context(), "ins_harbor", customer, 20)
		b.wantCode(err, want)
	}
}

func TestClient_WhyFailed(t *testing.T) {
	s := sandbox(t)
	s.SetPhone(customer, twiliosandbox.Phone{CallOutcome: "failed"})
	b := newBench(t, s)
	placed, err := b.PlaceCall(t.Context(), outgoing(), notification.Speech{Locale: "en-US", Institution: "Harbor", Sentences: []string{"Hello."}})
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		code, err := b.WhyFailed(t.Context(), "ins_harbor", harborSID, placed.SID)
		if err != nil {
			t.Fatal(err)
		}
		if code == 32016 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("code %d", code)
		}
	}
	if code, err := b.WhyFailed(t.Context(), "ins_harbor", "AC00000000000000000000000000000009", placed.SID); code != 0 || err != nil {
		t.Errorf("of another account: %d, %v", code, err)
	}
}
