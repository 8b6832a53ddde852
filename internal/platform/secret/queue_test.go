package secret

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// take fills a queue's places.
func take(t *testing.T, q *queue) {
	t.Helper()
	for range cap(q.places) {
		if err := q.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func wantThrottled(t *testing.T, err error) {
	t.Helper()
	if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.Throttled || f.RetryAfter < time.Second {
		t.Errorf("got %v, want THROTTLED", err)
	}
}

func TestQueue(t *testing.T) {
	t.Run("lets callers wait up to its length, in order; the next is THROTTLED at once", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			q := newQueue(2, 3, time.Second)
			take(t, q)
			var entered []int
			for i := range 3 {
				go func() {
					if err := q.enter(t.Context()); err != nil {
						t.Error(err)
					}
					entered = append(entered, i)
				}()
				synctest.Wait()
			}

			wantThrottled(t, q.enter(t.Context()))

			for range 3 {
				q.leave()
				synctest.Wait()
			}
			if !slices.Equal(entered, []int{0, 1, 2}) {
				t.Errorf("they came in as %v", entered)
			}
		})
	})

	t.Run("who goes away while waiting gets TIMEOUT and leaves the place to the next", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			q := newQueue(1, 1, time.Second)
			take(t, q)
			waiting, hangUp := context.WithCancel(t.Context())
			gone := make(chan error)
			go func() { gone <- q.enter(waiting) }()
			synctest.Wait()

			hangUp()

			if err := <-gone; fault.CodeOf(err) != fault.Timeout {
				t.Errorf("got %v", err)
			}
			next := make(chan error)
			go func() { next <- q.enter(t.Context()) }()
			synctest.Wait()
			q.leave()
			if err := <-next; err != nil {
				t.Error(err)
			}
			q.leave()
			if q.inside.Load() != 0 {
				t.Errorf("%d are inside", q.inside.Load())
			}
		})
	})
}

func TestHasher_HashAll(t *testing.T) {
	plain := []string{"one"}

	t.Run("sets leave half of the cores to sign-ins", func(t *testing.T) {
		h := newHasher(2, 4)
		take(t, h.sets)
		for range cap(h.sets.places) { // each is at work
			if err := h.slots.enter(t.Context()); err != nil {
				t.Fatal(err)
			}
		}

		if err := h.VerifyNothing(t.Context(), "made-up password"); err != nil {
			t.Error(err)
		}
	})

	t.Run("a set is THROTTLED when many wait already", func(t *testing.T) {
		h := newHasher(2, 4)
		h.sets.inside.Store(h.sets.most)

		_, err := h.HashAll(t.Context(), plain)

		wantThrottled(t, err)
	})

	t.Run("a set is THROTTLED when its turn does not come while there is time to make it", func(t *testing.T) {
		for name, blocked := range map[string]func(h *Hasher) *queue{
			"other sets":  func(h *Hasher) *queue { return h.sets },
			"other users": func(h *Hasher) *queue { return h.slots },
		} {
			synctest.Test(t, func(t *testing.T) {
				h := newHasher(2, 4)
				take(t, blocked(h))
				request, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()

				_, err := h.HashAll(request, plain)

				wantThrottled(t, err)
				if request.Err() != nil {
					t.Errorf("%s: no time was left", name)
				}
			})
		}
	})

	t.Run("who goes away gets TIMEOUT, and every place is free again", func(t *testing.T) {
		h := newHasher(2, 4)
		gone, hangUp := context.WithCancel(t.Context())
		hangUp()

		if _, err := h.HashAll(gone, plain); fault.CodeOf(err) != fault.Timeout {
			t.Errorf("got %v", err)
		}
		if h.sets.inside.Load() != 0 || h.slots.inside.Load() != 0 {
			t.Errorf("%d sets and %d hashes are inside", h.sets.inside.Load(), h.slots.inside.Load())
		}
	})
}
