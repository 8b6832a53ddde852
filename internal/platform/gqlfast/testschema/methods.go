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

// refused returns an error with extensions, a new one each time: gqlgen writes
// into it.
func refused(what string) error {
	return &gqlerror.Error{Message: "refused: " + what, Extensions: map[string]any{"code": "REFUSED", "what": what}}
}

// Loud is a plain method that panics sometimes.
func (p *Person) Loud() string {
	if p.broken {
		panic("too loud")
	}
	return strings.ToUpper(p.Name)
}

// Double panics where an object must be.
func (p *Person) Double() *Person {
	if p.broken {
		panic(errors.New("no double"))
	}
	return p
}

// Crowd is a list by a method; it has holes sometimes.
func (p *Person) Crowd() []*Person {
	if chance(p.fate, 1, 3) {
		return nil
	}
	return []*Person{p.Boss, p}
}

// Greet has arguments, and fails sometimes.
func (p *Person) Greet(ctx context.Context, word string, mood *Mood, ids []string) (*string, error) {
	if mood != nil && *mood == "SAD" {
		return nil, refused("greet")
	}
	s := fmt.Sprint(word, " ", scene(ctx).Viewer, ids)
	return &s, nil
}
