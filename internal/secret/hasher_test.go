package secret

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/fault"
)

func TestHasher(t *testing.T) {
	h := NewHasher(4)
	hash, err := h.Hash(t.Context(), "made-up password")
	if err != nil {
		t.Fatal(err)
	}

	t.Run("gives argon2id with 19 MiB, two passes, one lane, 32 bytes of salt and of key", func(t *testing.T) {
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

	t.Run("computes one for users who do not exist, too", func(t *testing.T) {
		if err := h.VerifyNothing(t.Context(), "made-up password"); err != nil {
			t.Error(err)
		}
		if salt, key, err := decode(h.dummy); err != nil || len(salt) != 32 || len(key) != 32 {
			t.Errorf("the dummy is %s, %v", h.dummy, err)
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

// busy gives a hasher all of whose slots are taken, and what gives one back.
func busy(t *testing.T, queue int) (h *Hasher, free func()) {
	t.Helper()
	h = NewHasher(queue)
	for range cap(h.slots) {
		if err := h.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return h, h.leave
}

// waitFor stops the test unless n callers wait or hash within a second.
func (h *Hasher) waitFor(t *testing.T, n int64) {
	t.Helper()
	for range 1000 {
		if h.waiting.Load() == n {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%d wait or hash, want %d", h.waiting.Load(), n)
}

func TestHasher_enter(t *testing.T) {
	t.Run("lets callers wait up to the queue's length; the next is THROTTLED at once", func(t *testing.T) {
		h, free := busy(t, 2)
		slots := int64(cap(h.slots))
		entered := make(chan error)
		for range 2 {
			go func() { entered <- h.enter(context.Background()) }()
		}
		h.waitFor(t, slots+2)

		_, err := h.Hash(t.Context(), "x")

		f, ok := err.(*fault.Error)
		if !ok || f.Code != fault.Throttled || f.RetryAfter < time.Second {
			t.Errorf("got %v", err)
		}
		for range 2 {
			free()
			if err := <-entered; err != nil {
				t.Error(err)
			}
		}
		h.waitFor(t, slots)
	})

	t.Run("who goes away while waiting gets TIMEOUT and leaves the place to the next", func(t *testing.T) {
		h, free := busy(t, 1)
		slots := int64(cap(h.slots))
		waiting, hangUp := context.WithCancel(t.Context())
		gone := make(chan error)
		go func() { gone <- h.enter(waiting) }()
		h.waitFor(t, slots+1)

		hangUp()

		if err := <-gone; fault.CodeOf(err) != fault.Timeout {
			t.Errorf("got %v", err)
		}
		next := make(chan error)
		go func() { next <- h.enter(context.Background()) }()
		h.waitFor(t, slots+1)
		free()
		if err := <-next; err != nil {
			t.Error(err)
		}
	})

	t.Run("frees every place in the end", func(t *testing.T) {
		h, free := busy(t, 1)
		for range cap(h.slots) {
			free()
		}

		if h.waiting.Load() != 0 || len(h.slots) != 0 {
			t.Errorf("%d wait, %d slots are taken", h.waiting.Load(), len(h.slots))
		}
	})
}
