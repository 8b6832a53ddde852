package audit_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestCheckReason(t *testing.T) {
	t.Run("returns the reason without outer spaces", func(t *testing.T) {
		for given, want := range map[string]string{
			"x":                            "x",
			"  lost phone \n":              "lost phone",
			"first line\r\n\tsecond line":  "first line\r\n\tsecond line",
			strings.Repeat("é", 500):       strings.Repeat("é", 500),
			" " + strings.Repeat("🙂", 500): strings.Repeat("🙂", 500),
		} {
			if got, err := audit.CheckReason(given); err != nil || got != want {
				t.Errorf("%.20q gives %.20q, %v", given, got, err)
			}
		}
	})

	t.Run("refuses none, too much, and what no one can read", func(t *testing.T) {
		for _, given := range []string{
			"", " \n\t ", strings.Repeat("é", 501), "a\x00b", "a\x1bb", "a\u0085b", "a\xffb",
		} {
			_, err := audit.CheckReason(given)
			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.InvalidInput || f.Field != "reason" {
				t.Errorf("%.20q: %v", given, err)
			}
		}
	})
}
