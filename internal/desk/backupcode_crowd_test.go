package desk_test

import (
	"sync"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// However many sets staff make at once, each is made or THROTTLED in time, and
// customers still sign in.
func TestBackupCodes_ManySetsAtOnceAreMadeOrThrottled(t *testing.T) {
	t.Parallel()
	const many = 64
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		hasher := secret.NewHasher(many)
		d.Users.Hasher, d.Challenges.Hasher, d.BackupCodes.Hasher = hasher, hasher, hasher
		customer := d.Add(d.Summit.Institution, desktest.Newcomer{Email: "meanwhile@customer.example", Phone: "+12025550150"})
		var staff [many]*desktest.Client
		var tokens [many]string
		for i := range many {
			staff[i] = d.As(d.Summit.Admin)
			tokens[i] = staff[i].Do(prepare, V{"user": d.Summit.Customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")
		}
		var answers [many]desktest.Answer
		var making sync.WaitGroup
		for i := range many {
			making.Go(func() { answers[i] = staff[i].Do(generate, V{"token": tokens[i]}) })
		}

		d.Browser(auth.Customer).Challenge(customer)

		making.Wait()
		made := 0
		for _, a := range answers {
			switch a.Code("generateBackupCodes") {
			case "":
				made++
				if n := len(a.OK().List("generateBackupCodes.codes")); n != 10 {
					t.Errorf("%d codes", n)
				}
			case "THROTTLED":
				if a.Error("generateBackupCodes").Extensions["retryAfterSeconds"].(float64) < 1 {
					t.Error(a.Body)
				}
			default:
				t.Error(a.Body)
			}
		}
		if made == 0 {
			t.Error("no set was made")
		}
	})
}
