package auth_test

import (
	"slices"
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

func TestClient_Sources(t *testing.T) {
	for address, want := range map[string][]string{
		"203.0.113.7":              {"203.0.113.7"},
		"2001:db8:1:2ff:3:4:5:6":   {"2001:db8:1:2ff::/64", "2001:db8:1:200::/56", "2001:db8:1::/48"},
		"::ffff:203.0.113.7":       {"203.0.113.7"},
		"@":                        {"@"},
		"2001:db8:1:2ff:3::6%eth0": {"2001:db8:1:2ff::/64", "2001:db8:1:200::/56", "2001:db8:1::/48"},
	} {
		if got := (auth.Client{Address: address}).Sources(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}
