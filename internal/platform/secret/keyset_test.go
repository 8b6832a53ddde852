package secret

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

var here = Place{Table: "sms_providers", Row: "prv_1", Column: "token"}

// parsed returns the keyset of a file, and stops the test if there is none.
func parsed(t *testing.T, data []byte, err error) *Keyset {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	k, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sealed(t *testing.T, k *Keyset, plain string) []byte {
	t.Helper()
	b, err := k.Seal(NewText(plain), here)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func opens(k *Keyset, ciphertext []byte, want string) bool {
	got, err := k.Open(ciphertext, here)
	return err == nil && got.Reveal() == want
}

func TestKeyset_Open(t *testing.T) {
	k := Development()
	ciphertext := sealed(t, k, "made-up token")

	t.Run("returns what was sealed for the same place", func(t *testing.T) {
		if !opens(k, ciphertext, "made-up token") || !opens(k, sealed(t, k, ""), "") {
			t.Error("it does not open")
		}
	})

	t.Run("refuses it in another row, table or column", func(t *testing.T) {
		for _, p := range []Place{
			{here.Table, "prv_2", here.Column}, {"other", here.Row, here.Column}, {here.Table, here.Row, "other"}, {},
			{"sms_providersp", "rv_1", "token"},
		} {
			if _, err := k.Open(ciphertext, p); err == nil {
				t.Errorf("it opens in %v", p)
			}
		}
	})

	t.Run("refuses what was changed or cut off", func(t *testing.T) {
		for i := range ciphertext {
			changed := bytes.Clone(ciphertext)
			changed[i] ^= 1
			if opens(k, changed, "made-up token") {
				t.Errorf("it opens with byte %d changed", i)
			}
		}
		for _, cut := range [][]byte{nil, ciphertext[:5], ciphertext[:len(ciphertext)-1], append(bytes.Clone(ciphertext), 0)} {
			if _, err := k.Open(cut, here); err == nil {
				t.Errorf("it opens with %d bytes of %d", len(cut), len(ciphertext))
			}
		}
	})

	t.Run("says where it failed, and nothing of the secret", func(t *testing.T) {
		_, err := k.Open(ciphertext[1:], here)

		if err == nil || !strings.Contains(err.Error(), "sms_providers.token of prv_1") || strings.Contains(err.Error(), "made-up") {
			t.Errorf("got %v", err)
		}
	})

	t.Run("refuses another keyset's", func(t *testing.T) {
		data, err := Create()
		if opens(parsed(t, data, err), ciphertext, "made-up token") {
			t.Error("another keyset opens it")
		}
	})
}

func TestKeyset_Seal(t *testing.T) {
	t.Run("never gives the same twice, and never the secret", func(t *testing.T) {
		first, second := sealed(t, Development(), "made-up token"), sealed(t, Development(), "made-up token")

		if bytes.Equal(first, second) || bytes.Contains(first, []byte("made-up")) {
			t.Error("it can be told")
		}
	})
}

func TestKeyset_MAC(t *testing.T) {
	k := Development()
	sum, err := k.MAC("challenge", "device", "123456")
	if err != nil {
		t.Fatal(err)
	}

	t.Run("verifies for the same list only", func(t *testing.T) {
		for _, test := range []struct {
			parts []string
			want  bool
		}{
			{[]string{"challenge", "device", "123456"}, true},
			{[]string{"challenge", "device", "123457"}, false},
			{[]string{"device", "challenge", "123456"}, false},
			{[]string{"challenge", "device123456"}, false},
			{[]string{"challengedevice", "", "123456"}, false},
			{[]string{"challenge", "device", "123456", ""}, false},
			{[]string{`challenge","device`, "123456"}, false},
			{nil, false},
		} {
			if got := k.VerifyMAC(sum, test.parts...); got != test.want {
				t.Errorf("%q: %v, want %v", test.parts, got, test.want)
			}
		}
	})

	t.Run("tells bytes apart that are no text", func(t *testing.T) {
		broken, err := k.MAC("\xff")
		if err != nil {
			t.Fatal(err)
		}

		if k.VerifyMAC(broken, "\xfe") || k.VerifyMAC(broken, "\ufffd") || !k.VerifyMAC(broken, "\xff") {
			t.Error("they can't be told apart")
		}
	})

	t.Run("verifies nothing that was changed, cut off or made by another keyset", func(t *testing.T) {
		data, err := Create()
		other := parsed(t, data, err)
		changed := bytes.Clone(sum)
		changed[len(changed)-1] ^= 1

		if k.VerifyMAC(changed, "challenge", "device", "123456") || k.VerifyMAC(sum[:len(sum)-1], "challenge", "device", "123456") ||
			k.VerifyMAC(nil, "challenge", "device", "123456") || other.VerifyMAC(sum, "challenge", "device", "123456") {
			t.Error("it verifies")
		}
	})
}

// TestRotation goes through a change of keys while two processes run: what one
// writes the other must read at every step.
func TestRotation(t *testing.T) {
	created, err := Create()
	before := parsed(t, created, err)
	added, err := Add(created)
	during := parsed(t, added, err)
	promoted, err := Promote(added)
	after := parsed(t, promoted, err)

	t.Run("keys add changes what is read, not what is written", func(t *testing.T) {
		if !opens(before, sealed(t, during, "x"), "x") || !opens(during, sealed(t, before, "x"), "x") {
			t.Error("two processes don't understand each other")
		}
		sum, err := during.MAC("a")
		if err != nil || !before.VerifyMAC(sum, "a") {
			t.Errorf("a new process's codes are unknown to the old one: %v", err)
		}
	})

	t.Run("keys promote changes what is written, and everything is still read", func(t *testing.T) {
		if !opens(during, sealed(t, after, "x"), "x") || !opens(after, sealed(t, during, "x"), "x") || !opens(after, sealed(t, before, "x"), "x") {
			t.Error("two processes don't understand each other")
		}
		if opens(before, sealed(t, after, "x"), "x") {
			t.Error("the old key still writes")
		}
		old, err := before.MAC("a")
		if err != nil || !after.VerifyMAC(old, "a") {
			t.Errorf("codes on their way are lost: %v", err)
		}
		fresh, err := after.MAC("a")
		if err != nil || before.VerifyMAC(fresh, "a") || !during.VerifyMAC(fresh, "a") {
			t.Errorf("the old key still authenticates: %v", err)
		}
	})

	t.Run("what is sealed anew opens without the old key", func(t *testing.T) {
		old := sealed(t, before, "x")
		text, err := after.Open(old, here)
		if err != nil {
			t.Fatal(err)
		}
		anew, err := after.Seal(text, here)
		if err != nil {
			t.Fatal(err)
		}

		if opens(before, anew, "x") || !opens(after, anew, "x") {
			t.Error("it is still under the old key")
		}
	})

	t.Run("keys promote is no harm without a new key", func(t *testing.T) {
		again, err := Promote(created)

		if k := parsed(t, again, err); !opens(k, sealed(t, before, "x"), "x") || !opens(before, sealed(t, k, "x"), "x") {
			t.Error("they don't understand each other")
		}
	})
}

func TestIsDevelopment(t *testing.T) {
	fresh, err := Create()
	if err != nil {
		t.Fatal(err)
	}
	added, err := Add(development)
	if err != nil {
		t.Fatal(err)
	}
	promoted, err := Promote(added)
	if err != nil {
		t.Fatal(err)
	}
	var theirs, ours map[string]json.RawMessage
	if err := json.Unmarshal(fresh, &theirs); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(development, &ours); err != nil {
		t.Fatal(err)
	}
	theirs["mac"] = ours["mac"]
	mixed, err := json.Marshal(theirs)
	if err != nil {
		t.Fatal(err)
	}

	for name, test := range map[string]struct {
		data []byte
		want bool
	}{
		"the development keyset":                 {development, true},
		"with other spaces":                      {bytes.ReplaceAll(development, []byte("  "), nil), true},
		"with a key added":                       {added, true},
		"with the added key as primary":          {promoted, true},
		"a keyset of which one half is the same": {mixed, true},
		"another keyset":                         {fresh, false},
		"no keyset":                              {[]byte("{}"), false},
		"nothing":                                {nil, false},
	} {
		if got := IsDevelopment(test.data); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestParse(t *testing.T) {
	t.Run("refuses what is no keyset file and shows nothing of it", func(t *testing.T) {
		for _, data := range []string{
			"", "{}", "null", "[]", `{"aead":{}}`, `{"aead":{},"mac":{}}`, `{"aead":"made-up-secret","mac":"made-up-secret"}`,
			`{"aead":{"primaryKeyId":1,"key":[]},"mac":{"primaryKeyId":1,"key":[]}}`, `made-up-secret`,
			strings.Replace(string(development), `"aead"`, `"other"`, 1),
			strings.Replace(string(development), "AesGcmKey", "NoSuchKey", 1),
		} {
			_, err := Parse([]byte(data))
			if err == nil {
				t.Errorf("%.40q was read", data)
			} else if strings.Contains(err.Error(), "made-up-secret") {
				t.Errorf("%.40q is shown: %v", data, err)
			}
		}
	})

	t.Run("refuses halves that were swapped", func(t *testing.T) {
		var f map[string]json.RawMessage
		if err := json.Unmarshal(development, &f); err != nil {
			t.Fatal(err)
		}
		f["aead"], f["mac"] = f["mac"], f["aead"]
		swapped, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}

		if _, err := Parse(swapped); err == nil {
			t.Error("it was read")
		}
	})
}
