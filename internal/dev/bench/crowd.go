package main

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/page"
	"github.com/factordesk/factordesk/internal/user"
)

// crowd is a bank's customers and what is kept about them: the same rows for the
// same sizes, seen from now.
type crowd struct {
	users, notifications int
	institutionID        string
	staffID              string
	passwordHash         string
	now                  time.Time
}

// numbered returns the id of the n-th object of a kind.
func numbered(k id.Kind, n int) string { return fmt.Sprintf("%s_0199%028x", k, n) }

var (
	firsts = strings.Fields(`Alba Bram Cleo Dara Enzo Fern Gus Hana Ivo Jade Kofi Lena Milo Nora Otto Pia Quinn Rosa Sami Tess
		Uma Vito Wren Xena Yara Zoë Aïda Björn Chloé Désirée`)
	lasts = strings.Fields(`Ash Brook Cedar Dale Elm Field Grove Hill Isle Juniper Knoll Lake Meadow North Oak Pine Quarry River
		Stone Thorn Underwood Vale Wood Yew Núñez Müller Ångström Łukasz O'Brien`)
)

// user returns the i-th customer.
func (c crowd) user(i int) user.User {
	return user.User{
		ID: numbered(id.User, i), InstitutionID: c.institutionID, Kind: auth.Customer, Status: user.Active,
		Email:     fmt.Sprintf("person-%06d@customer.example", i),
		FirstName: firsts[i%len(firsts)], LastName: fmt.Sprintf("%s-%s", lasts[i*7%len(lasts)], lasts[i*13/len(lasts)%len(lasts)]),
		Language: message.English, CreatedAt: c.now.Add(-time.Duration(i) * time.Minute),
	}
}

// after returns the cursor of the i-th customer's place in the list.
func (c crowd) after(i int) string {
	u := c.user(i)
	return page.Encode(u.SortKey(), u.ID)
}

// numbers is how many telephone numbers there are. They are made for fiction,
// +1, any area code, 555-01xx, and at the full size customers share them.
func (c crowd) numbers() int { return max(2, min(c.users*8/10, 80_000)) }

func number(n int) string { return fmt.Sprintf("+1%d55501%02d", 200+n/100, n%100) }

// phones returns the i-th customer's numbers, a mobile one and a landline.
func (c crowd) phones(i int) (mobile, landline string) {
	all := c.numbers()
	first := i % all
	return number(first), number((first + 1 + i*31%(all-1)) % all)
}

// table is rows to load.
type table struct {
	name    string
	columns string
	rows    iter.Seq[[]any]
}

// tables returns everything, in an order in which nothing refers to what is not
// there yet.
func (c crowd) tables() []table {
	return []table{
		{"users", "id, institution_id, kind, status, email, password_hash, first_name, last_name, sort_key, admin_level, created_at, owned_email, email_proved_at", c.userRows},
		{"user_terms", "user_id, source, term, institution_id, kind", c.termRows},
		{"devices", `id, institution_id, user_id, kind, label, is_default, address, detected_number_type, carrier,
			override_number_type, override_reason, override_by, override_at, added_at, confirmed_at, last_used_at`, c.deviceRows},
		{"backup_code_sets", `id, institution_id, user_id, origin, purpose, reason, identity_check, handover, made_by,
			generated_at, expires_at`, c.setRows},
		{"backup_codes", "id, set_id, position, selector, hash, used_at", c.codeRows},
		{"notifications", `id, institution_id, user_id, channel, kind, account_sid, sid, recipient, sender, body,
			provider_status, status_rank, error_code, date, sent_at, updated_at`, c.notificationRows},
		{"notification_refreshes", "institution_id, recipient, refreshed_at, depth", c.refreshRows},
	}
}

func (c crowd) userRows(yield func([]any) bool) {
	for i := range c.users {
		u := c.user(i)
		if !yield([]any{u.ID, u.InstitutionID, string(u.Kind), string(u.Status), u.Email, c.passwordHash,
			u.FirstName, u.LastName, u.SortKey(), false, u.CreatedAt, u.Email, u.CreatedAt}) {
			return
		}
	}
}

func (c crowd) termRows(yield func([]any) bool) {
	for i := range c.users {
		u := c.user(i)
		mobile, landline := c.phones(i)
		for _, from := range []struct {
			source string
			terms  []string
		}{
			{"profile", u.Terms()},
			{numbered(id.Device, 3*i), user.PhoneTerms(mobile)},
			{numbered(id.Device, 3*i+1), user.PhoneTerms(landline)},
		} {
			for _, term := range from.terms {
				if !yield([]any{u.ID, from.source, term, u.InstitutionID, string(u.Kind)}) {
					return
				}
			}
		}
	}
}

