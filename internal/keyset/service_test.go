package keyset_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/keyset"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

// desk is a database with what its keyset wrote.
type desk struct {
	*keyset.Service
	*world.World
	record *audit.Service
}

func deskIn(w *world.World, keys *secret.Keyset) *desk {
	record := &audit.Service{Store: w.DB, Keys: keys.Audit(), Clock: w.Time}
	return &desk{World: w, record: record, Service: &keyset.Service{Store: w.DB, Record: record, Keys: keys, Clock: w.Time}}
}

// onBoth runs a test on both databases, with another keyset than the database's.
func onBoth(t *testing.T, test func(t *testing.T, d, other *desk)) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		test(t, deskIn(w, secret.Development()), deskIn(w, parsed(t, created(t))))
	})
}

func created(t *testing.T) []byte {
	t.Helper()
	file, err := secret.Create()
	check(t, err)
	return file
}

func parsed(t *testing.T, file []byte) *secret.Keyset {
	t.Helper()
	keys, err := secret.Parse(file)
	check(t, err)
	return keys
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, keyset.ErrForeign) {
		t.Errorf("got %v, want it refused", err)
	}
}

// seal stores a provider's token, as the institution's first secret.
func (d *desk) seal(t *testing.T) {
	t.Helper()
	s := &provider.Service{Store: d.DB, Keys: d.Keys, Clock: d.Time}
	check(t, s.Create(t.Context(), provider.New{
		InstitutionID: d.Bank.ID, AccountSID: "AC00000000000000000000000000000001", Token: secret.NewText("madeuptoken"), From: "+12025550190",
	}))
}

func (d *desk) act(t *testing.T) {
	t.Helper()
	check(t, d.record.RecordFor(t.Context(), auth.Actor{InstitutionID: d.Bank.ID}, audit.Event{Action: audit.SignedIn}))
}

func TestService_Claim(t *testing.T) {
	onBoth(t, func(t *testing.T, d, other *desk) {
		check(t, other.Check(t.Context())) // a new database is anybody's

		check(t, d.Claim(t.Context()))

		check(t, d.Check(t.Context()))
		check(t, d.Claim(t.Context()))
		refused(t, other.Check(t.Context()))
		refused(t, other.Claim(t.Context()))
		check(t, d.Check(t.Context()))
	})
}

// A database from before there were canaries is proved by what is stored.
func TestService_Claim_WithoutCanary(t *testing.T) {
	for name, write := range map[string]func(t *testing.T, d, other *desk){
		"a secret":                    func(t *testing.T, d, _ *desk) { d.seal(t) },
		"an entry":                    func(t *testing.T, d, _ *desk) { d.act(t) },
		"both":                        func(t *testing.T, d, _ *desk) { d.seal(t); d.act(t) },
		"an end that another wrote":   func(t *testing.T, d, other *desk) { d.seal(t); d.act(t); other.act(t) },
		"a record that another began": func(t *testing.T, d, other *desk) { d.seal(t); other.act(t); d.act(t) },
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, d, other *desk) {
				write(t, d, other)

				refused(t, other.Claim(t.Context()))

				_, err := d.DB.FindCanary(t.Context())
				world.WantCode(t, err, fault.NotFound)
				check(t, d.Claim(t.Context()))
				refused(t, other.Check(t.Context()))
			})
		})
	}
}

// Each part of the keyset has to be the right one.
func TestService_Check_Parts(t *testing.T) {
	onBoth(t, func(t *testing.T, d, other *desk) {
		check(t, d.Claim(t.Context()))
		right, err := d.DB.FindCanary(t.Context())
		check(t, err)
		check(t, d.Renew(t.Context())) // the same keys: another ciphertext, as good
		again, err := d.DB.FindCanary(t.Context())
		check(t, err)
		if bytes.Equal(right.Sealed, again.Sealed) {
			t.Error("it was not written anew")
		}
		check(t, d.Check(t.Context()))
		world.Tamper(t, d.DB.SQL(), `DELETE FROM keyset_canary`)
		check(t, other.Claim(t.Context()))
		wrong, err := d.DB.FindCanary(t.Context())
		check(t, err)
		for _, c := range []keyset.Canary{
			{Sealed: wrong.Sealed, CodeMAC: right.CodeMAC, AuditMAC: right.AuditMAC},
			{Sealed: right.Sealed, CodeMAC: wrong.CodeMAC, AuditMAC: right.AuditMAC},
			{Sealed: right.Sealed, CodeMAC: right.CodeMAC, AuditMAC: wrong.AuditMAC},
			{Sealed: []byte{}, CodeMAC: []byte{}, AuditMAC: []byte{}},
		} {
			world.Tamper(t, d.DB.SQL(), `DELETE FROM keyset_canary`)
			c.MadeAt = world.Began
			check(t, d.DB.CreateCanary(t.Context(), c))
			refused(t, d.Check(t.Context()))
		}
	})
}

// TestService_Uses says what needs the old keys after a rotation.
func TestService_Uses(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		file := created(t)
		d := deskIn(w, parsed(t, file))
		d.seal(t)
		d.act(t)
		check(t, d.Claim(t.Context()))
		mac, err := d.Keys.MAC("code")
		check(t, err)
		_, err = d.DB.PutOneTimeCode(t.Context(), onetimecode.Code{Subject: "s", DeviceID: "d", MAC: mac, ExpiresAt: d.Time.Now().Add(time.Minute)})
		check(t, err)
		added, err := secret.Add(file)
		check(t, err)
		promoted, err := secret.Promote(added)
		check(t, err)
		d = deskIn(w, parsed(t, promoted))
		keys, err := secret.Keys(promoted)
		check(t, err)
		uses := func() (all []string) {
			t.Helper()
			for _, k := range keys {
				found, err := d.Uses(t.Context(), k)
				check(t, err)
				for _, u := range found {
					all = append(all, k.Part()+" "+u.What)
				}
			}
			return all
		}
		same(t, uses(), "aead provider tokens", "aead canary", "mac live codes", "mac canary", "audit audit entries", "audit canary")

		check(t, d.Renew(t.Context()))
		d.Time.Advance(time.Hour)

		for _, k := range keys {
			found, err := d.Uses(t.Context(), k)
			check(t, err)
			if k.Primary != (len(found) > 0) && k.Part() == "mac" {
				t.Errorf("%s: %v", k.Name, found)
			}
		}
		same(t, uses(), "aead provider tokens", "aead canary", "mac canary", "audit audit entries", "audit canary")
	})
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
