package id

import (
	"slices"
	"strings"
	"testing"
)

func TestNew(t *testing.T) {
	t.Run("is an id of its kind and of no other", func(t *testing.T) {
		made := New(User)

		if !Is(User, made) || Is(Device, made) {
			t.Errorf("%s is not of its kind only", made)
		}
	})

	t.Run("ascends, and is never the same", func(t *testing.T) {
		made := make([]string, 1000)
		for i := range made {
			made[i] = New(Message)
		}

		if !slices.IsSorted(made) || len(slices.Compact(made)) != 1000 {
			t.Error("a thousand ids do not ascend")
		}
	})
}

func TestIs(t *testing.T) {
	good := New(User)
	for name, s := range map[string]string{
		"nothing":            "",
		"a prefix only":      "usr_",
		"no prefix":          good[4:],
		"another prefix":     "usx" + good[3:],
		"capitals":           "usr_" + strings.Repeat("A", 32),
		"one digit short":    good[:len(good)-1],
		"one digit too many": good + "0",
		"a letter after f":   good[:len(good)-1] + "g",
		"a space":            good[:len(good)-1] + " ",
		"a NUL":              good[:len(good)-1] + "\x00",
		"another script":     good[:len(good)-2] + "é",
		"hyphens of a UUID":  "usr_01890a5d-ac96-774b-bcce-b302099a8057",
		"no underscore":      "usr" + good[4:],
	} {
		if Is(User, s) {
			t.Errorf("%s passes: %q", name, s)
		}
	}
	if !Is(User, good) {
		t.Errorf("%q does not pass", good)
	}
}
