package mail

import (
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
)

const (
	from     = "no-reply@harbor.example"
	customer = "mobile@customer.example"
)

var noon = clock.NewFake(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC))

func letter() notification.Mail {
	return notification.Mail{To: customer, Subject: "Hafenbank: eine Änderung", Text: "Grüße.\n.\nA line of its own, and a very long one that has to be broken somewhere because no mail line may be longer than 78 characters.\n"}
}

func TestFolder_Send(t *testing.T) {
	t.Run("writes a mail that net/mail reads", func(t *testing.T) {
		f := &Folder{Dir: filepath.Join(t.TempDir(), "var", "mail"), From: "Harbor <" + from + ">", Clock: noon}
		if err := f.Send(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
		names := list(t, f.Dir)
		if len(names) != 1 {
			t.Fatalf("%d files: %q", len(names), names)
		}
		check(t, read(t, names[0]))
	})
	t.Run("names nobody's machine and no library", func(t *testing.T) {
		f := &Folder{Dir: t.TempDir(), From: from, Clock: noon}
		if err := f.Send(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
		written := read(t, list(t, f.Dir)[0])
		header := parse(t, written).Header
		for _, name := range []string{"X-Mailer", "User-Agent"} {
			if header.Get(name) != "" {
				t.Errorf("%s: %s", name, header.Get(name))
			}
		}
		if id := header.Get("Message-Id"); !regexp.MustCompile(`^<[A-Z2-7]{26}@harbor\.example>$`).MatchString(id) {
			t.Errorf("Message-ID: %s", id)
		}
		if host, err := os.Hostname(); err == nil && len(host) > 3 && strings.Contains(written, host) {
			t.Errorf("the mail names this machine, %s", host)
		}
	})
	t.Run("keeps mails from other users of the machine", func(t *testing.T) {
		f := &Folder{Dir: filepath.Join(t.TempDir(), "mail"), From: from, Clock: noon}
		if err := f.Send(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]os.FileMode{f.Dir: 0o700, list(t, f.Dir)[0]: 0o600} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v, want %v", path, info.Mode(), err, want)
			}
		}
	})
	t.Run("orders mails by name", func(t *testing.T) {
		ticking := clock.NewFake(noon.Now())
		f := &Folder{Dir: t.TempDir(), From: from, Clock: ticking}
		var want []string
		for _, subject := range []string{"first", "second", "third"} {
			if err := f.Send(t.Context(), notification.Mail{To: customer, Subject: subject}); err != nil {
				t.Fatal(err)
			}
			want = append(want, subject)
			ticking.Advance(time.Microsecond)
		}
		var got []string
		for _, name := range list(t, f.Dir) {
			got = append(got, parse(t, read(t, name)).Header.Get("Subject"))
		}
		if !slices.Equal(got, want) {
			t.Error(got)
		}
	})
	t.Run("keeps parallel mails apart", func(t *testing.T) {
		f := &Folder{Dir: filepath.Join(t.TempDir(), "mail"), From: from, Clock: noon}
		var sending sync.WaitGroup
		for range 20 {
			sending.Go(func() {
				if err := f.Send(t.Context(), letter()); err != nil {
					t.Error(err)
				}
			})
		}
		sending.Wait()
		names := list(t, f.Dir)
		if len(names) != 20 {
			t.Errorf("%d mails", len(names))
		}
		ids := map[string]bool{}
		for _, name := range names {
			ids[parse(t, read(t, name)).Header.Get("Message-Id")] = true
		}
		if len(ids) != len(names) {
			t.Errorf("%d ids for %d mails", len(ids), len(names))
		}
	})
	t.Run("says that it can't write", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := (&Folder{Dir: file, From: from, Clock: noon}).Send(t.Context(), letter()); err == nil {
			t.Error("a file served as a folder")
		}
	})
}

// TestCompose refuses what would put a header into a mail that nobody wrote.
func TestCompose(t *testing.T) {
	for name, m := range map[string]notification.Mail{
		"a line feed in the subject":       {To: customer, Subject: "Hello\nBcc: thief@example.com"},
		"a line break in the subject":      {To: customer, Subject: "Hello\r\nBcc: thief@example.com"},
		"a carriage return in the subject": {To: customer, Subject: "Hello\rBcc: thief@example.com"},
		"a NUL in the subject":             {To: customer, Subject: "Hello\x00"},
		"a line break in the recipient":    {To: customer + "\r\nBcc: thief@example.com", Subject: "Hello"},
		"a folded recipient":               {To: customer + "\r\n <thief@example.com>", Subject: "Hello"},
		"a line feed in the recipient":     {To: "\"a\nb\" <" + customer + ">", Subject: "Hello"},
		"two recipients":                   {To: customer + ", thief@example.com", Subject: "Hello"},
		"no recipient":                     {Subject: "Hello"},
		"no address":                       {To: "customer", Subject: "Hello"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			err := (&Folder{Dir: dir, From: from, Clock: noon}).Send(t.Context(), m)
			if err == nil || strings.Contains(err.Error(), "thief") {
				t.Errorf("%v", err)
			}
			if names := list(t, dir); len(names) != 0 {
				t.Errorf("written: %s", read(t, names[0]))
			}
		})
	}
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if filepath.Ext(name) != ".eml" {
			t.Errorf("%s is left over", name)
		}
	}
	return names
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func parse(t *testing.T, written string) *mail.Message {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(written))
	if err != nil {
		t.Fatalf("%v in:\n%s", err, written)
	}
	return m
}

// check reads the mail that letter makes, as its recipient would.
func check(t *testing.T, written string) {
	t.Helper()
	m := parse(t, written)
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != letter().Subject {
		t.Errorf("Subject: %q, %v", subject, err)
	}
	for name, want := range map[string]string{"From": from, "To": customer} {
		if got, err := m.Header.AddressList(name); err != nil || len(got) != 1 || got[0].Address != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if date, err := m.Header.Date(); err != nil || !date.Equal(noon.Now()) {
		t.Errorf("Date: %v, %v", date, err)
	}
	if got := m.Header.Get("Content-Type"); got != "text/plain; charset=UTF-8" {
		t.Errorf("Content-Type: %s", got)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if got := strings.TrimRight(strings.ReplaceAll(string(body), "\r\n", "\n"), "\n") + "\n"; err != nil || got != letter().Text {
		t.Errorf("body: %q, %v", got, err)
	}
}
