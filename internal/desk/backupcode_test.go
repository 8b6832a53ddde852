package desk_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

var codeForm = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$`)

const summary = `query($user: ID!) { user(id: $user) { backupCodes { total remaining generatedAt expiresAt purpose codes { status usedAt } } } }`

// makeCodes prepares and generates a set, and returns the codes.
func makeCodes(staff *desktest.Client, userID string) []string {
	token := staff.Do(prepare, V{"user": userID}).OK().Text("prepareBackupCodes.confirmation.token")
	var codes []string
	for _, code := range staff.Do(generate, V{"token": token}).OK().List("generateBackupCodes.codes") {
		codes = append(codes, code.(string))
	}
	return codes
}

// statuses counts the statuses that a summary shows.
func statuses(a desktest.Answer) string {
	counts := map[string]int{}
	for _, c := range a.List("user.backupCodes.codes") {
		counts[c.(map[string]any)["status"].(string)]++
	}
	shown, _ := json.Marshal(counts)
	return string(shown)
}

func TestBackupCodes_TwoStepsMakeASet(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		// Summit's sets have the usual size.
		admin, customer := d.As(d.Summit.Admin), V{"user": d.Summit.Customer.ID}

		prepared := admin.Do(prepare, customer).OK()
		if admin.Do(summary, customer).OK().At("user.backupCodes") != nil {
			t.Error("preparing made codes")
		}
		if !strings.Contains(prepared.Text("prepareBackupCodes.confirmation.warning"), "absolutely sure") ||
			prepared.Text("prepareBackupCodes.confirmation.expiresAt") != "2026-03-02T12:05:00Z" ||
			prepared.At("prepareBackupCodes.confirmation.voidsCodes") != 0.0 {
			t.Error(prepared.Body)
		}
		made := admin.Do(generate, V{"token": prepared.Text("prepareBackupCodes.confirmation.token")}).OK()

		codes := made.List("generateBackupCodes.codes")
		seen := map[any]bool{}
		for _, code := range codes {
			if !codeForm.MatchString(code.(string)) || seen[code] {
				t.Errorf("%v is no new code", code)
			}
			seen[code] = true
		}
		if len(codes) != 10 || made.Text("generateBackupCodes.expiresAt") != "2026-03-03T12:00:00Z" {
			t.Error(made.Body)
		}
		for _, told := range []string{"in a browser", "one sign-in", "authenticator app", "never send codes by text or email", "call"} {
			if !strings.Contains(made.Text("generateBackupCodes.instructions"), told) {
				t.Errorf("the instructions don't say %q", told)
			}
		}
		a := admin.Do(summary, customer).OK()
		if statuses(a) != `{"UNUSED":10}` || a.At("user.backupCodes.total") != 10.0 || a.At("user.backupCodes.remaining") != 10.0 ||
			a.Text("user.backupCodes.generatedAt") != "2026-03-02T12:00:00Z" || a.Text("user.backupCodes.expiresAt") != "2026-03-03T12:00:00Z" ||
			a.Text("user.backupCodes.purpose") != "LOCKOUT" {
			t.Error(a.Body)
		}
		again := admin.Do(prepare, customer).OK()
		if again.At("prepareBackupCodes.confirmation.voidsCodes") != 10.0 || !strings.Contains(again.Text("prepareBackupCodes.confirmation.warning"), "10 unused codes") {
			t.Error(again.Body)
		}
	})
}

func TestBackupCodes_ADoubleClickMakesOneSet(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, customer := d.As(d.Harbor.Admin), V{"user": d.Harbor.Customer.ID}
		token := V{"token": admin.Do(prepare, customer).OK().Text("prepareBackupCodes.confirmation.token")}
		const clicks = 4
		outcomes := make([]string, clicks)
		var wg sync.WaitGroup
		for i := range clicks {
			browser := d.As(d.Harbor.Admin)
			wg.Go(func() { outcomes[i] = browser.Do(generate, token).Code("generateBackupCodes") })
		}
		wg.Wait()

		made := 0
		for _, outcome := range outcomes {
			switch outcome {
			case yes:
				made++
			case "CONFLICT", "THROTTLED":
			default:
				t.Errorf("a click was answered %s", outcome)
			}
		}
		if made != 1 {
			t.Errorf("%d clicks made codes", made)
		}
		var sets int
		if err := d.DB.SQL().QueryRowContext(t.Context(), `SELECT count(*) FROM backup_code_sets`).Scan(&sets); err != nil || sets != 1 {
			t.Errorf("%d sets, %v", sets, err)
		}
		if a := admin.Do(generate, token); a.Code("generateBackupCodes") != "CONFLICT" {
			t.Errorf("a late click: %s", a.Body)
		}
	}, desktest.RealHashing)
}

func TestBackupCodes_AConfirmationLastsFiveMinutesAndIsItsMakersOwn(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent := d.As(d.Harbor.Agent)
	token := V{"token": agent.Do(prepare, V{"user": d.Harbor.Customer.ID}).OK().Text("prepareBackupCodes.confirmation.token")}
	if a := d.As(d.Harbor.Admin).Do(generate, token); a.Code("generateBackupCodes") != out {
		t.Errorf("a colleague: %s", a.Body)
	}
	d.Clock.Advance(5 * time.Minute)
	if a := agent.Do(generate, token); a.Code("generateBackupCodes") != "EXPIRED" {
		t.Errorf("after 5 minutes: %s", a.Body)
	}
}

// Codes are in one answer and never come again.
func TestBackupCodes_AreShownOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
		d.AddPhone(customer.User, "+12025550114")
		prepared := admin.Do(prepare, V{"user": customer.ID}).OK()
		token := prepared.Text("prepareBackupCodes.confirmation.token")
		made := admin.Do(generate, V{"token": token}).OK()
		if made.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("Cache-Control is %q", made.Header.Get("Cache-Control"))
		}
		var shown []string
		for _, code := range made.List("generateBackupCodes.codes") {
			shown = append(shown, code.(string))
		}

		later := admin.Do(`query($user: ID!) { user(id: $user) {
			id kind status email firstName lastName adminLevel createdAt devices { id label }
			backupCodes { total remaining generatedAt expiresAt purpose codes { status usedAt } }
			notificationHistory { messages { nodes { body } } } } }`, V{"user": customer.ID}).OK().Body
		d.SendNotices()
		first := d.Twilio.Await(customer.Phone.PhoneNumber, 1, 0)
		second := d.Twilio.Await("+12025550114", 1, 0)
		mails := d.Mails.To(customer.Email)
		if len(mails) != 1 || !strings.Contains(mails[0].Text, "Backup codes") || !strings.Contains(mails[0].Text, "+1 202-555-0199") {
			t.Errorf("mails: %v", mails)
		}
		if body := first.Messages[0].Body; !strings.HasPrefix(body, "Harbor Credit Union: Backup codes") {
			t.Errorf("the text says %q", body)
		}
		everything := fmt.Sprint(later, mails, first, second, d.Log)
		for _, code := range shown {
			for _, form := range []string{code, strings.ReplaceAll(code, "-", "")} {
				if strings.Contains(everything, form) {
					t.Errorf("a code came again: %s", everything)
				}
			}
		}
		if strings.Contains(d.Log.String(), token) {
			t.Error("the confirmation's token is in the log")
		}
	})
}

func TestBackupCodes_ANewSetVoidsTheOneBefore(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
	first := makeCodes(admin, customer.ID)
	second := makeCodes(admin, customer.ID)

	if err := consume(t, d, customer, first[0]); err == nil {
		t.Error("a code of the first set still works")
	}
	if err := consume(t, d, customer, second[0]); err != nil {
		t.Error(err)
	}
	if a := admin.Do(summary, V{"user": customer.ID}).OK(); statuses(a) != `{"UNUSED":2,"USED":1}` {
		t.Error(a.Body)
	}
}

func TestBackupCodes_StatusesTellWhatBecameOfEach(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
	codes := makeCodes(admin, customer.ID)
	d.Clock.Advance(time.Minute)
	if err := consume(t, d, customer, codes[1]); err != nil {
		t.Fatal(err)
	}

	a := admin.Do(summary, V{"user": customer.ID}).OK()
	if statuses(a) != `{"UNUSED":2,"USED":1}` || a.At("user.backupCodes.remaining") != 2.0 ||
		a.At("user.backupCodes.codes.1.status") != "USED" || a.At("user.backupCodes.codes.1.usedAt") != "2026-03-02T12:01:00Z" {
		t.Error(a.Body)
	}
	d.Clock.Advance(24*time.Hour - time.Minute)
	a = d.As(d.Harbor.Admin).Do(summary, V{"user": customer.ID}).OK()
	if statuses(a) != `{"EXPIRED":2,"USED":1}` || a.At("user.backupCodes.remaining") != 0.0 {
		t.Errorf("after 24 hours: %s", a.Body)
	}
}

func TestBackupCodes_RevokedOnesAreVoidAndTheUserIsTold(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	admin, customer := d.As(d.Harbor.Admin), d.Harbor.Customer
	codes := makeCodes(admin, customer.ID)
	if err := consume(t, d, customer, codes[0]); err != nil {
		t.Fatal(err)
	}

	a := admin.Do(revoke, V{"user": customer.ID}).OK()

	if a.At("revokeBackupCodes.voidedCodes") != 2.0 || a.Text("revokeBackupCodes.user.id") != customer.ID {
		t.Error(a.Body)
	}
	if a := admin.Do(summary, V{"user": customer.ID}).OK(); statuses(a) != `{"USED":1,"VOIDED":2}` {
		t.Error(a.Body)
	}
	if err := consume(t, d, customer, codes[1]); err == nil {
		t.Error("a revoked code still works")
	}
	if a := admin.Do(revoke, V{"user": customer.ID}).OK(); a.At("revokeBackupCodes.voidedCodes") != 0.0 {
		t.Error(a.Body)
	}
	d.SendNotices()
	if mails := d.Mails.To(customer.Email); len(mails) != 2 || !strings.Contains(mails[1].Text, "void") {
		t.Errorf("mails: %v", mails)
	}
	d.Twilio.Await(customer.Phone.PhoneNumber, 2, 0)
}

// What is refused tells the user nothing, because nothing happened.
func TestBackupCodes_RefusalsSendNoNotice(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	d.As(d.Harbor.Viewer).Do(prepare, V{"user": customer.ID})
	d.As(d.Harbor.Agent).Do(prepare, V{"user": customer.ID, "reason": ""})
	d.As(d.Harbor.Agent).Do(generate, V{"token": "made up"})
	d.SendNotices()
	if mails := d.Mails.To(customer.Email); len(mails) > 0 {
		t.Errorf("mails: %v", mails)
	}
}

// consume spends a code as a sign-in of a customer of Harbor does.
func consume(t *testing.T, d *desktest.Desk, p desktest.Person, code string) error {
	codeID, err := d.BackupCodes.Match(t.Context(), d.Harbor.Institution, p.User, code)
	if err != nil {
		return err
	}
	return d.BackupCodes.Spend(t.Context(), codeID)
}

// What the articles allow no codes for, and by what words.
func TestBackupCodes_OnlyWhereTheyAreMeant(t *testing.T) {
	t.Parallel()
	const ask = `mutation($user: ID!, $purpose: BackupCodePurpose = LOCKOUT, $check: IdentityCheck = CALL_BACK) {
		prepareBackupCodes(input: {userId: $user, purpose: $purpose, identityCheck: $check, reason: "why"}) { confirmation { token } } }`
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for name, test := range map[string]struct {
			staff *desktest.Client
			ask   V
			field string
			says  string
		}{
			"enrolment of a customer who has enrolled": {d.As(d.Harbor.Admin), V{"user": d.Harbor.Customer.ID, "purpose": "ENROLLMENT"}, "purpose", "LOCKOUT"},
			"a caller check": {d.As(d.Harbor.Admin), V{"user": d.Harbor.Customer.ID, "check": "CALLER_CHECK"}, "identityCheck", "another way"},
		} {
			a := test.staff.Do(ask, test.ask)
			if e := a.Error("prepareBackupCodes"); e.Extensions["code"] != "INVALID_INPUT" || e.Extensions["field"] != test.field || !strings.Contains(e.Message, test.says) {
				t.Errorf("%s: %s", name, a.Body)
			}
		}
	})
}
