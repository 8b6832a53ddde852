package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

const (
	historyFacts = ` fragment facts on NotificationHistory { unavailableReason asOf stale staleReason messages {
		nodes { sid date status body from to kind error { code title explanation whoCanFix remedy docsUrl } }
		edges { cursor node { sid } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
	userHistory = `query($user: ID!, $number: PhoneNumber, $source: HistorySource = PROVIDER, $first: Int, $after: String) {
		user(id: $user) { notificationHistory(phoneNumber: $number, source: $source, first: $first, after: $after) { ...facts } } }` + historyFacts
	numberHistory = `query($number: PhoneNumber!, $source: HistorySource = PROVIDER, $first: Int, $after: String) {
		notificationHistory(phoneNumber: $number, source: $source, first: $first, after: $after) { ...facts } }` + historyFacts
	ofUser = "user.notificationHistory"
)

// sid makes a text's SID.
func sid(n int) string { return fmt.Sprintf("SM%032x", n) }

// atTwilio makes a text that Twilio has and our log does not.
func atTwilio(b desktest.Bank, n int, to string, ago time.Duration, status string, code int, body string) twiliosandbox.Seeded {
	at := desktest.Start.Add(-ago)
	return twiliosandbox.Seeded{
		AccountSID: b.Twilio.SID, SID: sid(n), From: b.Twilio.From, To: to, Body: body, Status: status, ErrorCode: code, Created: at, Sent: at,
	}
}

// column returns one field of every text.
func column(a desktest.Answer, place, field string) []any {
	var values []any
	for _, n := range a.List(place + ".messages.nodes") {
		values = append(values, n.(map[string]any)[field])
	}
	return values
}

func TestHistory_HoldsOurTextsAndThoseOfOthers(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		number := customer.Phone.PhoneNumber
		d.Twilio.Seed(
			atTwilio(d.Harbor, 1, number, 2*time.Hour, "delivered", 0, "Harbor alert: your card ending in 4821 was used for $54.20."),
			atTwilio(d.Harbor, 2, number, 3*time.Hour, "delivered", 0, "G-481526 is your Harbor Bill Pay verification code."),
			atTwilio(d.Harbor, 3, d.Harbor.Neighbor.Phone.PhoneNumber, time.Hour, "delivered", 0, "For someone else."),
			atTwilio(d.Summit, 4, number, time.Hour, "delivered", 0, "From another institution."),
		)
		d.Browser(auth.Customer).SignIn(customer).OK()
		code := d.Twilio.Phone(number).Messages[0]

		a := d.As(d.Harbor.Agent).Do(userHistory, V{"user": customer.ID}).OK()

		if diff := cmp.Diff([]any{code.SID, sid(1), sid(2)}, column(a, ofUser, "sid")); diff != "" {
			t.Fatalf("newest first: %s", diff)
		}
		if diff := cmp.Diff([]any{"VERIFICATION_CODE", "ALERT", "VERIFICATION_CODE"}, column(a, ofUser, "kind")); diff != "" {
			t.Error(diff)
		}
		bodies := column(a, ofUser, "body")
		if bodies[0] != "Harbor Credit Union: •••••• is your code. Never give it to anyone who calls or writes to you." ||
			bodies[1] != "Harbor alert: your card ending in 4821 was used for $54.20." {
			t.Errorf("bodies: %v", bodies)
		}
		if strings.Contains(a.Body, "481526") || strings.Contains(a.Body, written(code.Body)) {
			t.Errorf("a code is readable: %s", a.Body)
		}
		if a.At(ofUser+".stale") != false || a.At(ofUser+".staleReason") != nil || a.At(ofUser+".unavailableReason") != nil ||
			a.At(ofUser+".asOf") != "2026-03-02T12:00:00Z" {
			t.Error(a.Body)
		}
		first := a.At(ofUser + ".messages.nodes.1").(map[string]any)
		if first["date"] != "2026-03-02T10:00:00Z" || first["from"] != d.Harbor.Twilio.From || first["to"] != number {
			t.Errorf("%v", first)
		}
		if strings.Contains(d.Log.String(), "481526") || strings.Contains(d.Log.String(), written(code.Body)) {
			t.Error("a code is in the log")
		}
	})
}

// written returns the code that a text of ours carries.
func written(body string) string {
	_, rest, _ := strings.Cut(body, ": ")
	return rest[:6]
}

// A number that two institutions write to has two histories.
func TestHistory_OfANumberThatTwoInstitutionsShare(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		const number = "+12025550156"
		d.Twilio.Seed(
			atTwilio(d.Harbor, 1, number, 0, "delivered", 0, "From Harbor."),
			atTwilio(d.Summit, 2, number, 0, "delivered", 0, "From Summit."),
		)
		for _, source := range []string{"PROVIDER", "LOG"} {
			for want, staff := range map[string]desktest.Person{"From Harbor.": d.Harbor.Agent, "From Summit.": d.Summit.Admin} {
				a := d.As(staff).Do(numberHistory, V{"number": "+1 (202) 555-0156", "source": source}).OK()
				if diff := cmp.Diff([]any{want}, column(a, "notificationHistory", "body")); diff != "" {
					t.Errorf("%s reads %s", staff.Email, diff)
				}
			}
		}
	})
}

// Product requirement H3.
func TestHistory_HoldsNoCalls(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent, customer := d.As(d.Harbor.Agent), d.Harbor.Customer
	agent.Do(setType, V{"device": customer.Phone.ID, "type": "LANDLINE"}).OK()
	d.Browser(auth.Customer).SignIn(customer).OK()
	for _, source := range []string{"PROVIDER", "LOG"} {
		a := agent.Do(userHistory, V{"user": customer.ID, "source": source}).OK()
		if texts := a.List(ofUser + ".messages.nodes"); len(texts) > 0 {
			t.Errorf("%s: %v", source, texts)
		}
	}
}

func TestHistory_MergesAllNumbersOfTheProfile(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer, second := d.Harbor.Customer, "+12025550151"
	d.AddPhone(customer.User, second)
	d.Twilio.Seed(
		atTwilio(d.Harbor, 1, customer.Phone.PhoneNumber, 1*time.Hour, "delivered", 0, "one"),
		atTwilio(d.Harbor, 2, second, 2*time.Hour, "delivered", 0, "two"),
		atTwilio(d.Harbor, 3, customer.Phone.PhoneNumber, 3*time.Hour, "delivered", 0, "three"),
		atTwilio(d.Harbor, 4, second, 4*time.Hour, "delivered", 0, "four"),
	)
	agent := d.As(d.Harbor.Agent)

	merged := agent.Do(userHistory, V{"user": customer.ID}).OK()
	one := agent.Do(userHistory, V{"user": customer.ID, "number": second}).OK()
	foreign := agent.Do(userHistory, V{"user": customer.ID, "number": d.Harbor.Neighbor.Phone.PhoneNumber})
	nobody := agent.Do(userHistory, V{"user": d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "bare@customer.example"}).ID}).OK()

	if diff := cmp.Diff([]any{"one", "two", "three", "four"}, column(merged, ofUser, "body")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]any{"two", "four"}, column(one, ofUser, "body")); diff != "" {
		t.Error(diff)
	}
	if foreign.Code(ofUser) != "INVALID_INPUT" || foreign.Error(ofUser).Extensions["field"] != "phoneNumber" {
		t.Errorf("a number that is not on the profile: %s", foreign.Body)
	}
	if nobody.At(ofUser+".messages.nodes") == nil || nobody.At(ofUser+".stale") != false {
		t.Errorf("a profile without numbers: %s", nobody.Body)
	}
}

func TestHistory_Pages(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		var texts []twiliosandbox.Seeded
		for i := range 25 {
			// Pairs share their second, as texts in a row do.
			texts = append(texts, atTwilio(d.Harbor, i, customer.Phone.PhoneNumber, time.Duration(i/2)*time.Minute, "delivered", 0, fmt.Sprint("text ", i)))
		}
		d.Twilio.Seed(texts...)
		agent := d.As(d.Harbor.Agent)
		for _, source := range []string{"PROVIDER", "LOG"} {
			seen, after := map[any]bool{}, any(nil)
			for page, want := range []struct {
				texts int
				next  bool
			}{{10, true}, {10, true}, {5, false}} {
				a := agent.Do(userHistory, V{"user": customer.ID, "first": 10, "after": after, "source": source}).OK()
				sids := column(a, ofUser, "sid")
				info := ofUser + ".messages.pageInfo."
				if len(sids) != want.texts || a.At(info+"hasNextPage") != want.next || a.At(info+"hasPreviousPage") != (page > 0) {
					t.Fatalf("%s, page %d: %s", source, page, a.Body)
				}
				for _, s := range sids {
					if seen[s] {
						t.Errorf("%s: %v came twice", source, s)
					}
					seen[s] = true
				}
				after = a.At(info + "endCursor")
				if last := a.At(fmt.Sprint(ofUser, ".messages.edges.", want.texts-1, ".cursor")); last != after {
					t.Errorf("the end is %v, its edge's cursor %v", after, last)
				}
			}
			if len(seen) != 25 {
				t.Errorf("%s: %d texts", source, len(seen))
			}
		}
		if a := agent.Do(userHistory, V{"user": customer.ID}).OK(); len(column(a, ofUser, "sid")) != 20 {
			t.Error("a page has 20 texts unless asked otherwise")
		}
	})
}

func TestHistory_31stNumberInAMinuteIsThrottled(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent := d.As(d.Harbor.Agent)
	number := V{"number": "+12025550152", "source": "LOG"}
	for range 29 {
		agent.Do(numberHistory, number).OK()
	}
	a := agent.Do(`query($number: PhoneNumber!, $source: HistorySource) {
		thirtieth: notificationHistory(phoneNumber: $number, source: $source) { stale } }`, number).OK()
	if a.At("thirtieth.stale") != false {
		t.Error(a.Body)
	}
	waits(t, agent.Do(numberHistory, number), "notificationHistory", 60)
	d.As(d.Harbor.Admin).Do(numberHistory, number).OK() // counted for each staff user
	d.Clock.Advance(time.Minute)
	agent.Do(numberHistory, number).OK()
}

// A page is asked for where it stands, and each that is asked for is read once: what
// is asked of the history itself is what its messages have where they say nothing.
func TestHistory_MessagesTakeFirstAndAfter(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent, number := d.As(d.Harbor.Agent), "+12025550155"
		for i := range 5 {
			d.Twilio.Seed(atTwilio(d.Harbor, 5-i, number, time.Duration(i+1)*time.Hour, "delivered", 0, "An alert."))
		}
		sids := func(a desktest.Answer, alias string) (sids []string) {
			for _, n := range a.List("notificationHistory." + alias + ".nodes") {
				sids = append(sids, n.(map[string]any)["sid"].(string)[32:])
			}
			return sids
		}
		const asked = `query($number: PhoneNumber!, $two: Int, $after: String, $first: Int, $nothing: Int) { notificationHistory(phoneNumber: $number, first: $first) { stale asOf
			newest: messages(first: $two) { nodes { sid } pageInfo { endCursor hasNextPage hasPreviousPage } }
			older: messages(first: 2, after: $after) { nodes { sid } pageInfo { hasPreviousPage hasNextPage } }
			again: messages(first: 2) { nodes { sid } }
			rest: messages(first: $nothing) { nodes { sid } } left: messages(first: 1) @skip(if: true) { nodes { sid } } } }`

		a := agent.Do(asked, V{"number": number, "two": 2}).OK()
		b := agent.Do(asked, V{"number": number, "two": 2, "first": 1, "after": a.Text("notificationHistory.newest.pageInfo.endCursor")}).OK()

		for alias, want := range map[string]string{"newest": "05 04", "older": "03 02", "again": "05 04", "rest": "05"} {
			if got := strings.Join(sids(b, alias), " "); got != want {
				t.Errorf("%s: %s, want %s", alias, got, want)
			}
		}
		if got := strings.Join(sids(a, "rest"), " "); got != "05 04 03 02 01" {
			t.Errorf("without any: %s", got)
		}
		if b.At("notificationHistory.older.pageInfo.hasPreviousPage") != true || b.At("notificationHistory.newest.pageInfo.hasPreviousPage") != false ||
			b.At("notificationHistory.stale") != false || b.At("notificationHistory.asOf") == nil {
			t.Error(b.Body)
		}
		for _, first := range []int{0, 101} {
			if got := agent.Do(asked, V{"number": number, "two": first}).Error("notificationHistory").Extensions["field"]; got != "first" {
				t.Errorf("first: %d: %v", first, got)
			}
		}
		if got := agent.Do(`{ notificationHistory(phoneNumber: "` + number + `") { messages(after: "x") { nodes { sid } } } }`).Error("notificationHistory").Extensions["field"]; got != "after" {
			t.Errorf("after: %v", got)
		}
		schema := agent.Do(`{ __type(name: "User") { fields { name args(includeDeprecated: true) { name isDeprecated } } } }`).OK().Body
		if !strings.Contains(schema, `{"name":"first","isDeprecated":true},{"name":"after","isDeprecated":true}`) {
			t.Error(schema)
		}
	})
}
