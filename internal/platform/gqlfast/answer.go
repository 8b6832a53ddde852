package gqlfast

import (
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// answer is JSON that is ready but for what writes itself. It is used by pointer,
// because gqlgen compares marshalers.
type answer struct {
	json []byte
	late []late
}

// late is a marshaler of gqlgen's that writes itself into the JSON, at a place.
// It may report an error when it does, and must not if its parent became null:
// so nobody writes it before the answer is.
type late struct {
	at        int
	marshaler graphql.Marshaler
}

// MarshalGQL implements [graphql.Marshaler].
func (a *answer) MarshalGQL(w io.Writer) {
	from := 0
	for _, l := range a.late {
		_, _ = w.Write(a.json[from:l.at])
		l.marshaler.MarshalGQL(w)
		from = l.at
	}
	_, _ = w.Write(a.json[from:])
}

// add appends what a function of gqlgen's returned.
func (a *answer) add(m graphql.Marshaler) {
	switch m := m.(type) {
	case *answer:
		for _, l := range m.late {
			a.late = append(a.late, late{len(a.json) + l.at, l.marshaler})
		}
		a.json = append(a.json, m.json...)
		return
	case graphql.Array:
		a.json = append(a.json, '[')
		for i, element := range m {
			if i > 0 {
				a.json = append(a.json, ',')
			}
			a.add(element)
		}
		a.json = append(a.json, ']')
		return
	}
	if m == graphql.Null || m == graphql.RequiredNull {
		a.json = append(a.json, "null"...)
		return
	}
	a.late = append(a.late, late{len(a.json), m})
}

// room is the capacity for an answer where the last one had a size.
func room(last int64) int64 { return last + last/8 + 64 }
