package graph

import (
	"context"
	"errors"
	"time"

	"github.com/vikstrous/dataloadgen"

	"github.com/factordesk/factordesk/internal/user"
)

// loaders gather look-ups of the same kind from all over one request.
type loaders struct {
	users *dataloadgen.Loader[string, *user.User]
}

type loadersKey struct{}

func withLoaders(ctx context.Context, r *Resolver) context.Context {
	return context.WithValue(ctx, loadersKey{}, &loaders{
		users: dataloadgen.NewMappedLoader(r.s.Users.FindAll, dataloadgen.WithWait(50*time.Microsecond)),
	})
}

func loadersFrom(ctx context.Context) *loaders { return ctx.Value(loadersKey{}).(*loaders) }

// user gives a user whom another object names; nil if there is none to be seen.
func (r *Resolver) user(ctx context.Context, userID string) (*user.User, error) {
	u, err := loadersFrom(ctx).users.Load(ctx, userID)
	if errors.Is(err, dataloadgen.ErrNotFound) {
		return nil, nil
	}
	return u, err
}
