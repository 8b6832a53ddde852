package mask

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// message is one line of the corpus.
type message struct {
	file, lang, body, want string
	codes, overHidden      int
}

var (
	codeMark = regexp.MustCompile(`⟦(.*?)⟧`)
	overMark = regexp.MustCompile(`⟪(.*?)⟫`)
)

// corpus reads files of testdata: language, tab, body. What stands in ⟦ ⟧ is a
// code; what stands in ⟪ ⟫ is hidden, knowingly, though it is none.
func corpus(t testing.TB, files ...string) []message {
	t.Helper()
	var out []message
	for _, file := range files {
		f, err := os.Open(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			lang, text, ok := strings.Cut(lines.Text(), "\t")
			if !ok || strings.HasPrefix(lang, "#") {
				continue
			}
			text = strings.ReplaceAll(text, `\n`, "\n")
			out = append(out, message{
				file: file, lang: lang,
				body:       overMark.ReplaceAllString(codeMark.ReplaceAllString(text, "$1"), "$1"),
				want:       overMark.ReplaceAllString(codeMark.ReplaceAllString(text, Hidden), Hidden),
				codes:      len(codeMark.FindAllString(text, -1)),
				overHidden: len(overMark.FindAllString(text, -1)),
			})
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestCodes_Corpus(t *testing.T) {
	messages := corpus(t, "alerts.txt", "codes.txt", "tricky.txt", "heldout.txt", "heldout2.txt", "heldout3.txt")
	codes, overHidden, leaked, alerts := 0, 0, 0, 0
	langs := map[string]bool{}
	for _, m := range messages {
		langs[m.lang] = true
		codes += m.codes
		overHidden += m.overHidden
		if m.codes == 0 {
			alerts++
		}
		if got := Codes(m.body); got != m.want {
			t.Errorf("%s: %s\n got  %q\n want %q", m.file, m.lang, got, m.want)
			leaked += max(0, strings.Count(m.want, Hidden)-strings.Count(got, Hidden))
		}
	}
	if len(messages) < 320 || len(langs) < 12 {
		t.Errorf("corpus has %d messages in %d languages, want 320 in 12", len(messages), len(langs))
	}
	hiddenCodes := codes - leaked
	t.Logf("%d messages (%d alerts) in %d languages, %d codes: recall %.1f %%, precision %.1f %% (%d numbers hidden that are no codes)",
		len(messages), alerts, len(langs), codes, 100*float64(hiddenCodes)/float64(codes),
		100*float64(hiddenCodes)/float64(hiddenCodes+overHidden), overHidden)
}
