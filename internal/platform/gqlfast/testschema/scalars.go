package testschema

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/factordesk/factordesk/internal/platform/gqlfast"
)

// Instant is the time of the schema's scalar Time.
type Instant = time.Time

// MarshalTime writes the zero time as null, where null is forbidden, too.
func MarshalTime(t time.Time) graphql.Marshaler {
	if t.IsZero() {
		return graphql.Null
	}
	return graphql.MarshalString(t.UTC().Format(time.RFC3339Nano))
}

// UnmarshalTime reads RFC 3339.
func UnmarshalTime(v any) (time.Time, error) {
	s, _ := v.(string)
	return time.Parse(time.RFC3339, s)
}

// MarshalCode writes a code.
func MarshalCode(s string) graphql.Marshaler { return graphql.MarshalString("#" + s) }

// AppendCode appends what MarshalCode writes.
func AppendCode(dst []byte, s string) []byte {
	dst, _ = gqlfast.String(dst, "#"+s)
	return dst
}

// UnmarshalCode reads a code.
func UnmarshalCode(v any) (string, error) { return graphql.UnmarshalString(v) }

// Colour writes itself.
type Colour struct{ R, G, B uint8 }

// MarshalGQL implements graphql.Marshaler. It writes in pieces.
func (c Colour) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, `{"hex":`)
	_, _ = fmt.Fprintf(w, `"#%02x%02x%02x"`, c.R, c.G, c.B)
	_, _ = io.WriteString(w, `}`)
}

// UnmarshalGQL implements graphql.Unmarshaler.
func (c *Colour) UnmarshalGQL(v any) error {
	s, _ := v.(string)
	_, err := fmt.Sscanf(s, "#%02x%02x%02x", &c.R, &c.G, &c.B)
	return err
}

// Sealed writes itself for its viewer only.
type Sealed struct{ For, Text string }

var errSealed = errors.New("sealed")

// MarshalGQLContext implements graphql.ContextMarshaler.
func (s Sealed) MarshalGQLContext(ctx context.Context, w io.Writer) error {
	if s.For != "" && s.For != scene(ctx).Viewer {
		return errSealed
	}
	graphql.MarshalString(strings.ToUpper(s.Text)).MarshalGQL(w)
	return nil
}

// UnmarshalGQLContext implements graphql.ContextUnmarshaler.
func (s *Sealed) UnmarshalGQLContext(_ context.Context, v any) error {
	s.Text, _ = v.(string)
	return nil
}
