package secret

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/mac"
	"github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
)

// file is the keyset file's shape: Tink keysets in Tink's own JSON. One that was made
// before the audit record had keys of its own has no audit part.
type file struct {
	AEAD  json.RawMessage `json:"aead"`
	MAC   json.RawMessage `json:"mac"`
	Audit json.RawMessage `json:"audit,omitempty"`
}

// The parts of a file, in its order.
const (
	aeadPart = iota
	macPart
	auditPart
)

var partNames = [...]string{"aead", "mac", "audit"}

// handles are the keysets of a file; that of the audit part may be nil.
type handles [len(partNames)]*keyset.Handle

// Key is a key of a file.
type Key struct {
	// Name is what operators call it by: its part and its id, as in mac/2320000c.
	Name string
	// Primary is the key of its part that new values use; New is one that was added
	// after it.
	Primary, New bool
}

// Part is the part of the file that the key is in: aead, mac or audit.
func (k Key) Part() string {
	part, _, _ := strings.Cut(k.Name, "/")
	return part
}

// Prefix is how everything begins that the key made.
func (k Key) Prefix() []byte {
	_, hexID, _ := strings.Cut(k.Name, "/")
	keyID, err := strconv.ParseUint(hexID, 16, 32)
	if err != nil {
		return nil
	}
	return prefix(uint32(keyID))
}

// Keys lists the keys of a file, part by part, the oldest first.
func Keys(data []byte) ([]Key, error) {
	parts, err := read(data)
	if err != nil {
		return nil, err
	}
	var keys []Key
	for i, h := range parts {
		if h == nil {
			continue
		}
		isNew := false
		for _, info := range h.KeysetInfo().GetKeyInfo() {
			k := Key{Name: name(i, info), Primary: info.GetKeyId() == h.KeysetInfo().GetPrimaryKeyId(), New: isNew}
			isNew = isNew || k.Primary
			keys = append(keys, k)
		}
	}
	return keys, nil
}

func name(part int, info *tink_go_proto.KeysetInfo_KeyInfo) string {
	return fmt.Sprintf("%s/%08x", partNames[part], info.GetKeyId())
}

// Create makes a keyset file with one new key for each part.
func Create() ([]byte, error) {
	var parts handles
	for i := range parts {
		var err error
		if parts[i], err = keyset.NewHandle(template(i)); err != nil {
			return nil, err
		}
	}
	return write(parts)
}

func template(part int) *tink_go_proto.KeyTemplate {
	if part == aeadPart {
		return aead.AES256GCMKeyTemplate()
	}
	return mac.HMACSHA256Tag256KeyTemplate()
}

// Add returns the file with a new key for each part. The primary keys stay what they
// were, so that every process can learn the new ones before one of them is used. A
// file without keys for the audit record gets them: those that proved it until now,
// and a new one.
func Add(data []byte) ([]byte, error) {
	return change(data, func(part int, m *keyset.Manager) error {
		_, err := m.Add(template(part))
		return err
	})
}

// Promote returns the file with the newest keys as primary.
func Promote(data []byte) ([]byte, error) {
	return change(data, func(_ int, m *keyset.Manager) error {
		h, err := m.Handle()
		if err != nil {
			return err
		}
		infos := h.KeysetInfo().GetKeyInfo()
		return m.SetPrimary(infos[len(infos)-1].GetKeyId())
	})
}

// Retire returns the file without a key. The primary key of a part can't go.
func Retire(data []byte, k Key) ([]byte, error) {
	parts, err := read(data)
	if err != nil {
		return nil, err
	}
	for i, h := range parts {
		if h == nil {
			continue
		}
		for _, info := range h.KeysetInfo().GetKeyInfo() {
			if name(i, info) != k.Name {
				continue
			}
			m := keyset.NewManagerFromHandle(h)
			if err := m.Delete(info.GetKeyId()); err != nil {
				return nil, err
			}
			if parts[i], err = m.Handle(); err != nil {
				return nil, err
			}
			return write(parts)
		}
	}
	return nil, fmt.Errorf("the keyset has no key %s", k.Name)
}

func change(data []byte, f func(part int, m *keyset.Manager) error) ([]byte, error) {
	parts, err := read(data)
	if err != nil {
		return nil, err
	}
	if parts[auditPart] == nil {
		parts[auditPart] = parts[macPart]
	}
	for i, h := range parts {
		m := keyset.NewManagerFromHandle(h)
		if err := f(i, m); err != nil {
			return nil, err
		}
		if parts[i], err = m.Handle(); err != nil {
			return nil, err
		}
	}
	return write(parts)
}

func read(data []byte) (parts handles, err error) {
	var f file
	// The decoder's own message could quote key material.
	if json.Unmarshal(data, &f) != nil || f.AEAD == nil || f.MAC == nil {
		return parts, fmt.Errorf(`a keyset file is JSON with "aead", "mac" and "audit"; make one with: factordesk keys create`)
	}
	for i, part := range []json.RawMessage{f.AEAD, f.MAC, f.Audit} {
		if i == auditPart && part == nil {
			continue
		}
		if parts[i], err = insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(part))); err != nil {
			return parts, fmt.Errorf("the keyset's %s part is not a Tink keyset", partNames[i])
		}
	}
	return parts, nil
}

func write(parts handles) ([]byte, error) {
	var texts [len(parts)]bytes.Buffer
	for i, h := range parts {
		if h == nil {
			continue
		}
		if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&texts[i])); err != nil {
			return nil, err
		}
	}
	return json.MarshalIndent(file{texts[aeadPart].Bytes(), texts[macPart].Bytes(), texts[auditPart].Bytes()}, "", "  ")
}

// ids returns the key ids of a file; a key's id is as good as its name.
func ids(data []byte) (map[uint32]bool, error) {
	parts, err := read(data)
	if err != nil {
		return nil, err
	}
	found := map[uint32]bool{}
	for _, h := range parts {
		if h == nil {
			continue
		}
		for _, info := range h.KeysetInfo().GetKeyInfo() {
			found[info.GetKeyId()] = true
		}
	}
	return found, nil
}
