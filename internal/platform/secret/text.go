package secret

import "log/slog"

const redacted = "[redacted]"

// Text is a secret that can be handed around but shows itself to no formatter,
// logger or encoder. Reveal returns the value, at the one place that needs it.
//
// It holds a pointer because fmt asks no method for verbs like %d and for fields
// that are not exported: there it shows what it finds, which is an address.
type Text struct{ value *string }

// NewText wraps a secret.
func NewText(value string) Text { return Text{&value} }

// Reveal returns the secret itself; nothing for the zero Text.
func (t Text) Reveal() string {
	if t.value == nil {
		return ""
	}
	return *t.value
}

// String hides the secret from fmt.
func (Text) String() string { return redacted }

// GoString hides the secret from %#v.
func (Text) GoString() string { return redacted }

// LogValue hides the secret from slog.
func (Text) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText hides the secret from JSON and other encoders.
func (Text) MarshalText() ([]byte, error) { return []byte(redacted), nil }
