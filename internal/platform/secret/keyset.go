package secret

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Keyset encrypts and authenticates. It is safe for concurrent use. Its own MACs are
// those of one-time codes.
type Keyset struct {
	MACs
	aead  tink.AEAD
	audit MACs
	split bool
}

// Audit returns what authenticates the audit record.
func (k *Keyset) Audit() MACs { return k.audit }

// HasAuditKeys reports whether the audit record has keys of its own, as a file has
// that was made by this version, or changed by it.
func (k *Keyset) HasAuditKeys() bool { return k.split }

// development is a fixed keyset that anyone can read: for development only.
//
//go:embed development_keyset.json
var development []byte

// IsDevelopment reports whether a keyset file is the public development keyset,
// or holds one of its keys.
func IsDevelopment(data []byte) bool {
	dev, err := ids(development)
	if err != nil {
		return false
	}
	given, err := ids(data)
	if err != nil {
		return false
	}
	for id := range given {
		if dev[id] {
			return true
		}
	}
	return false
}

// Development returns the public development keyset. Production refuses it.
func Development() *Keyset {
	k, err := Parse(development)
	if err != nil {
		panic("secret: the embedded development keyset is broken: " + err.Error())
	}
	return k
}

// Parse reads a keyset file.
func Parse(data []byte) (*Keyset, error) {
	parts, err := read(data)
	if err != nil {
		return nil, err
	}
	k := &Keyset{split: parts[auditPart] != nil}
	if k.aead, err = aead.New(parts[aeadPart]); err != nil {
		return nil, fmt.Errorf("the keyset's aead part: %w", err)
	}
	if k.MACs, err = macsOf(parts[macPart]); err != nil {
		return nil, fmt.Errorf("the keyset's mac part: %w", err)
	}
	k.audit = k.MACs
	if k.split {
		if k.audit, err = macsOf(parts[auditPart]); err != nil {
			return nil, fmt.Errorf("the keyset's audit part: %w", err)
		}
	}
	return k, nil
}

// Place names where a ciphertext is kept. It is authenticated with it, so that a
// ciphertext moved to another row, table or column no longer opens.
type Place struct{ Table, Row, Column string }

func (p Place) bytes() []byte {
	return []byte(strings.Join([]string{p.Table, p.Row, p.Column}, "\x00"))
}

// Seal encrypts a secret for a place.
func (k *Keyset) Seal(t Text, p Place) ([]byte, error) {
	return k.aead.Encrypt([]byte(t.Reveal()), p.bytes())
}

// Open decrypts what Seal made for the same place.
func (k *Keyset) Open(ciphertext []byte, p Place) (Text, error) {
	b, err := k.aead.Decrypt(ciphertext, p.bytes())
	if err != nil {
		return Text{}, fmt.Errorf("open %s.%s of %s: %w", p.Table, p.Column, p.Row, err)
	}
	return NewText(string(b)), nil
}
