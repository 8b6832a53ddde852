package twilio

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestClient_Read(t *testing.T) {
	const mobile = `{"phone_number":"+12025550101","valid":true,"line_type_intelligence":{"type":"mobile"}}`
	cut := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	for _, tt := range []struct {
		name   string
		first  http.HandlerFunc
		within time.Duration // the caller's deadline
		asked  int
		want   fault.Code
		pause  time.Duration // at least
	}{
		{name: "repeats a fault of Twilio's", first: answers(503, `{"code":20503}`), asked: 2, pause: leastWait},
		{name: "repeats a bad gateway", first: answers(502, "<html>"), asked: 2, pause: leastWait},
		{name: "repeats a broken connection", first: cut, asked: 2, pause: leastWait},
		{name: "repeats as late as it is told", first: answers(429, "", "Retry-After", "2"), asked: 2, pause: 2 * time.Second},
		{name: "repeats soon if it is not told", first: answers(429, ""), asked: 2, pause: leastWait},
		{name: "repeats within the caller's deadline", first: answers(429, "", "Retry-After", "1"), within: 2 * time.Second, asked: 2, pause: time.Second},
		{name: "does not repeat beyond the caller's deadline", first: answers(429, "", "Retry-After", "2"), within: 2 * time.Second, asked: 1, want: fault.Throttled},
		{name: "does not repeat beyond its own deadline", first: answers(503, "", "Retry-After", "60"), asked: 1, want: fault.ProviderUnavailable},
		{name: "does not repeat a refusal", first: answers(404, `{"code":20404}`), asked: 1, want: fault.ProviderError},
		{name: "does not repeat wrong credentials", first: answers(401, `{"code":20003}`), asked: 1, want: fault.ProviderError},
		{name: "does not repeat garbage", first: answers(200, "garbage"), asked: 1, want: fault.ProviderUnavailable},
		{name: "does not repeat a redirect", first: answers(302, "", "Location", "/"), asked: 1, want: fault.ProviderUnavailable},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, inTurn(tt.first, answers(200, mobile)))
			ctx := t.Context()
			if tt.within > 0 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, tt.within)
				defer cancel()
			}
			_, err := b.Detect(ctx, "ins_harbor", customer)
			if fault.CodeOf(err) != tt.want {
				t.Errorf("error %v, want %s", err, tt.want)
			}
			if n := len(b.arrived("/")); n != tt.asked {
				t.Errorf("asked %d times, want %d", n, tt.asked)
			}
			if len(b.pauses) != tt.asked-1 || tt.asked == 2 && (b.pauses[0] < tt.pause || b.pauses[0] > tt.pause+2*leastWait) {
				t.Errorf("paused %s, want %s", b.pauses, tt.pause)
			}
		})
	}
	t.Run("repeats once", func(t *testing.T) {
		b := newBench(t, answers(503, ""))
		_, err := b.list(t.Context(), "ins_harbor", customer, time.Time{}, 20)
		b.wantCode(err, fault.ProviderUnavailable)
		if n := len(b.arrived("/")); n != 2 {
			t.Errorf("asked %d times", n)
		}
	})
}

func TestPause(t *testing.T) {
	if !pause(t.Context(), time.Millisecond) {
		t.Error("was not to the end")
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if pause(gone, time.Hour) {
		t.Error("went on after the caller left")
	}
}
