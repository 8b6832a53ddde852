package secret

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// together returns a file as it was before the audit record had keys of its own.
func together(t *testing.T, data []byte) []byte {
	t.Helper()
	var f map[string]json.RawMessage
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	delete(f, "audit")
	old, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return old
}

func TestKeyset_Audit(t *testing.T) {
	created, err := Create()
	k := parsed(t, created, err)
	code, err := k.MAC("a")
	if err != nil {
		t.Fatal(err)
	}
	entry, err := k.Audit().MAC("a")
	if err != nil {
		t.Fatal(err)
	}
	if !k.HasAuditKeys() || k.VerifyMAC(entry, "a") || k.Audit().VerifyMAC(code, "a") || !k.Audit().VerifyMAC(entry, "a") {
		t.Error("codes and the record are not apart")
	}
	if !k.Audit().Holds(entry) || k.Audit().Holds(code) || k.Audit().Holds(nil) || k.Audit().Holds(entry[:5]) {
		t.Error("the keys of MACs are told wrongly")
	}

	t.Run("of an older file is apart once keys were added and promoted", func(t *testing.T) {
		old := together(t, created)
		before := parsed(t, old, nil)
		entry, err := before.Audit().MAC("a")
		if err != nil {
			t.Fatal(err)
		}
		if before.HasAuditKeys() || !before.VerifyMAC(entry, "a") {
			t.Error("an older file has audit keys")
		}
		added, err := Add(old)
		if err != nil {
			t.Fatal(err)
		}
		promoted, err := Promote(added)
		after := parsed(t, promoted, err)
		fresh, err := after.Audit().MAC("a")
		if err != nil {
			t.Fatal(err)
		}
		if !after.HasAuditKeys() || !after.Audit().VerifyMAC(entry, "a") || !after.VerifyMAC(entry, "a") || after.VerifyMAC(fresh, "a") {
			t.Error("the old record or live codes are lost, or the two are not apart")
		}
	})
}

func TestRetire(t *testing.T) {
	created, err := Create()
	if err != nil {
		t.Fatal(err)
	}
	added, err := Add(created)
	if err != nil {
		t.Fatal(err)
	}
	promoted, err := Promote(added)
	if err != nil {
		t.Fatal(err)
	}
	states := func(data []byte) (all []string) {
		keys, err := Keys(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range keys {
			state := k.Part()
			if k.Primary {
				state += " primary"
			}
			if k.New {
				state += " new"
			}
			all = append(all, state)
		}
		return all
	}
	for _, test := range []struct {
		data []byte
		want string
	}{
		{created, "aead primary, mac primary, audit primary"},
		{added, "aead primary, aead new, mac primary, mac new, audit primary, audit new"},
		{promoted, "aead, aead primary, mac, mac primary, audit, audit primary"},
	} {
		if got := strings.Join(states(test.data), ", "); got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}

	keys, err := Keys(promoted)
	if err != nil {
		t.Fatal(err)
	}
	before, after := parsed(t, created, nil), parsed(t, promoted, nil)
	old := sealed(t, before, "x")
	if !bytes.HasPrefix(old, keys[0].Prefix()) || !bytes.HasPrefix(sealed(t, after, "x"), keys[1].Prefix()) {
		t.Error("a key is not told by what it made")
	}
	retired, err := Retire(promoted, keys[0])
	rest := parsed(t, retired, err)
	if opens(rest, old, "x") || !opens(rest, sealed(t, after, "x"), "x") {
		t.Error("the wrong key went")
	}
	for _, k := range []Key{keys[1], {Name: "aead/00000000"}, {Name: "mac"}, {}, {Name: strings.Replace(keys[0].Name, "aead", "mac", 1)}} {
		if _, err := Retire(promoted, k); err == nil {
			t.Errorf("%q went", k.Name)
		}
	}
}

func TestParse_Truncated(t *testing.T) {
	whole, err := Create()
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		if _, err := Parse(whole[:n]); err == nil {
			t.Errorf("%d bytes of %d are taken for a keyset", n, len(whole))
		}
	}
}
