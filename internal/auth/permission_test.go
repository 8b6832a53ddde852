package auth_test

import (
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
)

// Staff know each permission by a name of its own.
func TestPermission_Name(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range auth.Permissions() {
		if name := p.Name(); name == "" || seen[name] {
			t.Errorf("%s is called %q", p, name)
		}
		seen[p.Name()] = true
	}
}
