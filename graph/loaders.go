package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/diagnosis"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

// loaders keep what a root field has looked up by id, so that nothing is looked
// up twice. Each root field has its own: a mutation sees what the one before it
// in the document changed.
type loaders struct {
	// wanted is what the field's whole selection asks of profiles.
	wanted   profile.Parts
	users    lookup[*user.User]
	devices  lookup[[]device.Device]
	codeSets lookup[[]backupcode.Summary]
	access   lookup[*role.Access]
}

type loadersKey struct{}

func withLoaders(r *Resolver) graphql.RootFieldMiddleware {
	return func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		return next(context.WithValue(ctx, loadersKey{}, &loaders{
			wanted:   wanted(graphql.GetRootFieldContext(ctx).Field.Selections, graphql.GetOperationContext(ctx).Variables),
			users:    lookup[*user.User]{find: r.s.Users.FindAll},
			devices:  lookup[[]device.Device]{find: r.s.Devices.List},
			codeSets: lookup[[]backupcode.Summary]{find: r.s.BackupCodes.Summaries},
			access:   lookup[*role.Access]{find: r.s.Roles.AccessOf},
		}))
	}
}

// keep takes over what a profile brought, which is all that the field asks for.
func (l *loaders) keep(profiles ...profile.Profile) {
	for _, p := range profiles {
		if l.wanted.Has(profile.Devices) {
			l.devices.keep(p.User.ID, p.Devices)
		}
		if l.wanted.Has(profile.BackupCodes) {
			l.codeSets.keep(p.User.ID, p.BackupCodes)
		}
	}
}

func loadersFrom(ctx context.Context) *loaders { return ctx.Value(loadersKey{}).(*loaders) }

// lookup finds values by id. The first id that is asked for brings all that were
// noted, in one statement, however the fields that ask are scheduled.
type lookup[T any] struct {
	find func(ctx context.Context, ids []string) (map[string]T, error)

	mu    sync.Mutex
	noted []string
	known map[string]T // the zero value for what there is not
}

// note names ids that may be asked for.
func (l *lookup[T]) note(ids ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.noted = append(l.noted, ids...)
}

// keep takes a value that was found together with another.
func (l *lookup[T]) keep(id string, value T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known == nil {
		l.known = map[string]T{}
	}
	l.known[id] = value
}

// load returns what ids stand for, in their order; the zero value where there is
// nothing.
func (l *lookup[T]) load(ctx context.Context, ids ...string) ([]T, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.fetch(ctx, ids); err != nil {
		return nil, err
	}
	values := make([]T, len(ids))
	for i, id := range ids {
		values[i] = l.known[id]
	}
	return values, nil
}

// fetch looks up what is noted, unless all of ids is known.
func (l *lookup[T]) fetch(ctx context.Context, ids []string) error {
	if l.known == nil {
		l.known = map[string]T{}
	}
	missing := map[string]bool{}
	var wanted []string
	want := func(id string) {
		if _, known := l.known[id]; !known && !missing[id] {
			missing[id] = true
			wanted = append(wanted, id)
		}
	}
	for _, id := range ids {
		want(id)
	}
	if len(wanted) == 0 {
		return nil
	}
	for _, id := range l.noted {
		want(id)
	}
	found, err := l.find(ctx, wanted)
	if err != nil {
		return err
	}
	for _, id := range wanted {
		l.known[id] = found[id]
	}
	l.noted = nil
	return nil
}

// user returns a user whom another object names; nil if there is none to be seen.
func (r *Resolver) user(ctx context.Context, userID string) (*user.User, error) {
	found, err := loadersFrom(ctx).users.load(ctx, userID)
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// attention returns what needs attention about users, a list each.
func (r *Resolver) attention(ctx context.Context, users []*user.User) ([][]diagnosis.Finding, error) {
	devices, err := r.devices(ctx, userIDs(users)...)
	if err != nil {
		return nil, err
	}
	sets, err := loadersFrom(ctx).codeSets.load(ctx, userIDs(users)...)
	if err != nil {
		return nil, err
	}
	subjects := make([]diagnosis.Subject, len(users))
	for i, u := range users {
		subjects[i] = diagnosis.Subject{User: *u, Devices: devices[i], Sets: sets[i]}
	}
	return r.s.Diagnosis.Attention(ctx, subjects)
}

// devices returns the devices of users, a list each, and notes who set their number
// types.
func (r *Resolver) devices(ctx context.Context, userIDs ...string) ([][]device.Device, error) {
	l := loadersFrom(ctx)
	lists, err := l.devices.load(ctx, userIDs...)
	for _, list := range lists {
		for _, d := range list {
			if p, ok := d.(*device.Phone); ok && p.NumberTypeOverride != nil {
				l.users.note(p.NumberTypeOverride.ByID)
			}
		}
	}
	return lists, err
}
