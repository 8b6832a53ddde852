package audit

import (
	"context"
	"sync/atomic"
)

// Aim is whom an act turned out to be aimed at whose request does not name them.
type Aim struct{ target atomic.Pointer[string] }

// Target is the id of whom the act is aimed at; empty while nobody knows.
func (a *Aim) Target() string {
	if target := a.target.Load(); target != nil {
		return *target
	}
	return ""
}

type aimKey struct{}

// WithAim returns a context in which AimAt says whom an act is aimed at, so that the
// record has it of an act that is refused, too.
func WithAim(ctx context.Context) (context.Context, *Aim) {
	a := &Aim{}
	return context.WithValue(ctx, aimKey{}, a), a
}

// AimAt says whom the act of the context is aimed at.
func AimAt(ctx context.Context, targetID string) {
	if a, ok := ctx.Value(aimKey{}).(*Aim); ok {
		a.target.Store(&targetID)
	}
}
