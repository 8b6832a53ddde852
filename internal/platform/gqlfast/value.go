package gqlfast

import (
	"math"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
)

// Value appends a value as JSON. It returns false if gqlgen has to answer: then
// what it appended is void. A nil Value stands for a value that is not plain.
type Value[T any] func(dst []byte, v T) ([]byte, bool)

// String appends a string just as [graphql.MarshalString] writes it.
func String[S ~string](dst []byte, v S) ([]byte, bool) {
	const hex = "0123456789ABCDEF"
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(v); i++ {
		c := v[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, v[start:i]...)
		start = i + 1
		switch c {
		case '\t':
			dst = append(dst, `\t`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\n':
			dst = append(dst, `\n`...)
		case '\\', '"':
			dst = append(dst, '\\', c)
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
	}
	dst = append(dst, v[start:]...)
	return append(dst, '"'), true
}

// Int appends a signed number.
func Int[I ~int | ~int8 | ~int16 | ~int32 | ~int64](dst []byte, v I) ([]byte, bool) {
	return strconv.AppendInt(dst, int64(v), 10), true
}

// Bool appends true or false.
func Bool[B ~bool](dst []byte, v B) ([]byte, bool) { return strconv.AppendBool(dst, bool(v)), true }

// Float appends a number just as [graphql.MarshalFloatContext] writes it, which
// refuses what JSON has no number for.
func Float[F ~float64](dst []byte, v F) ([]byte, bool) {
	if f := float64(v); math.IsInf(f, 0) || math.IsNaN(f) {
		return dst, false
	}
	return strconv.AppendFloat(dst, float64(v), 'g', -1, 64), true
}

// Append makes a Value of a scalar's append function, which can't fail.
func Append[T any](appendTo func(dst []byte, v T) []byte) Value[T] {
	return func(dst []byte, v T) ([]byte, bool) { return appendTo(dst, v), true }
}

// Marshal makes a Value of a scalar's marshal function.
func Marshal[T any](marshal func(v T) graphql.Marshaler) Value[T] {
	return func(dst []byte, v T) ([]byte, bool) {
		m := marshal(v)
		if m == nil || m == graphql.Null {
			return dst, false
		}
		w := writer{dst}
		m.MarshalGQL(&w)
		return w.json, true
	}
}

type writer struct{ json []byte }

func (w *writer) Write(p []byte) (int, error) {
	w.json = append(w.json, p...)
	return len(p), nil
}

// Deref appends what a pointer points to.
func Deref[T any](value Value[T]) Value[*T] {
	if value == nil {
		return nil
	}
	return func(dst []byte, v *T) ([]byte, bool) { return value(dst, *v) }
}

// OrNull appends null for nil.
func OrNull[T comparable](value Value[T]) Value[T] {
	if value == nil {
		return nil
	}
	return func(dst []byte, v T) ([]byte, bool) {
		var null T
		if v == null {
			return append(dst, "null"...), true
		}
		return value(dst, v)
	}
}

// NotNull leaves nil to gqlgen, which reports it.
func NotNull[T comparable](value Value[T]) Value[T] {
	if value == nil {
		return nil
	}
	return func(dst []byte, v T) ([]byte, bool) {
		var null T
		if v == null {
			return dst, false
		}
		return value(dst, v)
	}
}

// ListOf appends a list. A nil one is null where the schema allows it, and empty
// elsewhere.
func ListOf[T any](nullable bool, value Value[T]) Value[[]T] {
	if value == nil {
		return nil
	}
	return listOf(nullable, func(dst []byte, v []T, i int) ([]byte, bool) { return value(dst, v[i]) })
}

// StructsOf is [ListOf] for elements that are planned by their address.
func StructsOf[T any](nullable bool, value Value[*T]) Value[[]T] {
	if value == nil {
		return nil
	}
	return listOf(nullable, func(dst []byte, v []T, i int) ([]byte, bool) { return value(dst, &v[i]) })
}

func listOf[T any](nullable bool, element func(dst []byte, v []T, i int) ([]byte, bool)) Value[[]T] {
	return func(dst []byte, v []T) ([]byte, bool) {
		if v == nil && nullable {
			return append(dst, "null"...), true
		}
		dst = append(dst, '[')
		for i := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			var ok bool
			if dst, ok = element(dst, v, i); !ok {
				return dst, false
			}
		}
		return append(dst, ']'), true
	}
}
