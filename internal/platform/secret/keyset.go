package secret

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/mac"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Keyset encrypts and authenticates. It is safe for concurrent use.
type Keyset struct {
	aead tink.AEAD
	mac  tink.MAC
}

// file is the keyset file's shape: two Tink keysets in Tink's own JSON.
type file struct {
	AEAD json.RawMessage `json:"aead"`
	MAC  json.RawMessage `json:"mac"`
}

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
	aeadHandle, macHandle, err := read(data)
	if err != nil {
		return nil, err
	}
	a, err := aead.New(aeadHandle)
	if err != nil {
		return nil, fmt.Errorf("the keyset's aead part: %w", err)
	}
	m, err := mac.New(macHandle)
	if err != nil {
		return nil, fmt.Errorf("the keyset's mac part: %w", err)
	}
	return &Keyset{aead: a, mac: m}, nil
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

// MAC authenticates a list of values under the primary key.
func (k *Keyset) MAC(parts ...string) ([]byte, error) { return k.mac.ComputeMAC(joined(parts)) }

// VerifyMAC tells, in constant time, whether some key of the set made the MAC.
func (k *Keyset) VerifyMAC(sum []byte, parts ...string) bool {
	return k.mac.VerifyMAC(sum, joined(parts)) == nil
}

// joined encodes the list so that no two lists look the same: each value behind
// its length.
func joined(parts []string) []byte {
	var b []byte
	for _, part := range parts {
		b = append(binary.AppendUvarint(b, uint64(len(part))), part...)
	}
	return b
}

// Create makes a keyset file with one new key each.
func Create() ([]byte, error) {
	a, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	m, err := keyset.NewHandle(mac.HMACSHA256Tag256KeyTemplate())
	if err != nil {
		return nil, err
	}
	return write(a, m)
}

// Add returns the file with a new key each. The primary keys stay what they were,
// so that every process can learn the new ones before one of them is used.
func Add(data []byte) ([]byte, error) {
	return change(data, func(m *keyset.Manager, isAEAD bool) error {
		template := mac.HMACSHA256Tag256KeyTemplate()
		if isAEAD {
			template = aead.AES256GCMKeyTemplate()
		}
		_, err := m.Add(template)
		return err
	})
}

// Promote returns the file with the newest keys as primary.
func Promote(data []byte) ([]byte, error) {
	a, m, err := read(data)
	if err != nil {
		return nil, err
	}
	newest := func(h *keyset.Handle) uint32 {
		infos := h.KeysetInfo().GetKeyInfo()
		return infos[len(infos)-1].GetKeyId()
	}
	return change(data, func(mgr *keyset.Manager, isAEAD bool) error {
		if isAEAD {
			return mgr.SetPrimary(newest(a))
		}
		return mgr.SetPrimary(newest(m))
	})
}

func change(data []byte, f func(m *keyset.Manager, isAEAD bool) error) ([]byte, error) {
	a, m, err := read(data)
	if err != nil {
		return nil, err
	}
	changed := make([]*keyset.Handle, 2)
	for i, h := range []*keyset.Handle{a, m} {
		mgr := keyset.NewManagerFromHandle(h)
		if err := f(mgr, i == 0); err != nil {
			return nil, err
		}
		if changed[i], err = mgr.Handle(); err != nil {
			return nil, err
		}
	}
	return write(changed[0], changed[1])
}

func read(data []byte) (a, m *keyset.Handle, err error) {
	var f file
	// The decoder's own message could quote key material.
	if json.Unmarshal(data, &f) != nil || f.AEAD == nil || f.MAC == nil {
		return nil, nil, fmt.Errorf(`a keyset file is JSON with "aead" and "mac"; make one with: factordesk keys create`)
	}
	if a, err = insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(f.AEAD))); err != nil {
		return nil, nil, fmt.Errorf("the keyset's aead part is not a Tink keyset")
	}
	if m, err = insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(f.MAC))); err != nil {
		return nil, nil, fmt.Errorf("the keyset's mac part is not a Tink keyset")
	}
	return a, m, nil
}

func write(a, m *keyset.Handle) ([]byte, error) {
	var parts [2]bytes.Buffer
	for i, h := range []*keyset.Handle{a, m} {
		if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&parts[i])); err != nil {
			return nil, err
		}
	}
	return json.MarshalIndent(file{AEAD: parts[0].Bytes(), MAC: parts[1].Bytes()}, "", "  ")
}

// ids returns the key ids of a file; a key's id is as good as its name.
func ids(data []byte) (map[uint32]bool, error) {
	a, m, err := read(data)
	if err != nil {
		return nil, err
	}
	found := map[uint32]bool{}
	for _, h := range []*keyset.Handle{a, m} {
		for _, info := range h.KeysetInfo().GetKeyInfo() {
			found[info.GetKeyId()] = true
		}
	}
	return found, nil
}
