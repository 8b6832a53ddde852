package secret

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/crypto/argon2"
)

// argon2id at OWASP's first choice: 19 MiB, two passes, one lane, about 19 ms.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	saltBytes = 32
	keyBytes  = 32
)

// A set of codes takes as long as all its hashes, and who makes one can wait: so
// sets have a queue of their own, which is short.
const (
	setQueue    = 8
	setPatience = 3 * time.Second
)

// Hasher hashes passwords and backup codes with argon2id. Hashes under way are
// bounded by the number of cores, because each takes 19 MiB, and those waiting
// by a queue, beyond which the answer is THROTTLED. Sets of codes never take more
// than half of the cores, so that sign-ins get theirs.
type Hasher struct {
	slots, sets *queue
	dummy       string
}

// NewHasher makes a hasher with room for so many callers waiting.
func NewHasher(waiting int) *Hasher { return newHasher(runtime.GOMAXPROCS(0), waiting) }

func newHasher(cores, waiting int) *Hasher {
	return &Hasher{
		slots: newQueue(cores, waiting, time.Second), sets: newQueue(max(1, cores/2), setQueue, setPatience),
		dummy: encode(newSalt(), make([]byte, keyBytes)),
	}
}

// Hash returns the PHC string of a secret with a salt of its own. THROTTLED when
// the queue is full, TIMEOUT when ctx ends first.
func (h *Hasher) Hash(ctx context.Context, plain string) (string, error) {
	if err := h.slots.enter(ctx); err != nil {
		return "", err
	}
	defer h.slots.leave()
	return hash(plain), nil
}

// HashBeside returns the PHC string of a secret with the salt of another one, so that
// VerifyEach checks both by one computation. Errors as Hash.
func (h *Hasher) HashBeside(ctx context.Context, other, plain string) (string, error) {
	salt, _, err := decode(other)
	if err != nil {
		return "", err
	}
	if err := h.slots.enter(ctx); err != nil {
		return "", err
	}
	defer h.slots.leave()
	return encode(salt, key(plain, salt)), nil
}

// HashAll hashes a set of secrets, one after the other, and stands in the queue
// once for all of them. THROTTLED when the queue of sets is full or too slow, so
// that there is time left to make the set; TIMEOUT when ctx ends first.
func (h *Hasher) HashAll(ctx context.Context, plain []string) ([]string, error) {
	patience := setPatience
	if deadline, ok := ctx.Deadline(); ok {
		patience = min(patience, time.Until(deadline)/3)
	}
	waiting, cancel := context.WithTimeoutCause(ctx, patience, busy(setPatience))
	defer cancel()
	if err := h.sets.enter(waiting); err != nil {
		return nil, err
	}
	defer h.sets.leave()
	if err := h.slots.enter(waiting); err != nil {
		return nil, err
	}
	defer h.slots.leave()
	hashes := make([]string, len(plain))
	for i, p := range plain {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		hashes[i] = hash(p)
	}
	return hashes, nil
}

// Verify reports whether hash is of plain. Errors as Hash.
func (h *Hasher) Verify(ctx context.Context, hash, plain string) (bool, error) {
	right, err := h.VerifyEach(ctx, []string{hash}, plain)
	return err == nil && right[0], err
}

// VerifyEach reports of each hash whether it is of plain. It takes as long as Verify
// for all that have one salt, and for no hash at all. Errors as Hash.
func (h *Hasher) VerifyEach(ctx context.Context, hashes []string, plain string) ([]bool, error) {
	if len(hashes) == 0 {
		return nil, h.VerifyNothing(ctx, plain)
	}
	salts, wanted := make([][]byte, len(hashes)), make([][]byte, len(hashes))
	for i, hash := range hashes {
		var err error
		if salts[i], wanted[i], err = decode(hash); err != nil {
			return nil, err
		}
	}
	if err := h.slots.enter(ctx); err != nil {
		return nil, err
	}
	defer h.slots.leave()
	right, made := make([]bool, len(hashes)), []byte(nil)
	for i, salt := range salts {
		if i == 0 || !bytes.Equal(salt, salts[i-1]) {
			made = key(plain, salt)
		}
		right[i] = subtle.ConstantTimeCompare(made, wanted[i]) == 1
	}
	return right, nil
}

// VerifyNothing takes as long as Verify and is never right: for users and codes
// that do not exist, so that they can't be told from those that do.
func (h *Hasher) VerifyNothing(ctx context.Context, plain string) error {
	_, err := h.Verify(ctx, h.dummy, plain)
	return err
}

func hash(plain string) string {
	salt := newSalt()
	return encode(salt, key(plain, salt))
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
