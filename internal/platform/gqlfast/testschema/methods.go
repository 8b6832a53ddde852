package testschema

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// chance is true for every nth fate, differently for each use of it.
func chance(fate, use, nth uint64) bool {
	return (fate^use*0x9e3779b97f4a7c15)>>7%nth == 0
}

// refused is an error with extensions, a new one each time: gqlgen writes into it.
func refused(what string) error {
	return &gqlerror.Error{Message: "refused: " + what, Extensions: map[string]any{"code": "REFUSED", "what": what}}
}

// Title is a plain method.
func (p *Person) Title() string { return "the " + p.Name }

// Initials is a plain method that may be null.
func (p *Person) Initials() *string {
	if p.Name == "" {
		return nil
	}
	initial := p.Name[:1]
	return &initial
}

// Spare has no value sometimes.
func (p *Person) Spare() (string, bool) { return "spare " + p.Name, !chance(p.fate, 1, 2) }

// Loud panics sometimes.
func (p *Person) Loud() string {
	if p.broken {
		panic("too loud")
	}
	return strings.ToUpper(p.Name)
}

// Quiet panics sometimes, where null is allowed.
func (p *Person) Quiet() *int {
	if p.broken {
		var none *Person
		return &none.Count
	}
	return &p.Count
}

// Shadow is an object by a method.
func (p *Person) Shadow() *Person { return p.Spouse }

// Double panics where an object must be.
func (p *Person) Double() *Person {
	if p.broken {
		panic(errors.New("no double"))
	}
	return p
}

// Risky fails sometimes.
func (p *Person) Risky() (*string, error) {
	switch {
	case chance(p.fate, 2, 3):
		return &p.Name, errors.New("resolver: risky")
	case chance(p.fate, 3, 3):
		return nil, nil
	}
	return &p.Name, nil
}

// RiskyMust fails sometimes, where null is forbidden.
func (p *Person) RiskyMust() (int, error) {
	if chance(p.fate, 4, 4) {
		return 0, refused("riskyMust")
	}
	return p.Count, nil
}

// Greeting takes the context.
func (p *Person) Greeting(ctx context.Context) string {
	return "Dear " + scene(ctx).Viewer + ", yours, " + p.Name
}

// Crowd is a list by a method; it has holes sometimes.
func (p *Person) Crowd() []*Person {
	if chance(p.fate, 5, 3) {
		return nil
	}
	return []*Person{p.Boss, p}
}

// Greet has arguments.
func (p *Person) Greet(word string, times *int) string {
	if times == nil {
		return word
	}
	return strings.TrimSpace(strings.Repeat(word+" ", min(max(*times, 0), 5)) + p.Name)
}

// Pick has arguments of every kind, and fails sometimes.
func (p *Person) Pick(ctx context.Context, mood *Mood, ids []string, filter *Filter) (*string, error) {
	if mood != nil && *mood == "SAD" {
		return nil, refused("pick")
	}
	s := fmt.Sprint(scene(ctx).Viewer, ids)
	if filter != nil {
		s += fmt.Sprint(filter.Moods, filter.Limit != nil, filter.Near != nil)
	}
	return &s, nil
}

// Cousins is a list by a method with an argument.
func (p *Person) Cousins(first *int) []Being {
	if first == nil {
		return p.Rivals
	}
	return p.Rivals[:min(max(*first, 0), len(p.Rivals))]
}

// Overheated panics sometimes.
func (r *Robot) Overheated() string {
	if r.broken {
		panic("hot")
	}
	return "cool"
}
