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
		return nil, errors.New("resolver: no mother")
	}
	return scene(ctx).World.People[p.fate%(population-2)], nil
}

func (Persons) Agent(_ context.Context, p *Person) (Being, error) {
	if chance(p.fate, 12, 4) {
		return p.Partner, refused("agent")
	}
	return p.Partner, nil // nil by type, sometimes
}

func (Persons) Number(_ context.Context, p *Person) (int, error) {
	if chance(p.fate, 13, 6) {
		panic(fmt.Sprint("number of ", p.ID))
	}
	return p.Count, nil
}

func (Persons) Calls(ctx context.Context, p *Person, first *int) ([]Parcel, error) {
	if first == nil {
		return nil, errors.New("resolver: how many calls?")
	}
	return values(scene(ctx).World.Parcels[:min(max(*first, 0), population)]), nil
}

func (Persons) Heirs(ctx context.Context, p *Person) ([]Person, error) {
	if chance(p.fate, 14, 4) {
		return nil, nil
	}
	return values(scene(ctx).World.People[:p.fate%3]), nil
}

func (Persons) Maxim(_ context.Context, p *Person) (*string, error) { return p.Nick, nil }

func (Persons) Debt(_ context.Context, p *Person) (*float64, error) { return &p.Ratio, nil }

func (Persons) Deputy(_ context.Context, p *Person) (*Person, error) { return p.Spouse, nil }

func (Persons) Parcels(ctx context.Context, people []*Person) ([][]Parcel, error) {
	return batch(people, func(p *Person) ([]Parcel, error) {
		if chance(p.fate, 15, 4) {
			return nil, nil
		}
		return values(scene(ctx).World.Parcels[:p.fate%4]), nil
	})
}

func (Persons) Bags(_ context.Context, people []*Person) ([][]map[string]any, error) {
	return batch(people, func(p *Person) ([]map[string]any, error) {
		return []map[string]any{p.Bag, {"size": p.Count, "label": p.Name}, {"size": 1}, {"label": p.ID}}[p.fate%3:], nil
	})
}

func (Persons) Balance(_ context.Context, people []*Person) ([]int, error) {
	return batch(people, func(p *Person) (int, error) {
		if chance(p.fate, 16, 5) {
			return 0, errors.New("batch: no balance of " + p.ID)
		}
		return p.Count, nil
	})
}

func (Persons) Mentor(_ context.Context, people []*Person) ([]*Person, error) {
	return batch(people, func(p *Person) (*Person, error) {
		if chance(p.fate, 17, 5) {
			return nil, refused("mentor")
		}
		return p.Boss, nil
	})
}

func (Persons) Wish(_ context.Context, people []*Person, n int) ([]*string, error) {
	return batch(people, func(p *Person) (*string, error) {
		wish := fmt.Sprint(p.Name, n)
		return &wish, nil
	})
}

func (Persons) Doomed(context.Context, []*Person) ([]*int, error) {
	return nil, errors.New("batch: all of it")
}

func (Persons) Gifts(_ context.Context, people []*Person) ([][]Parcel, error) {
	return batch(people, func(p *Person) ([]Parcel, error) { return values(p.Vault), nil })
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

// RobotFields resolves fields of type Robot.
type RobotFields struct{}

func (RobotFields) Owner(ctx context.Context, r *Robot) (*Person, error) {
	return scene(ctx).World.People[r.fate%population], nil
}

func (RobotFields) Health(_ context.Context, robots []*Robot) ([]*float64, error) {
	return batch(robots, func(r *Robot) (*float64, error) {
		health := float64(r.Serial) / 3
		return &health, nil
	})
}

// ParcelFields resolves fields of type Parcel.
type ParcelFields struct{}

func (ParcelFields) Track(_ context.Context, p *Parcel) ([]string, error) {
	switch {
	case chance(p.fate, 20, 6):
		panic("lost track")
	case chance(p.fate, 21, 5):
		return nil, nil
	}
	return []string{p.ID, "away"}, nil
}
