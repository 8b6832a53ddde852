package testschema

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

// Member is the guard @member.
func Member(ctx context.Context) error { return say(scene(ctx).Member, "member") }

// May is the guard @may.
func May(ctx context.Context, right Right, level int, note *string) error {
	if level > 1 && scene(ctx).Viewer != "p0" {
		return refused(fmt.Sprint(right, " at level ", level))
	}
	if note != nil {
		return say(scene(ctx).Rights[right], *note)
	}
	return say(scene(ctx).Rights[right], string(right))
}

func say(v Verdict, what string) error {
	switch v {
	case No:
		return refused(what)
	case Panics:
		panic("guard of " + what)
	}
	return nil
}

// Own is the directive @own: only the person themselves may ask.
func Own(ctx context.Context, obj any, next graphql.Resolver) (any, error) {
	if node, ok := obj.(Node); !ok || node.GetID() != scene(ctx).Viewer {
		return nil, errors.New("denied: not yours")
	}
	return next(ctx)
}

// Mask is the directive @mask: it writes something else over a text.
func Mask(ctx context.Context, _ any, next graphql.Resolver, with string) (any, error) {
	value, err := next(ctx)
	switch text := value.(type) {
	case string:
		return strings.Repeat(with, len(text)%4), err
	case *string:
		if text == nil {
			return nil, err
		}
		masked := strings.Repeat(with, len(*text)%4)
		return &masked, err
	}
	return value, err
}
