package twilio

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Where no connection is made, surely nothing was sent; where one is, nobody knows.
func TestClient_Unconnected(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	refusing := http.ProxyURL(&url.URL{Scheme: "http", Host: strings.TrimPrefix(closed.URL, "http://")})
	for _, tt := range []struct {
		name, base string
		transport  *http.Transport
		want       fault.Code
		unsent     bool
	}{
		{"nobody listens", closed.URL, NewTransport(), fault.ProviderUnavailable, true},
		{"no such host", "http://twilio.invalid", NewTransport(), fault.ProviderUnavailable, true},
		{"TLS that is not answered", "https://" + silent.Addr().String(), NewTransport(), fault.Timeout, true},
		{"a proxy that is down", "http://api.example", &http.Transport{Proxy: refusing}, fault.ProviderUnavailable, true},
		{"an answer that doesn't come", "http://" + silent.Addr().String(), NewTransport(), fault.Timeout, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, sandbox(t))
			base, err := url.Parse(tt.base)
			if err != nil {
				t.Fatal(err)
			}
			b.base, b.sends = base, tt.transport
			ctx := t.Context()
			if tt.want == fault.Timeout {
				short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
				defer cancel()
				ctx = short
			}

			_, err = b.SendText(ctx, outgoing(), body)

			b.wantCode(err, tt.want)
			if notification.Unsent(err) != tt.unsent {
				t.Errorf("surely unsent: %v, of %v", !tt.unsent, err)
			}
		})
	}
}
