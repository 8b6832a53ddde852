package desk_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const (
	generateMine = `mutation { generateMyBackupCodes { codes instructions viewer {
		user { id backupCodes { total } backupCodeSets { origin total remaining expiresAt purpose } } } } }`
	bothSets = `query($user: ID!) { user(id: $user) {
		backupCodes { origin remaining } backupCodeSets { origin remaining expiresAt purpose codes { status } } } }`
)

// ownCodes has a browser's user make codes.
func ownCodes(browser *desktest.Client) (codes []string) {
	for _, code := range browser.Do(generateMine).OK().List("generateMyBackupCodes.codes") {
		codes = append(codes, code.(string))
	}
	return codes
}

// Users make codes to keep, beside those of staff, sign in by one, and can't make
// more with what that gave them.
func TestOwnCodes_AreMadeAndSignIn(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
		made := d.As(customer).Do(generateMine).OK()
		self := V{"origin": "SELF", "total": 3.0, "remaining": 3.0, "expiresAt": nil, "purpose": nil}
		if diff := cmp.Diff(V{"id": customer.ID, "backupCodes": nil, "backupCodeSets": []any{self}}, made.At("generateMyBackupCodes.viewer.user")); diff != "" {
			t.Error(diff)
		}
		for _, code := range made.List("generateMyBackupCodes.codes") {
			if !codeForm.MatchString(code.(string)) || strings.Contains(d.Log.String(), code.(string)) {
				t.Errorf("%v is no code, or in the log", code)
			}
		}
		d.SendNotices()
		if mails := d.Mails.To(customer.Email); len(mails) != 1 || !strings.Contains(mails[0].Text, "Backup codes") {
			t.Errorf("mails: %v", mails)
		}
		d.Twilio.Await(customer.Phone.PhoneNumber, 1, 0)
		d.Clock.Advance(time.Minute)
		makeCodes(admin, customer.ID)

		browser := d.Browser(auth.Customer)
		v := V{"challenge": challenged(browser, d, customer).Text("signIn.challenge.id"), "option": "BACKUP_CODE", "code": made.At("generateMyBackupCodes.codes.0")}
		browser.Do(verify, v).OK()

		if a := browser.Do(whoIsIn).OK(); a.At("viewer.signedInWithBackupCode") != true {
			t.Error(a.Body)
		}
		if a := browser.Do(generateMine); a.Code("generateMyBackupCodes") != no {
			t.Errorf("after a backup code: %s", a.Body)
		}
		codes := func(statuses ...string) (all []any) {
			for _, s := range statuses {
				all = append(all, V{"status": s})
			}
			return all
		}
		if diff := cmp.Diff(V{"backupCodes": V{"origin": "STAFF", "remaining": 3.0}, "backupCodeSets": []any{
			V{"origin": "STAFF", "remaining": 3.0, "expiresAt": "2026-03-03T12:01:00Z", "purpose": "LOCKOUT", "codes": codes("UNUSED", "UNUSED", "UNUSED")},
			V{"origin": "SELF", "remaining": 2.0, "expiresAt": nil, "purpose": nil, "codes": codes("USED", "UNUSED", "UNUSED")},
		}}, admin.Do(bothSets, V{"user": customer.ID}).OK().At("user")); diff != "" {
			t.Error(diff)
		}
	})
}

// A setting that changes takes self-made codes out of use, and says so.
func TestOwnCodes_SignInOnlyWherePermitted(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer, browser := d.Harbor.Customer, d.Browser(auth.Customer)
	codes := ownCodes(d.As(customer))
	v := V{"challenge": challenged(browser, d, customer).Text("signIn.challenge.id"), "option": "BACKUP_CODE", "code": codes[0]}
	d.As(d.Harbor.Admin).Do(updateSettings, V{"input": V{"permittedMethods": []string{"SMS", "VOICE", "AUTHENTICATOR_APP"}}}).OK()

	if a := browser.Do(verify, v); a.At("verifyCode") != nil {
		t.Errorf("a sign-in under way: %s", a.Body)
	}
	if a := d.As(customer).Do(generateMine); a.Code("generateMyBackupCodes") != not || !strings.Contains(a.Body, "Harbor Credit Union") {
		t.Errorf("new ones: %s", a.Body)
	}
	next := challenged(d.Browser(auth.Customer), d, customer)
	if diff := cmp.Diff([]any{V{"kind": "BACKUP_CODE", "label": "Backup code", "reason": "NOT_PERMITTED"}}, next.At("signIn.challenge.unavailable")); diff != "" {
		t.Error(diff)
	}
}

// Of 64 calls at once over two processes each makes a set or is THROTTLED, and one
// set is left that works.
func TestOwnCodes_OfManySetsAtOnceOneWorks(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		processes := [2]*desktest.Desk{d, d.Second()}
		var answers [64]desktest.Answer
		var calls sync.WaitGroup
		for i := range answers {
			browser := processes[i%2].As(customer)
			calls.Go(func() { answers[i] = browser.Do(generateMine) })
		}
		calls.Wait()

		made, work := 0, 0
		for _, a := range answers {
			switch a.Code("generateMyBackupCodes") {
			case yes:
				made++
				if consume(t, d, customer, fmt.Sprint(a.At("generateMyBackupCodes.codes.0"))) == nil {
					work++
				}
			case "THROTTLED":
			default:
				t.Error(a.Body)
			}
		}
		if made != 10 || work != 1 {
			t.Errorf("%d sets were made, %d of them work", made, work)
		}
	})
}
