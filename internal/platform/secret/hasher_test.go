package secret

import (
	"slices"
	"strings"
	"testing"
)

func TestHasher(t *testing.T) {
	h := NewHasher(4)
	hash, err := h.Hash(t.Context(), "made-up password")
	if err != nil {
		t.Fatal(err)
	}

	t.Run("returns argon2id with 19 MiB, two passes, one lane, 32 bytes of salt and of key", func(t *testing.T) {
		salt, key, err := decode(hash)

		if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") || err != nil || len(salt) != 32 || len(key) != 32 {
			t.Errorf("got %s, %v", hash, err)
		}
	})

	t.Run("verifies what was hashed and nothing else", func(t *testing.T) {
		for plain, want := range map[string]bool{"made-up password": true, "Made-up password": false} {
			if got, err := h.Verify(t.Context(), hash, plain); err != nil || got != want {
				t.Errorf("%q: %v, %v", plain, got, err)
			}
		}
	})

	t.Run("salts each hash by itself", func(t *testing.T) {
		again, err := h.Hash(t.Context(), "made-up password")

		if err != nil || again == hash {
			t.Errorf("got %s, %v", again, err)
		}
	})

	t.Run("hashes beside another, so that both are checked by one computation", func(t *testing.T) {
		beside, err := h.HashBeside(t.Context(), hash, "another password")
		apart, errApart := h.Hash(t.Context(), "another password")
		if err != nil || errApart != nil || beside == hash || beside[:strings.LastIndex(beside, "$")] != hash[:strings.LastIndex(hash, "$")] {
			t.Fatalf("got %s beside %s, %v, %v", beside, hash, err, errApart)
		}
		for plain, want := range map[string][]bool{
			"made-up password": {true, false, false}, "another password": {false, true, true}, "neither": {false, false, false},
		} {
			if got, err := h.VerifyEach(t.Context(), []string{hash, beside, apart}, plain); err != nil || !slices.Equal(got, want) {
				t.Errorf("%q: %v, %v, want %v", plain, got, err, want)
			}
		}
		if got, err := h.VerifyEach(t.Context(), nil, "neither"); err != nil || len(got) > 0 {
			t.Errorf("of none: %v, %v", got, err)
		}
		if _, err := h.HashBeside(t.Context(), "no hash", "neither"); err == nil {
			t.Error("beside no hash")
		}
	})

	t.Run("computes one for users who do not exist, too", func(t *testing.T) {
		if err := h.VerifyNothing(t.Context(), "made-up password"); err != nil {
			t.Error(err)
		}
		if salt, key, err := decode(h.dummy); err != nil || len(salt) != 32 || len(key) != 32 {
			t.Errorf("the dummy is %s, %v", h.dummy, err)
		}
	})

	t.Run("hashes a set, each with a salt of its own", func(t *testing.T) {
		hashes, err := h.HashAll(t.Context(), []string{"one", "two", "one"})
		if err != nil || len(hashes) != 3 || hashes[0] == hashes[2] {
			t.Fatalf("got %v, %v", hashes, err)
		}
		for i, plain := range []string{"one", "two", "one"} {
			if ok, err := h.Verify(t.Context(), hashes[i], plain); err != nil || !ok {
				t.Errorf("%d: %v, %v", i, ok, err)
			}
		}
	})

	t.Run("refuses stored hashes of another form without computing", func(t *testing.T) {
		for name, stored := range map[string]string{
			"nothing":           "",
			"other parameters":  strings.Replace(hash, "m=19456", "m=8", 1),
			"another algorithm": strings.Replace(hash, "argon2id", "argon2i", 1),
			"cut off":           hash[:len(hash)-10],
			"without its key":   hash[:strings.LastIndex(hash, "$")],
			"with an empty key": hash[:strings.LastIndex(hash, "$")+1],
			"no Base64":         hash[:len(hash)-2] + "!!",
		} {
			if ok, err := h.Verify(t.Context(), stored, "x"); err == nil || ok {
				t.Errorf("%s: %v, %v", name, ok, err)
			}
		}
	})
}
