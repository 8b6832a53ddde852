package testschema

import (
	"context"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
)

// Persons resolves fields of type Person.
type Persons struct{}

func (Persons) Mother(ctx context.Context, p *Person) (*Person, error) {
	switch {
	case chance(p.fate, 10, 5):
		return nil, nil
	case chance(p.fate, 11, 6):
		return nil, errors.New("no mother")
	}
	return scene(ctx).World.People[p.fate%(population-2)], nil
}

func (Persons) Agent(_ context.Context, p *Person) (Being, error) {
	if chance(p.fate, 12, 4) {
		return p.Boss, refused("agent")
	}
	return p.Boss, nil // nil by type, sometimes
}

func (Persons) Number(_ context.Context, p *Person) (int, error) {
	if chance(p.fate, 13, 6) {
		panic(fmt.Sprint("number of ", p.ID))
	}
	return p.Count, nil
}

func (Persons) Calls(ctx context.Context, p *Person, first *int) ([]Place, error) {
	if first == nil {
		return nil, errors.New("how many calls?")
	}
	return values(scene(ctx).World.Places[:min(max(*first, 0), population)]), nil
}

func (Persons) Deputy(_ context.Context, p *Person) (*Person, error) { return p.Spouse, nil }

func (Persons) Balance(_ context.Context, people []*Person) ([]int, error) {
	return batch(people, func(p *Person) (int, error) {
		if chance(p.fate, 14, 5) {
			return 0, errors.New("no balance of " + p.ID)
		}
		return p.Count, nil
	})
}

func (Persons) Gifts(_ context.Context, people []*Person) ([][]Place, error) {
	return batch(people, func(p *Person) ([]Place, error) { return values(p.Vault), nil })
}

// batch asks for each; nil, whom a list may hold, gets nothing.
func batch[P, R any](parents []*P, one func(p *P) (R, error)) ([]R, error) {
	results, errs, failed := make([]R, len(parents)), make(graphql.BatchErrorList, len(parents)), false
	for i, p := range parents {
		if p == nil {
			continue
		}
		results[i], errs[i] = one(p)
		failed = failed || errs[i] != nil
	}
	if failed {
		return results, errs
	}
	return results, nil
}

// Queries resolves the fields of type Query.
type Queries struct{}

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

func (Queries) Node(ctx context.Context, id string) (Node, error) {
	w := scene(ctx).World
	if p := find(w.People, id); p != nil {
		return p, nil
	}
	if r := find(w.Robots, id); r != nil {
		return *r, nil
	}
	return find(w.Places, id), nil // nil by type, where there is none
}

func (Queries) Beings(ctx context.Context) ([]Being, error) {
	w := scene(ctx).World
	return []Being{w.People[0], *w.Robots[1], w.People[population-1], w.Robots[0], w.People[1]}, nil
}

func (Queries) Things(ctx context.Context, filter *Filter) ([]Thing, error) {
	w := scene(ctx).World
	things := []Thing{w.People[1], nil, w.Robots[3], *w.Robots[4], w.Places[1], (*Place)(nil), w.People[3]}
	if filter != nil && filter.Limit != nil {
		things = things[len(filter.Moods)%2 : min(max(*filter.Limit, 1), len(things))]
	}
	return things, nil
}

func (Queries) Stacks(ctx context.Context) ([][]Person, error) {
	people := values(scene(ctx).World.People)
	return [][]Person{people[:2], nil, {}, people[2:3], people[population-2:]}, nil
}

func (Queries) Club(ctx context.Context) ([]Person, error) {
	return values(scene(ctx).World.People[:3]), nil
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
