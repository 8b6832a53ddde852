package secret

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/argon2"

	"github.com/factordesk/factordesk/internal/fault"
)

// argon2id at OWASP's first choice: 19 MiB, two passes, one lane, about 19 ms.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	saltBytes = 32
	keyBytes  = 32
)

// Hasher hashes passwords and backup codes with argon2id. Hashes under way are
// bounded by the number of cores, because each takes 19 MiB, and those waiting
// by a queue, beyond which the answer is THROTTLED.
type Hasher struct {
	slots   chan struct{}
	waiting atomic.Int64
	limit   int64
	dummy   string
}

// NewHasher makes a hasher with room for queue callers waiting.
func NewHasher(queue int) *Hasher {
	h := &Hasher{slots: make(chan struct{}, runtime.GOMAXPROCS(0)), limit: int64(queue)}
	h.dummy = encode(newSalt(), make([]byte, keyBytes))
	return h
}

// Hash gives the PHC string of a secret with a salt of its own. THROTTLED when
// the queue is full, TIMEOUT when ctx ends first.
func (h *Hasher) Hash(ctx context.Context, plain string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	salt := newSalt()
	return encode(salt, key(plain, salt)), nil
}

// Verify tells whether hash is of plain. Errors as Hash.
func (h *Hasher) Verify(ctx context.Context, hash, plain string) (bool, error) {
	salt, want, err := decode(hash)
	if err != nil {
		return false, err
	}
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	return subtle.ConstantTimeCompare(key(plain, salt), want) == 1, nil
}

// VerifyNothing takes as long as Verify and is never right: for users and codes
// that do not exist, so that they can't be told from those that do.
func (h *Hasher) VerifyNothing(ctx context.Context, plain string) error {
	_, err := h.Verify(ctx, h.dummy, plain)
	return err
}

func (h *Hasher) enter(ctx context.Context) error {
	if h.waiting.Add(1) > h.limit+int64(cap(h.slots)) {
		h.waiting.Add(-1)
		return fault.Throttle(time.Second, "The service is busy. Try again in a moment.")
	}
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		h.waiting.Add(-1)
		return ctx.Err()
	}
}

func (h *Hasher) leave() {
	<-h.slots
	h.waiting.Add(-1)
}

func key(plain string, salt []byte) []byte {
	return argon2.IDKey([]byte(plain), salt, passes, memoryKiB, lanes, keyBytes)
}

func newSalt() []byte {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // crypto/rand.Read never fails
	return salt
}

var b64 = base64.RawStdEncoding

func encode(salt, key []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, memoryKiB, passes, lanes, b64.EncodeToString(salt), b64.EncodeToString(key))
}

func decode(hash string) (salt, key []byte, err error) {
	var v, m, t, p int
	var rest string
	if n, _ := fmt.Sscanf(hash, "$argon2id$v=%d$m=%d,t=%d,p=%d$%s", &v, &m, &t, &p, &rest); n != 5 ||
		v != argon2.Version || m != memoryKiB || t != passes || p != lanes {
		return nil, nil, fmt.Errorf("a stored hash is not argon2id with the parameters in use")
	}
	for i := range rest {
		if rest[i] == '$' {
			if salt, err = b64.DecodeString(rest[:i]); err == nil {
				key, err = b64.DecodeString(rest[i+1:])
			}
			if err != nil || len(key) != keyBytes {
				break
			}
			return salt, key, nil
		}
	}
	return nil, nil, fmt.Errorf("a stored hash is cut off")
}
