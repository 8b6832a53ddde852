package secret

import (
	"encoding/binary"

	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/mac"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// MACs authenticates lists of values under the keys of one part of a keyset.
type MACs struct {
	mac tink.MAC
	// keys are how the MACs of each key begin.
	keys map[[prefixLen]byte]bool
}

func macsOf(h *keyset.Handle) (MACs, error) {
	m, err := mac.New(h)
	if err != nil {
		return MACs{}, err
	}
	keys := map[[prefixLen]byte]bool{}
	for _, info := range h.KeysetInfo().GetKeyInfo() {
		keys[[prefixLen]byte(prefix(info.GetKeyId()))] = true
	}
	return MACs{m, keys}, nil
}

// MAC authenticates a list of values under the primary key.
func (m MACs) MAC(parts ...string) ([]byte, error) { return m.mac.ComputeMAC(joined(parts)) }

// VerifyMAC tells, in constant time, whether some key of the set made the MAC.
func (m MACs) VerifyMAC(sum []byte, parts ...string) bool {
	return m.mac.VerifyMAC(sum, joined(parts)) == nil
}

// Holds reports whether the key that a MAC says it was made with is in the set.
func (m MACs) Holds(sum []byte) bool {
	return len(sum) > prefixLen && m.keys[[prefixLen]byte(sum[:prefixLen])]
}

// prefixLen is how many bytes of what a key makes say which key it was.
const prefixLen = 5

// prefix is how everything begins that a key makes, as Tink has it: a one, and the
// key's id.
func prefix(keyID uint32) []byte { return binary.BigEndian.AppendUint32([]byte{1}, keyID) }

// joined encodes the list so that no two lists look the same: each value behind
// its length.
func joined(parts []string) []byte {
	var b []byte
	for _, part := range parts {
		b = append(binary.AppendUvarint(b, uint64(len(part))), part...)
	}
	return b
}
