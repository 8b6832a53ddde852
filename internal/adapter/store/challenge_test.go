package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// challenge stores a challenge to a user.
func (b bank) challenge(u user.User) challenge.Challenge {
	b.t.Helper()
	c := challenge.Challenge{
		TokenHash: auth.HashToken(auth.NewToken()), InstitutionID: b.ID, UserID: u.ID, Step: challenge.StepUp,
		SessionID: "ses_of_the_step_up", CreatedAt: now, ExpiresAt: now.Add(15 * time.Minute),
	}
	check(b.t, b.db.CreateChallenge(b.t.Context(), c))
	return c
}

// code stores a code for a challenge and a phone.
func (b bank) code(c challenge.Challenge, p *device.Phone, mac string) challenge.Code {
	b.t.Helper()
	code := challenge.Code{
		ChallengeHash: c.TokenHash, DeviceID: p.ID, MAC: []byte(mac), ExpiresAt: now.Add(5 * time.Minute),
	}
	check(b.t, b.db.PutCode(b.t.Context(), code))
	return code
}

func testChallenges(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor := newBank(t, db)
	owner := harbor.user()
	p := harbor.phone(owner, "+12025550101")

	t.Run("come back by the hash of their token with every field", func(t *testing.T) {
		made := harbor.challenge(owner)

		found, err := db.FindChallenge(ctx, made.TokenHash)

		check(t, err)
		same(t, found, made)
	})

	t.Run("that are not there are NOT_FOUND", func(t *testing.T) {
		_, err := db.FindChallenge(ctx, auth.HashToken("none"))

		wantCode(t, err, fault.NotFound)
	})

	t.Run("are completed once", func(t *testing.T) {
		made := harbor.challenge(owner)

		first, err := db.CompleteChallenge(ctx, made.TokenHash, now.Add(time.Minute))
		check(t, err)
		second, err := db.CompleteChallenge(ctx, made.TokenHash, now.Add(2*time.Minute))
		check(t, err)

		same(t, []bool{first, second}, []bool{true, false})
		found, err := db.FindChallenge(ctx, made.TokenHash)
		check(t, err)
		made.CompletedAt = ptr(now.Add(time.Minute))
		same(t, found, made)
	})

	t.Run("are not completed after their end", func(t *testing.T) {
		made := harbor.challenge(owner)

		for at, want := range map[time.Time]bool{made.ExpiresAt: false, made.ExpiresAt.Add(time.Hour): false} {
			ok, err := db.CompleteChallenge(ctx, made.TokenHash, at)
			check(t, err)
			same(t, ok, want)
		}
		ok, err := db.CompleteChallenge(ctx, made.TokenHash, made.ExpiresAt.Add(-time.Microsecond))
		check(t, err)
		same(t, ok, true)
	})

	find := func(t *testing.T, c challenge.Code, at time.Time) (challenge.Code, error) {
		t.Helper()
		return db.FindCode(ctx, c.ChallengeHash, c.DeviceID, at)
	}
	consume := func(t *testing.T, c challenge.Code, at time.Time) bool {
		t.Helper()
		ok, err := db.ConsumeCodeMAC(ctx, c, at)
		check(t, err)
		return ok
	}

	t.Run("have codes that come back with every field", func(t *testing.T) {
		put := harbor.code(harbor.challenge(owner), p, "\x00\xffmac")

		found, err := find(t, put, now)

		check(t, err)
		same(t, found, put)
	})

	t.Run("have the newest code of a device only", func(t *testing.T) {
		c := harbor.challenge(owner)
		old := harbor.code(c, p, "old")
		fresh := harbor.code(c, p, "new")

		same(t, consume(t, old, now), false)
		found, err := find(t, old, now)
		check(t, err)
		same(t, found, fresh)
		same(t, consume(t, fresh, now), true)
	})

	t.Run("get another code after one was spent", func(t *testing.T) {
		c := harbor.challenge(owner)
		same(t, consume(t, harbor.code(c, p, "one"), now), true)

		fresh := harbor.code(c, p, "two")

		found, err := find(t, fresh, now)
		check(t, err)
		same(t, found, fresh)
	})

	t.Run("keep the codes of each device apart", func(t *testing.T) {
		c := harbor.challenge(owner)
		other := harbor.phone(owner, "+12025550102")
		first, second := harbor.code(c, p, "first"), harbor.code(c, other, "second")

		same(t, consume(t, challenge.Code{ChallengeHash: c.TokenHash, DeviceID: other.ID, MAC: first.MAC}, now), false)
		same(t, consume(t, first, now), true)
		same(t, consume(t, second, now), true)
	})

	t.Run("spend a code once", func(t *testing.T) {
		code := harbor.code(harbor.challenge(owner), p, "once")

		same(t, []bool{consume(t, code, now), consume(t, code, now)}, []bool{true, false})

		_, err := find(t, code, now)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("have codes that end at their time", func(t *testing.T) {
		code := harbor.code(harbor.challenge(owner), p, "late")

		_, err := find(t, code, code.ExpiresAt)
		wantCode(t, err, fault.NotFound)
		same(t, consume(t, code, code.ExpiresAt), false)
		same(t, consume(t, code, code.ExpiresAt.Add(-time.Microsecond)), true)
	})

	t.Run("have no codes of other challenges", func(t *testing.T) {
		code := harbor.code(harbor.challenge(owner), p, "mine")
		code.ChallengeHash = harbor.challenge(owner).TokenHash

		_, err := find(t, code, now)
		wantCode(t, err, fault.NotFound)
		same(t, consume(t, code, now), false)
	})

	t.Run("that are not there have no codes", func(t *testing.T) {
		err := db.PutCode(ctx, challenge.Code{ChallengeHash: auth.HashToken("none"), DeviceID: p.ID, MAC: []byte("x"), ExpiresAt: now})

		wantCode(t, err, fault.Conflict)
	})
}
