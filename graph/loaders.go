package graph

import (
	"context"
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
