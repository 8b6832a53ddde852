package institution

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
)

// Budget bounds how many acts of very high risk a staff user does in an hour, so that
// whoever has their session, or their bad day, comes to an end.
type Budget struct {
	Institutions Finder
	Limiter      *throttle.Limiter
	Log          *slog.Logger

	near atomic.Int64
}

// Near returns how many acts were done with four fifths of a budget spent, or refused
// beyond it.
func (b *Budget) Near() int64 { return b.near.Load() }

// Spend takes one act out of a staff user's budget, in the transaction of the act:
// THROTTLED once it is spent. What comes to nothing costs nothing.
func (b *Budget) Spend(ctx context.Context, actor auth.Actor) error {
	if actor.Kind != auth.Staff {
		return nil
	}
	inst, err := b.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return err
	}
	acts := inst.HighRiskActs
	taken, err := b.Limiter.TakeAll(ctx, throttle.Event{
		Key: throttle.Key("high-risk acts", actor.UserID), Limit: throttle.Limit{Events: acts, Per: time.Hour},
	})
	if over := (*fault.Error)(nil); errors.As(err, &over) && over.Code == fault.Throttled {
		b.warn(ctx, actor, acts)
		return fault.Throttle(over.RetryAfter, "You have done as much of very high risk as one person may in an hour. "+
			"Wait, or let a colleague go on; an administrator can raise the number in the settings.")
	}
	if err == nil && taken[0].Count*5 >= acts*4 {
		b.warn(ctx, actor, acts)
	}
	return err
}

func (b *Budget) warn(ctx context.Context, actor auth.Actor, acts int) {
	b.near.Add(1)
	b.Log.WarnContext(ctx, "a budget of high-risk acts is nearly spent", "institution", actor.InstitutionID, "user", actor.UserID, "anHour", acts)
}
