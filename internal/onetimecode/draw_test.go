package onetimecode

import (
	"slices"
	"testing"
)

func TestDraw(t *testing.T) {
	t.Run("has six digits, zeros in front too", func(t *testing.T) {
		zero := false
		for range 2000 {
			code, err := draw()
			if err != nil || len(code) != 6 || len(slices.DeleteFunc([]byte(code), func(b byte) bool { return b >= '0' && b <= '9' })) != 0 {
				t.Fatalf("%q, %v", code, err)
			}
			zero = zero || code[0] == '0'
		}
		if !zero {
			t.Error("of 2000 none begins with a zero")
		}
	})
}