// deviceRows give each customer a mobile phone, a landline, which staff
// overrode for every tenth, and an address.
func (c crowd) deviceRows(yield func([]any) bool) {
	for i := range c.users {
		u := c.user(i)
		mobile, landline := c.phones(i)
		used := c.now.Add(-time.Duration(i%1000) * time.Hour)
		var override [4]any
		if i%10 == 0 {
			override = [4]any{string(device.VoIP), "It is an internet phone", c.staffID, used}
		}
		for n, d := range [][]any{
			{"PHONE", "My phone", true, mobile, string(device.Mobile), "Example Wireless", nil, nil, nil, nil, u.CreatedAt, u.CreatedAt, used},
			{"PHONE", "Home & family", false, landline, string(device.Landline), "Example Landlines", override[0], override[1], override[2], override[3], u.CreatedAt, u.CreatedAt, nil},
			{"EMAIL", "", false, "mailbox-" + u.Email, nil, nil, nil, nil, nil, nil, u.CreatedAt, nil, nil},
		} {
			if !yield(append([]any{numbered(id.Device, 3*i+n), u.InstitutionID, u.ID}, d...)) {
				return
			}
		}
	}
}

const codesInSet = 10

// setRows give each customer a set of backup codes, of which every third has
// expired.
func (c crowd) setRows(yield func([]any) bool) {
	for i := range c.users {
		made := c.now.Add(-time.Duration(i%3) * 24 * time.Hour)
		if !yield([]any{numbered(id.CodeSet, i), c.institutionID, numbered(id.User, i), string(backupcode.ByStaff), string(backupcode.Lockout),
			"Lost the phone", string(backupcode.CallBack), string(backupcode.HandoverPhoneCall), c.staffID, made, made.Add(47 * time.Hour)}) {
			return
		}
	}
}

func (c crowd) codeRows(yield func([]any) bool) {
	for i := range c.users {
		for n := range codesInSet {
			var used any
			if n < i%3 {
				used = c.now.Add(-time.Hour)
			}
			if !yield([]any{numbered(id.Code, i*codesInSet+n), numbered(id.CodeSet, i), n + 1, fmt.Sprintf("%02d", n),
				"nobody types these, so what is here is only as long as the hash of one would be, which is about 100", used}) {
				return
			}
		}
	}
}

// texts are what the log holds in turn.
var texts = []struct {
	kind   notification.Kind
	status string
	code   int
	body   string
}{
	{notification.VerificationCode, "delivered", 0, "Benchmark Bank: •••••• is your code. Never give it to anyone who calls or writes to you."},
	{notification.Alert, "delivered", 0, "Benchmark Bank alert: a deposit of $1,250.00 was posted to your account ending in 9033."},
	{notification.VerificationCode, "delivered", 0, "Benchmark Bank: •••••• is your code. Never give it to anyone who calls or writes to you."},
	{notification.SecurityNotice, "delivered", 0, "Benchmark Bank: Backup codes for signing in to your account were made. Not you? Call us at once."},
	{notification.VerificationCode, "undelivered", 30003, "Benchmark Bank: •••••• is your code. Never give it to anyone who calls or writes to you."},
	{notification.Alert, "delivered", 0, "Benchmark Bank alert: your balance fell below $100.00. Available: $87.45. <b>&</b>"},
	{notification.VerificationCode, "sent", 0, "Benchmark Bank: •••••• is your code. Never give it to anyone who calls or writes to you."},
	{notification.Alert, "delivered", 0, "Benchmark Bank alert: your statement for October is ready in online banking."},
	{notification.VerificationCode, "delivered", 0, "Benchmark Bank: •••••• is your code. Never give it to anyone who calls or writes to you."},
	{notification.Alert, "delivered", 0, "Benchmark Bank alert: card ending in 7702 was used for $18.00."},
	{notification.VerificationCode, "delivered", 0, "Benchmark Bank: •••••• is your code. Never give it to anyone who calls or writes to you."},
}

func (c crowd) notificationRows(yield func([]any) bool) {
	for i := range c.notifications {
		t := texts[i%len(texts)]
		at := c.now.Add(-time.Duration(i+240) * 15 * time.Second)
		if !yield([]any{numbered(id.Message, i), c.institutionID, "", string(notification.SMS), string(t.kind), "AC" + strings.Repeat("0", 32),
			fmt.Sprintf("SM%032x", i), number(i % c.numbers()), "+12025550190", t.body,
			t.status, notification.Rank(t.status), t.code, at, at.Add(time.Second), at.Add(2 * time.Second)}) {
			return
		}
	}
}

func (c crowd) refreshRows(yield func([]any) bool) {
	for n := range c.numbers() {
		if !yield([]any{c.institutionID, number(n), c.now.Add(-time.Duration(n) * time.Second), 100}) {
			return
		}
	}
}
