package auth_test

import (
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
)

func TestClient_Source(t *testing.T) {
	for _, tt := range []struct{ name, address, want string }{
		{"an IPv4 address", "203.0.113.7", "203.0.113.7"},
		{"an IPv4 address in IPv6", "::ffff:203.0.113.7", "203.0.113.7"},
		{"an IPv6 address", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		{"another of the same network", "2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"},
		{"one of the network beside", "2001:db8:1:3::9", "2001:db8:1:3::/64"},
		{"one with a zone", "fe80::1%eth0", "fe80::/64"},
		{"what is no address", "@", "@"},
		{"nothing", "", ""},
	} {
		if got := (auth.Client{Address: tt.address}).Source(); got != tt.want {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}
