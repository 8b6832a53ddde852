package main

import (
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

// TestServe_UAT starts acceptance tests on the data of a demo. No text and no
// call leaves; codes come by mail.
func TestServe_UAT(t *testing.T) {
	for name, url := range map[string]string{"SQLite": "sqlite://" + filepath.Join(t.TempDir(), "uat.db"), "PostgreSQL": pgtest.DSN(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			keyset := filepath.Join(t.TempDir(), "keyset.json")
			succeeds(t, "", "keys", "create", "--keyset", keyset)
			settings := []string{"DATABASE_URL=" + url, "FACTORDESK_KEYSET=" + keyset}
			serve(t, settings, "--demo").stop()
			before := dump(t, url)
			outside := newNetwork(t, nil)
			letters := mailbox(t.TempDir())
			p := serve(t, slices.Concat(settings, outside.settings, []string{"FACTORDESK_ENVIRONMENT=uat", "FACTORDESK_LOG_LEVEL=debug", "FACTORDESK_MAIL_DIR=" + string(letters)}))
			if p.Sandbox != "" {
				t.Errorf("there is a sandbox: %s", p.out.String())
			}
			agent := signsInByMail(t, p, letters)
			readsNoHistory(t, agent)
			changesByMail(t, agent, letters)
			p.leaksNothing(t, url, letters)
			if asked := outside.requests(); len(asked) != 0 {
				t.Errorf("asked for %v", asked)
			}
			after := dump(t, url)
			for _, row := range after["notifications"] {
				if !slices.Contains(before["notifications"], row) && !strings.Contains(row, "channel=EMAIL\n") {
					t.Errorf("this was sent: %s", row)
				}
			}
		})
	}
}

func signsInByMail(t *testing.T, p *process, letters mailbox) *client {
	t.Helper()
	agent := p.browser()
	asked := agent.password("harbor", "agent@harbor.example", password)
	agent.code(asked)
	got := letters.read(t)
	if len(got) != 1 {
		t.Fatalf("%d mails, want the one with the code", len(got))
	}
	code := written.FindStringSubmatch(got[0].text)
	if got[0].to != "agent@harbor.example" || !strings.HasPrefix(got[0].subject, "[UAT]") || !strings.HasPrefix(got[0].text, "[UAT]") || code == nil {
		t.Fatalf("%+v", got[0])
	}
	if who := agent.enter(asked, code[1]); who.User.Email != "agent@harbor.example" {
		t.Errorf("%+v", who)
	}
	p.typed.add("one-time code by mail", code[1])
	for _, cookie := range agent.set {
		if !strings.HasPrefix(cookie, "__Host-") || !strings.Contains(cookie, "; Secure") {
			t.Errorf("%s", cookie)
		}
	}
	return agent
}

// readsNoHistory finds a reason where the history would be, which is neither an
// error nor an empty list.
func readsNoHistory(t *testing.T, agent *client) {
	t.Helper()
	type history struct {
		UnavailableReason string
		Stale             bool
		Messages          *struct{}
	}
	var got struct {
		NotificationHistory history
		FromLog             history
		Users               struct {
			Nodes []struct{ NotificationHistory history }
		}
	}
	agent.ask(&got, `{
		notificationHistory(phoneNumber: "+12025550101") { unavailableReason stale messages { nodes { sid } } }
		fromLog: notificationHistory(phoneNumber: "+12025550101", source: LOG) { unavailableReason stale messages { nodes { sid } } }
		users(search: "mobile@") { nodes { notificationHistory { unavailableReason stale messages { nodes { sid } } } } }
	}`, nil)
	if len(got.Users.Nodes) != 1 {
		t.Fatalf("%+v", got)
	}
	for where, h := range map[string]history{"of a number": got.NotificationHistory, "from the log": got.FromLog, "of a user": got.Users.Nodes[0].NotificationHistory} {
		if h.UnavailableReason != "UNAVAILABLE_IN_UAT" || h.Messages != nil || h.Stale {
			t.Errorf("%s: %+v", where, h)
		}
	}
}

// changesByMail makes notices, which go by mail only.
func changesByMail(t *testing.T, agent *client, letters mailbox) {
	t.Helper()
	var user struct {
		Users struct {
			Nodes []struct{ Devices []struct{ ID string } }
		}
	}
	agent.ask(&user, `{ users(search: "landline@customer.example") { nodes { devices { id } } } }`, nil)
	agent.ask(&struct{}{}, switchNumber, vars{"device": user.Users.Nodes[0].Devices[0].ID})
	var asked prepared
	agent.ask(&asked, prepareCodes, vars{"user": agent.userID("mobile@customer.example")})
	agent.ask(&struct{}{}, generateCodes, vars{"token": asked.PrepareBackupCodes.Confirmation.Token})
	want := []string{"landline@customer.example", "mobile@customer.example"}
	eventually(t, "told by mail", func() bool {
		var told []string
		for _, m := range letters.read(t) {
			if !strings.HasPrefix(m.subject, "[UAT] Your code") {
				told = append(told, m.to)
			}
		}
		return slices.Equal(sorted(told), want)
	})
}

// mailbox is a folder of mails.
type mailbox string

// letter is a mail as its recipient reads it.
type letter struct{ to, subject, text, raw string }

// read returns the mails in the order in which they were sent.
func (m mailbox) read(t *testing.T) []letter {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(string(m), "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	var letters []letter
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := mail.ReadMessage(strings.NewReader(string(raw)))
		if err != nil {
			t.Fatalf("%v in %s", err, raw)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(parsed.Body))
		if err != nil {
			t.Fatal(err)
		}
		to, err := parsed.Header.AddressList("To")
		if err != nil || len(to) != 1 {
			t.Fatalf("%v, %v", to, err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
		if err != nil {
			t.Fatal(err)
		}
		letters = append(letters, letter{to[0].Address, subject, string(text), string(raw)})
	}
	return letters
}
