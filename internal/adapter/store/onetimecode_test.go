package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// code stores a code for a challenge and a phone.
func (b bank) code(c challenge.Challenge, p *device.Phone, mac string) onetimecode.Code {
	b.t.Helper()
	code := onetimecode.Code{
		Subject: c.TokenHash, DeviceID: p.ID, MAC: []byte(mac), SentAt: now.Add(-time.Second), ExpiresAt: now.Add(5 * time.Minute),
	}
	_, err := b.db.PutOneTimeCode(b.t.Context(), code)
	check(b.t, err)
	return code
}

func testOneTimeCodes(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor := newBank(t, db)
	owner := harbor.user()
	p := harbor.phone(owner, "+12025550101")

	find := func(t *testing.T, c onetimecode.Code) (onetimecode.Code, error) {
		t.Helper()
		return db.FindOneTimeCode(ctx, c.Subject, c.DeviceID)
	}
	consume := func(t *testing.T, c onetimecode.Code, at time.Time) bool {
		t.Helper()
		ok, err := db.ConsumeOneTimeCode(ctx, c, at)
		check(t, err)
		return ok
	}

	t.Run("come back with every field", func(t *testing.T) {
		put := harbor.code(harbor.challenge(owner), p, "\x00\xffmac")

		found, err := find(t, put)

		check(t, err)
		same(t, found, put)
	})

	t.Run("are the newest of a device only", func(t *testing.T) {
		c := harbor.challenge(owner)
		old := harbor.code(c, p, "old")
		fresh := harbor.code(c, p, "new")

		same(t, consume(t, old, now), false)
		found, err := find(t, old)
		check(t, err)
		fresh.PreviousMAC = old.MAC
		same(t, found, fresh)
		same(t, consume(t, fresh, now), true)
	})

	t.Run("are forgotten if nobody got them, unless another took their place", func(t *testing.T) {
		c := harbor.challenge(owner)
		old := harbor.code(c, p, "old")
		fresh := harbor.code(c, p, "new")

		check(t, db.DeleteOneTimeCode(ctx, old))
		found, err := find(t, fresh)
		check(t, err)
		fresh.PreviousMAC = old.MAC
		same(t, found, fresh)
		check(t, db.DeleteOneTimeCode(ctx, fresh))
		_, err = find(t, fresh)
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("got %v", err)
		}
	})

	t.Run("are followed by others once they were spent", func(t *testing.T) {
		c := harbor.challenge(owner)
		same(t, consume(t, harbor.code(c, p, "one"), now), true)

		fresh := harbor.code(c, p, "two")
		fresh.PreviousMAC = []byte("one")

		found, err := find(t, fresh)
		check(t, err)
		same(t, found, fresh)
	})

	t.Run("of each device are apart", func(t *testing.T) {
		c := harbor.challenge(owner)
		other := harbor.phone(owner, "+12025550102")
		first, second := harbor.code(c, p, "first"), harbor.code(c, other, "second")

		same(t, consume(t, onetimecode.Code{Subject: c.TokenHash, DeviceID: other.ID, MAC: first.MAC}, now), false)
		same(t, consume(t, first, now), true)
		same(t, consume(t, second, now), true)
	})

	t.Run("are spent once", func(t *testing.T) {
		code := harbor.code(harbor.challenge(owner), p, "once")

		same(t, []bool{consume(t, code, now), consume(t, code, now)}, []bool{true, false})

		_, err := find(t, code)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("end at their time", func(t *testing.T) {
		code := harbor.code(harbor.challenge(owner), p, "late")

		same(t, consume(t, code, code.ExpiresAt), false)
		same(t, consume(t, code, code.ExpiresAt.Add(-time.Microsecond)), true)
	})

	t.Run("are good for their subject alone", func(t *testing.T) {
		code := harbor.code(harbor.challenge(owner), p, "mine")
		code.Subject = harbor.challenge(owner).TokenHash

		_, err := find(t, code)
		wantCode(t, err, fault.NotFound)
		same(t, consume(t, code, now), false)
	})
}
