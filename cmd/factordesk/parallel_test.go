package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/demo"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/id"
)

// TestServe_OneCodeOneSession enters one code 64 times at once, over two processes
// that share a database: whatever kind of code it is, one of them signs in.
func TestServe_OneCodeOneSession(t *testing.T) {
	for name, url := range demoDatabases(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := []string{"DATABASE_URL=" + url}
			here, there := serve(t, settings, "--demo"), serve(t, settings, "--demo")
			admin, _ := here.signIn("harbor", "admin@harbor.example", "+12025550181")
			backupCode := admin.codesFor("customer02@customer.example")[0]
			addMailbox(t, url, "summit", "mobile@customer.example", "milo@home.example")
			for kind, way := range map[string]struct {
				institution, email string
				code               func(send func()) string
			}{
				"SMS":   {"harbor", "customer01@customer.example", here.heard("+13125550101")},
				"VOICE": {"harbor", "voip@customer.example", here.heard("+12025550103")},
				"EMAIL": {"summit", "mobile@customer.example", here.mailed("milo@home.example")},
				"AUTHENTICATOR_APP": {"harbor", "mobile@customer.example", func(func()) string {
					code, err := totp.GenerateCode(demo.AppSecret, time.Now())
					if err != nil {
						t.Error(err)
					}
					return code
				}},
				"BACKUP_CODE": {"harbor", "customer02@customer.example", func(func()) string { return backupCode }},
			} {
				t.Run(kind, func(t *testing.T) {
					c := here.browser()
					of := c.password(way.institution, way.email, password)
					option := of.by(t, kind)
					code := way.code(func() { c.ask(&struct{}{}, sendCode, vars{"challenge": of.ID, "option": option}) })

					answered := together(t, here, there, verifyCode, vars{"challenge": of.ID, "option": option, "code": code})

					if answered[""] != 1 || answered[""]+answered["WRONG_CODE"]+answered["THROTTLED"]+answered["EXPIRED"] != tries {
						t.Errorf("answered %v", answered)
					}
				})
			}
		})
	}
}

// by returns the option of a kind.
func (c challenge) by(t *testing.T, kind string) string {
	t.Helper()
	for _, o := range c.Options {
		if o.Kind == kind {
			return o.ID
		}
	}
	t.Fatalf("no %s among %+v", kind, c.Options)
	return ""
}

// heard returns a function that has a code sent to a phone and reads it there.
func (p *process) heard(number string) func(send func()) string {
	return func(send func()) string {
		code := p.listen(number)
		send()
		return code()
	}
}

// mailed returns a function that has a code sent to an address and reads it there.
func (p *process) mailed(address string) func(send func()) string {
	return func(send func()) string {
		send()
		return p.codeMailedTo(address)
	}
}

// codeMailedTo returns the code in the newest mail to an address that carries one.
func (p *process) codeMailedTo(address string) string {
	p.t.Helper()
	letters := mailbox(p.Dir + "/var/mail").read(p.t)
	for _, l := range slices.Backward(letters) {
		if code := written.FindStringSubmatch(l.text); l.to == address && strings.HasPrefix(l.subject, "Your code") && code != nil {
			return code[1]
		}
	}
	p.t.Fatalf("no code to %s among %+v", address, letters)
	return ""
}

// codesFor makes backup codes for a customer.
func (c *client) codesFor(email string) []string {
	c.t.Helper()
	var asked prepared
	c.ask(&asked, prepareCodes, vars{"user": c.userID(email)})
	var made generated
	c.ask(&made, generateCodes, vars{"token": asked.PrepareBackupCodes.Confirmation.Token})
	return made.GenerateBackupCodes.Codes
}

// addMailbox returns a user a confirmed address for codes.
func addMailbox(t *testing.T, databaseURL, institution, email, address string) {
	t.Helper()
	db, err := store.Open(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	inst, err := db.FindInstitutionBySlug(t.Context(), institution)
	if err != nil {
		t.Fatal(err)
	}
	found, err := db.FindCredentials(t.Context(), inst.ID, email)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	err = db.CreateDevice(t.Context(), &device.Email{Address: address, Base: device.Base{
		ID: id.New(id.Device), InstitutionID: inst.ID, UserID: found.User.ID, AddedAt: now, ConfirmedAt: &now,
	}})
	if err != nil {
		t.Fatal(err)
	}
}

// tries is how many are made at once.
const tries = 64

// together sends a document that many times at once to two processes, from
// browsers without cookies, and counts the codes of the answers: "" for none.
func together(t *testing.T, here, there *process, document string, variables vars) map[string]int {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	codes := make([]string, tries)
	ready.Add(tries)
	for i := range codes {
		api := []*process{here, there}[i%2].API
		done.Go(func() {
			ready.Done()
			<-start
			var err error
			if codes[i], err = codeOf(ctx, api, body); err != nil {
				t.Error(err)
			}
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	count := map[string]int{}
	for _, code := range codes {
		count[code]++
	}
	return count
}

// codeOf returns the code of the first error that a request is answered with.
func codeOf(ctx context.Context, api string, body []byte) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, api+"/graphql", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	var a answer
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil || len(a.Errors) == 0 {
		return "", err
	}
	return a.Errors[0].Extensions.Code, nil
}
