package institution_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
)

// spending is a budget in a world, and what it logs.
type spending struct {
	*institution.Budget
	*world.World
	log bytes.Buffer
}

func onBothBudgets(t *testing.T, test func(t *testing.T, d *spending)) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		d := &spending{World: w}
		d.Budget = &institution.Budget{
			Institutions: w.Finder(), Limiter: &throttle.Limiter{Store: w.DB, Clock: w.Time}, Log: slog.New(slog.NewTextHandler(&d.log, nil)),
		}
		test(t, d)
	})
}

// act spends in a transaction, as acts do, and comes to what is given.
func (d *spending) act(t *testing.T, a auth.Actor, came error) error {
	return d.DB.InTx(t.Context(), func(ctx context.Context) error { return errors.Join(d.Spend(ctx, a), came) })
}

func TestBudget_Spend(t *testing.T) {
	onBothBudgets(t, func(t *testing.T, d *spending) {
		ann := auth.Actor{UserID: "usr_ann", InstitutionID: d.Bank.ID, Kind: auth.Staff}
		bo := auth.Actor{UserID: "usr_bo", InstitutionID: d.Bank.ID, Kind: auth.Staff}
		errCameToNothing := errors.New("the act came to nothing")
		for i := range 20 {
			if err := d.act(t, ann, errCameToNothing); !errors.Is(err, errCameToNothing) || fault.CodeOf(err) == fault.Throttled {
				t.Fatal(err)
			}
			world.WantCode(t, d.act(t, ann, nil), "")
			if near := int64(max(0, i-14)); d.Near() < near || near == 0 && d.Near() > 0 {
				t.Errorf("after %d acts %d were near the end", i+1, d.Near())
			}
		}

		err := d.act(t, ann, nil)

		var refused *fault.Error
		if !errors.As(err, &refused) || refused.Code != fault.Throttled || refused.RetryAfter != time.Hour || !strings.Contains(refused.Message, "colleague") {
			t.Errorf("the act beyond is answered %v", err)
		}
		if said := d.log.String(); !strings.Contains(said, "nearly spent") || !strings.Contains(said, "user=usr_ann") || !strings.Contains(said, "anHour=20") {
			t.Error(said)
		}
		world.WantCode(t, d.act(t, bo, nil), "")
		for _, other := range []auth.Kind{auth.Operator, auth.Customer} {
			world.WantCode(t, d.act(t, auth.Actor{UserID: "usr_ann", InstitutionID: d.Bank.ID, Kind: other}, nil), "")
		}
		d.Time.Advance(time.Hour)
		world.WantCode(t, d.act(t, ann, nil), "")
	})
}

// Acts at once spend no more than there is.
func TestBudget_Spend_AtOnce(t *testing.T) {
	onBothBudgets(t, func(t *testing.T, d *spending) {
		ann := auth.Actor{UserID: "usr_ann", InstitutionID: d.Bank.ID, Kind: auth.Staff}
		var done atomic.Int64
		var all sync.WaitGroup
		for range 30 {
			all.Go(func() {
				if err := d.act(t, ann, nil); err == nil {
					done.Add(1)
				} else if fault.CodeOf(err) != fault.Throttled {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if done.Load() != 20 {
			t.Errorf("%d acts were done", done.Load())
		}
	})
}
