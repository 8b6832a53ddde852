package secret

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// holder has secrets wherever a struct can have them.
type holder struct {
	Open   Text
	hidden Text
	List   []Text
	Map    map[string]Text
	Ptr    *Text
	any    any
}

func TestText(t *testing.T) {
	const value = "made-up-secret"
	text := NewText(value)
	h := holder{text, text, []Text{text}, map[string]Text{"k": text}, &text, text}

	hides := func(t *testing.T, how, got string) {
		t.Helper()
		for _, form := range []string{value, fmt.Sprintf("%x", value), fmt.Sprintf("%X", value), fmt.Sprint([]byte(value))} { //nolint:staticcheck // the numbers of its bytes
			if strings.Contains(got, form) {
				t.Errorf("%s shows %s", how, got)
			}
		}
	}

	t.Run("is hidden from fmt, whatever the verb and wherever it lies", func(t *testing.T) {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%c", "%U", "%e", "%p", "%T", "% x", "%#x", "%w", "%b", "%10.3s"} {
			for _, v := range []any{text, &text, h, &h, []Text{text}, map[string]Text{"k": text}, [1]Text{text}, struct{ any }{text}, errors.New(text.String())} {
				hides(t, fmt.Sprintf("%s of %T", verb, v), fmt.Sprintf(verb, v))
			}
		}
		if got := fmt.Sprint(text); got != "[redacted]" {
			t.Errorf("it is shown as %q", got)
		}
	})

	t.Run("is hidden from encoders", func(t *testing.T) {
		j, err := json.Marshal(map[string]any{"text": text, "holder": h})
		if err != nil {
			t.Fatal(err)
		}
		hides(t, "JSON", string(j))
		x, err := xml.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		hides(t, "XML", string(x))
	})

	t.Run("is hidden from slog", func(t *testing.T) {
		var b bytes.Buffer
		for _, log := range []*slog.Logger{slog.New(slog.NewTextHandler(&b, nil)), slog.New(slog.NewJSONHandler(&b, nil))} {
			log.With("with", text).Info("m", "text", text, "pointer", &text, "holder", h, "list", []Text{text}, slog.Group("g", "in", text))
		}
		hides(t, "slog", b.String())
	})

	t.Run("is revealed by asking for it", func(t *testing.T) {
		if got := text.Reveal(); got != value {
			t.Errorf("got %q", got)
		}
		if got := (Text{}).Reveal(); got != "" {
			t.Errorf("the zero Text reveals %q", got)
		}
	})
}
