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

// add appends what a function of gqlgen's gave. What was made in the one goroutine
// of a list may stand where it belongs already, or in the way of what comes before
// it: serial says that.
func (a *answer) add(m graphql.Marshaler, serial bool) {
	switch m := m.(type) {
	case *answer:
		for _, l := range m.late {
			a.late = append(a.late, late{len(a.json) + l.at, l.marshaler})
		}
		if n := len(a.json); cap(a.json) > n && len(m.json) > 0 && &a.json[:n+1][n] == &m.json[0] {
			a.json = a.json[:n+len(m.json)]
			return
		}
		a.json = append(a.json, m.json...)
		return
	case graphql.Array:
		if serial {
			a.json = append(make([]byte, 0, room(int64(len(a.json))+size(m))), a.json...)
		}
		a.json = append(a.json, '[')
		for i, element := range m {
			if i > 0 {
				a.json = append(a.json, ',')
			}
			a.add(element, false)
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

// size is that of a list whose elements are answers.
func size(list graphql.Array) int64 {
	var n int64
	for _, m := range list {
		if a, ok := m.(*answer); ok {
			n += int64(len(a.json)) + 1
		}
	}
	return n
}

// room is the capacity for an answer where the last one had a size.
func room(last int64) int64 { return last + last/8 + 64 }
