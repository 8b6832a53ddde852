// Package model holds the GraphQL types that no domain has, and the scalars.
package model

import (
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/factordesk/factordesk/internal/platform/gqlfast"
)

// MarshalDateTime writes a time as RFC 3339 in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.MarshalString(t.UTC().Format(time.RFC3339Nano))
}

// AppendDateTime appends what MarshalDateTime writes.
func AppendDateTime(dst []byte, t time.Time) []byte {
	dst = append(dst, '"')
	dst = t.UTC().AppendFormat(dst, time.RFC3339Nano)
	return append(dst, '"')
}

// UnmarshalDateTime reads RFC 3339.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, fmt.Errorf("a DateTime is a string in RFC 3339")
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("a DateTime is a string in RFC 3339")
	}
	return t.UTC(), nil
}

// MarshalPhoneNumber writes a number.
func MarshalPhoneNumber(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// AppendPhoneNumber appends what MarshalPhoneNumber writes.
func AppendPhoneNumber(dst []byte, s string) []byte {
	dst, _ = gqlfast.String(dst, s)
	return dst
}

// UnmarshalPhoneNumber takes any string: arguments are read before directives
// run, and who may not ask must not learn whether the number was good. Services
// check the form.
func UnmarshalPhoneNumber(v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		return "", fmt.Errorf("a PhoneNumber is a string in E.164")
	}
	return s, nil
}
