package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
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

func testChallenges(t *testing.T, db *DB) {
	ctx := t.Context()
	harbor := newBank(t, db)
	owner := harbor.user()

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
}
