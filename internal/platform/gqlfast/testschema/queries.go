package testschema

import (
	"context"
	"errors"
)

// Queries resolves the fields of type Query.
type Queries struct{}

func (Queries) Version(context.Context) (string, error) { return "1 <beta> & \"so\"", nil }

func (Queries) Moods(context.Context) ([]Mood, error) { return []Mood{"GLAD", "SAD"}, nil }

func (Queries) Person(ctx context.Context, id string) (*Person, error) {
	return find(scene(ctx).World.People, id), nil
}

func (Queries) Surely(ctx context.Context, id string) (*Person, error) {
	p := find(scene(ctx).World.People, id)
	if p == nil {
		return nil, refused("nobody")
	}
	return p, nil
}

func (Queries) People(ctx context.Context, first *int) ([]Person, error) {
	people := scene(ctx).World.People[:population-2]
	if first != nil {
		people = people[:min(max(*first, 0), len(people))]
	}
	return values(people), nil
}

func (Queries) Crowd(ctx context.Context) ([]*Person, error) {
	people := scene(ctx).World.People
	return append([]*Person{nil, people[0]}, people[population-2:]...), nil
}

func (Queries) Robots(ctx context.Context) ([]Robot, error) {
	return values(scene(ctx).World.Robots), nil
}

func (Queries) Node(ctx context.Context, id string) (Node, error) {
	w := scene(ctx).World
	if p := find(w.People, id); p != nil {
		return p, nil
	}
	if r := find(w.Robots, id); r != nil {
		return *r, nil
	}
	if p := find(w.Parcels, id); p != nil {
		return p, nil
	}
	return find(w.Places, id), nil // nil by type, where there is none
}

func (Queries) Being(ctx context.Context, id string) (Being, error) {
	w := scene(ctx).World
	if r := find(w.Robots, id); r != nil {
		return r, nil
	}
	if p := find(w.People, id); p != nil {
		return p, nil
	}
	return nil, errors.New("resolver: no such being")
}

func (Queries) Beings(ctx context.Context) ([]Being, error) {
	w := scene(ctx).World
	return []Being{w.People[0], *w.Robots[1], w.People[population-1], w.Robots[0], w.People[1]}, nil
}

func (Queries) Named(ctx context.Context) ([]Named, error) {
	w := scene(ctx).World
	return []Named{w.Places[0], nil, w.People[2], (*Robot)(nil), w.Robots[2], w.Places[population-1]}, nil
}

func (Queries) Things(ctx context.Context, filter *Filter) ([]Thing, error) {
	w := scene(ctx).World
	things := []Thing{w.People[1], nil, w.Robots[3], *w.Robots[4], w.Places[1], (*Place)(nil), w.Parcels[0], w.People[3]}
	if filter != nil && filter.Limit != nil {
		things = things[:min(max(*filter.Limit, 0), len(things))]
	}
	return things, nil
}

func (Queries) StrictThings(ctx context.Context) ([]Thing, error) {
	w := scene(ctx).World
	return []Thing{w.Parcels[1], w.People[0], w.Person(ctx).Thing, w.Places[2]}, nil
}

func (Queries) Heaps(ctx context.Context) ([][]Thing, error) {
	w := scene(ctx).World
	return [][]Thing{w.People[0].Things, w.People[1].Things, nil, {}, {w.People[2]}}[:2+3*(w.People[0].fate%2)], nil
}

func (Queries) Stacks(ctx context.Context) ([][]Person, error) {
	people := values(scene(ctx).World.People)
	return [][]Person{people[:2], nil, {}, people[2:3], people[population-2:]}, nil
}

func (Queries) Places(ctx context.Context) ([]Place, error) {
	return values(scene(ctx).World.Places[:population-1]), nil
}

func (Queries) Parcels(ctx context.Context) ([]Parcel, error) {
	return values(scene(ctx).World.Parcels), nil
}

func (Queries) Club(ctx context.Context) ([]Person, error) {
	return values(scene(ctx).World.People[:3]), nil
}

func (Queries) Fails(context.Context) (*int, error) { return nil, refused("fails") }

func (Queries) Nothing(context.Context) (*Person, error) { return nil, nil }

func (Queries) Panics(context.Context) ([]Person, error) { panic("panics") }

// Person gives one of the people, by the viewer's id.
func (w *World) Person(ctx context.Context) *Person {
	if p := find(w.People, scene(ctx).Viewer); p != nil {
		return p
	}
	return w.People[0]
}

// values copies what a list points to.
func values[T any](pointers []*T) []T {
	list := make([]T, len(pointers))
	for i, p := range pointers {
		list[i] = *p
	}
	return list
}

func find[T interface {
	comparable
	GetID() string
}](in []T, id string) (none T) {
	for _, node := range in {
		if node.GetID() == id {
			return node
		}
	}
	return none
}
