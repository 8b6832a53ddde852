package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

// statements counts what one request of a browser costs that called a moment ago.
func statements(d *desktest.Desk, c *desktest.Client, document string, variables V) int64 {
	c.Do(whoIsThere).OK()
	before := d.DB.Statements()
	c.Do(document, variables).OK()
	return d.DB.Statements() - before
}

// whoIsThere asks for nothing but the session.
const whoIsThere = `{ __typename }`

// recorded is what the writing of the audit log costs on top, for each look.
const recorded = 1

// wholeProfile is what the admin client shows of a user.
const wholeProfile = `query($user: ID!) { user(id: $user) {
		id kind status email firstName lastName adminLevel createdAt
		devices { id label isDefault addedAt confirmedAt lastUsedAt disabledAt pausedUntil ... on PhoneDevice { phoneNumber numberType detectedNumberType communicationMethod carrier callerIdExpectation } }
		backupCodes { total remaining generatedAt expiresAt purpose codes { status usedAt } }
		backupCodeSets { origin total remaining purpose }
		notificationHistory(source: LOG, first: 20) { ...facts }
		viewerCan { generateBackupCodes { allowed reason } revokeBackupCodes { allowed reason }
			updateDeviceNumberType { allowed reason } notificationHistory { allowed reason } } } }` + historyFacts

// The session takes one statement, and none while it is known from a moment ago.
// A mutation asks anew, and once, however many fields it has.
func TestCost_ASessionTakesAStatementEveryTwoSeconds(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.As(d.Harbor.Customer)
		cost := func(document string) int64 {
			before := d.DB.Statements()
			customer.Do(document)
			return d.DB.Statements() - before
		}
		const refused = `endSession(input: {sessionId: "none"}) { endedSessionId }`
		for _, step := range []struct {
			passes   time.Duration
			document string
			want     int64
		}{
			{0, whoIsThere, 1}, {0, whoIsThere, 0}, {2*time.Second - time.Microsecond, whoIsThere, 0}, {time.Microsecond, whoIsThere, 1},
			{0, `mutation { one: ` + refused + ` two: ` + refused + ` }`, 1}, {0, whoIsThere, 0},
			{3 * time.Second, `mutation { one: ` + refused + ` two: ` + refused + ` }`, 1},
		} {
			d.Clock.Advance(step.passes)
			if got := cost(step.document); got != step.want {
				t.Errorf("%v later %s takes %d statements, want %d", step.passes, step.document, got, step.want)
			}
		}
	})
}

// One for user, devices and codes, one for the texts; both looks are recorded.
func TestCost_AProfileTakesTwoStatements(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent, customer := d.As(d.Harbor.Agent), d.Harbor.Customer
		d.AddPhone(customer.User, "+12025550141")
		makeCodes(agent, customer.ID)
		var texts []twiliosandbox.Seeded
		for i := range 30 {
			texts = append(texts, atTwilio(d.Harbor, i, customer.Phone.PhoneNumber, time.Duration(i)*time.Minute, "delivered", 0, "a text"))
		}
		d.Twilio.Seed(texts...)
		agent.Do(userHistory, V{"user": customer.ID}).OK()
		asked := len(d.Twilio.Requests())

		got := statements(d, agent, wholeProfile, V{"user": customer.ID})

		if got > 2+2*recorded {
			t.Errorf("%d statements", got)
		}
		if calls := len(d.Twilio.Requests()) - asked; calls > 0 {
			t.Errorf("%d calls to Twilio", calls)
		}
	})
}

// Neither more devices, nor more texts, nor asking twice for the same makes more
// statements, or any call to Twilio.
func TestCost_AProfileCostsTheSameHoweverMuchItShows(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent, customer := d.As(d.Harbor.Agent), d.Harbor.Customer
		makeCodes(agent, customer.ID)
		const twice = `query($user: ID!) { user(id: $user) { one: devices { id } two: devices { addedAt ... on PhoneDevice { phoneNumber carrier } } } }`
		cost := func() [2]int64 {
			agent.Do(userHistory, V{"user": customer.ID}).OK()
			asked := len(d.Twilio.Requests())
			costs := [2]int64{statements(d, agent, wholeProfile, V{"user": customer.ID}), statements(d, agent, twice, V{"user": customer.ID})}
			if calls := len(d.Twilio.Requests()) - asked; calls > 0 {
				t.Errorf("%d calls to Twilio", calls)
			}
			return costs
		}
		few := cost()
		var texts []twiliosandbox.Seeded
		for i := range 5 {
			p := d.AddPhone(customer.User, fmt.Sprintf("+1202555016%d", i))
			for j := range 6 {
				texts = append(texts, atTwilio(d.Harbor, 10*i+j, p.PhoneNumber, time.Duration(j)*time.Minute, "delivered", 0, "a text"))
			}
		}
		d.Twilio.Seed(texts...)

		if many := cost(); many != few {
			t.Errorf("%d statements for a phone, %d for six with 30 texts", few, many)
		}
		if few[1] > 1+recorded {
			t.Errorf("devices asked for twice take %d statements", few[1])
		}
	})
}

// What a customer sees of their own account costs the same however many devices
// there are.
func TestCost_OnesOwnAccountTakesNineStatements(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		browser := d.As(customer)
		const account = `{ viewer { user { id firstName language status devices { id label isDefault ... on PhoneDevice { phoneNumber } } backupCodeSets { origin remaining } }
			institution { name } notices { kind message link } sessions { id current } } }`
		few := statements(d, browser, account, nil)
		for i := range 6 {
			d.AddPhone(customer.User, fmt.Sprintf("+1202555016%d", i))
		}

		if many := statements(d, browser, account, nil); many != few || many > 9 {
			t.Errorf("%d statements for a phone, %d for seven", few, many)
		}
	})
}

func TestCost_APageOfUsersTakesTwoStatementsHoweverLong(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for i := range 50 {
			d.Add(d.Summit.Institution, desktest.Newcomer{Email: fmt.Sprintf("customer%02d@customer.example", i), Phone: fmt.Sprintf("+13125550%03d", 100+i)})
		}
		admin := d.As(d.Summit.Admin)
		const page = `query($first: Int, $search: String) { users(first: $first, search: $search) {
			nodes { id email devices { id label ... on PhoneDevice { phoneNumber numberType } } } pageInfo { hasNextPage endCursor } } }`
		admin.Do(page, V{"first": 1}).OK() // the record's end is read once
		for _, search := range []any{nil, "customer"} {
			few := statements(d, admin, page, V{"first": 5, "search": search})
			many := statements(d, admin, page, V{"first": 50, "search": search})
			if few != many || many > 2+recorded {
				t.Errorf("search %v: %d for 5 users, %d for 50", search, few, many)
			}
		}
		if withCodes := statements(d, admin, `{ users(first: 50) { nodes { id devices { id } backupCodes { total } backupCodeSets { origin } viewerCan { generateBackupCodes { allowed } } } } }`, nil); withCodes > 1+recorded {
			t.Errorf("with backup codes: %d", withCodes)
		}
	})
}

// What needs attention is two more: the institution, and what became of the last
// messages; nobody asks Twilio.
func TestCost_WhatNeedsAttentionIsTwoMoreHoweverManyUsers(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		var texts []twiliosandbox.Seeded
		for i := range 50 {
			p := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: fmt.Sprintf("texted%02d@customer.example", i), Phone: fmt.Sprintf("+13125550%03d", 100+i)})
			texts = append(texts, atTwilio(d.Harbor, i, p.Phone.PhoneNumber, time.Duration(i)*time.Minute, "undelivered", 30006, "a text"))
		}
		d.Twilio.Seed(texts...)
		admin := d.As(d.Harbor.Admin)
		const page = `query($first: Int) { users(first: $first, search: "texted") { nodes { id devices { id } attention { kind severity title advice deviceId place } } } }`
		for _, u := range admin.Do(page, V{"first": 3}).OK().List("users.nodes") {
			admin.Do(userHistory, V{"user": u.(map[string]any)["id"]}).OK() // from here on the log has them
		}
		if a := admin.Do(page, V{"first": 3}).OK(); a.Text("users.nodes.0.attention.0.kind") != "MESSAGES_FAIL" {
			t.Error(a.Body)
		}
		asked := len(d.Twilio.Requests())
		few := statements(d, admin, page, V{"first": 5})
		many := statements(d, admin, page, V{"first": 50})
		if few != many || many > 4+recorded {
			t.Errorf("%d for 5 users, %d for 50", few, many)
		}
		if calls := len(d.Twilio.Requests()) - asked; calls > 0 {
			t.Errorf("%d calls to Twilio", calls)
		}
	})
}

// The log's last texts failed: no page says that all is in order.
func TestAttention_SaysWhatBecameOfTheLastTexts(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, agent := d.Harbor.Customer, d.As(d.Harbor.Agent)
		d.Twilio.Seed(atTwilio(d.Harbor, 0, customer.Phone.PhoneNumber, time.Minute, "undelivered", 30006, "a text"))
		const document = `query($user: ID!) { user(id: $user) { attention { kind severity title advice deviceId place } } }`
		agent.Do(userHistory, V{"user": customer.ID}).OK() // from here on the log has it

		a := agent.Do(document, V{"user": customer.ID}).OK()

		if a.Text("user.attention.0.kind") != "MESSAGES_FAIL" || a.Text("user.attention.0.severity") != "BAD" || a.Text("user.attention.0.deviceId") != customer.Phone.ID || a.Text("user.attention.0.place") != "HISTORY" {
			t.Error(a.Body)
		}
		if a := d.As(d.Harbor.Viewer).Do(document, V{"user": customer.ID}).OK(); a.Text("user.attention.0.place") != "DEVICE" {
			t.Error(a.Body)
		}
	})
}

// Who set the number types of a page of phones is one more statement, not one a
// phone.
func TestCost_WhoSetNumberTypesIsOneMore(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		setters := []*desktest.Client{d.As(d.Harbor.Admin), d.As(d.Harbor.Agent), d.As(d.Harbor.AdminWithoutCodes)}
		for i := range 30 {
			p := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: fmt.Sprintf("customer%02d@customer.example", i), Phone: fmt.Sprintf("+13125550%03d", 100+i)})
			setters[i%len(setters)].Do(setType, V{"device": p.Phone.ID, "type": "LANDLINE"}).OK()
		}
		const page = `query($first: Int) { users(first: $first, search: "customer") { nodes { id devices { ... on PhoneDevice { numberTypeOverride { reason %s } } } } } }`
		viewer := d.As(d.Harbor.Viewer)
		without := statements(d, viewer, fmt.Sprintf(page, ""), V{"first": 30})
		for _, first := range []int{3, 30} {
			if with := statements(d, viewer, fmt.Sprintf(page, "by { id firstName }"), V{"first": first}); with > without+1 {
				t.Errorf("%d statements instead of %d for %d phones", with, without, first)
			}
		}
	})
}

// Who acted, and on whom, is one more statement for a page of the audit log.
func TestCost_WhoIsInTheAuditLogIsOneMore(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent, admin := d.As(d.Harbor.Agent), d.As(d.Harbor.Admin)
		for i := range 10 {
			p := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: fmt.Sprintf("customer%02d@customer.example", i), Phone: fmt.Sprintf("+13125550%03d", 100+i)})
			agent.Do(setType, V{"device": p.Phone.ID, "type": "LANDLINE"}).OK()
			agent.Do(userHistory, V{"user": p.ID, "source": "LOG"}).OK()
		}
		const page = `query($first: Int) { auditLog(first: $first) { nodes { sequence %s } } }`
		without := statements(d, admin, fmt.Sprintf(page, ""), V{"first": 20})
		for _, first := range []int{2, 20} {
			if with := statements(d, admin, fmt.Sprintf(page, "actor { email } targetUser { email }"), V{"first": first}); with > without+1 {
				t.Errorf("%d statements instead of %d for %d entries", with, without, first)
			}
		}
	})
}

// Attackers choose how often this happens.
func TestCost_ARefusedSignInIsCheap(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	browser := d.Browser("")
	before := d.DB.Statements()
	browser.Do(signIn, V{"institution": "harbor", "username": "nobody@customer.example", "password": "not the password"})
	if got := d.DB.Statements() - before; got > 4+recorded {
		t.Errorf("%d statements", got)
	}
}

// A history asks Twilio once a number, whatever the page.
func TestCost_AHistoryAsksTwilioOnceANumber(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	d.AddPhone(customer.User, "+12025550142")
	var texts []twiliosandbox.Seeded
	for i := range 60 {
		texts = append(texts, atTwilio(d.Harbor, i, customer.Phone.PhoneNumber, time.Duration(i)*time.Minute, "delivered", 0, "a text"))
	}
	d.Twilio.Seed(texts...)
	agent := d.As(d.Harbor.Agent)
	after := any(nil)
	for page := range 3 {
		before := len(d.Twilio.Requests())
		a := agent.Do(userHistory, V{"user": customer.ID, "after": after}).OK()
		after = a.At(ofUser + ".messages.pageInfo.endCursor")
		if asked := d.Twilio.Requests()[before:]; len(asked) != 2 {
			t.Errorf("page %d: %v", page, asked)
		}
	}
}

// A page of a history costs the same, however many texts are merged into the log
// for it.
func TestCost_AHistoryTakesTheSameStatementsHoweverManyTexts(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		const few, many = "+12025550143", "+12025550144"
		texts := []twiliosandbox.Seeded{atTwilio(d.Harbor, 0, few, time.Minute, "delivered", 0, "a text")}
		for i := range 200 {
			texts = append(texts, atTwilio(d.Harbor, 1+i, many, time.Duration(i)*time.Hour, "delivered", 0, "a text"))
		}
		d.Twilio.Seed(texts...)
		agent := d.As(d.Harbor.Agent)
		agent.Do(numberHistory, V{"number": "+12025550145"}).OK() // the record's end is read once

		one := statements(d, agent, numberHistory, V{"number": few, "first": 100})
		hundred := statements(d, agent, numberHistory, V{"number": many, "first": 100})

		if one != hundred || hundred > 9 {
			t.Errorf("%d statements for one text, %d for a hundred", one, hundred)
		}
	})
}

// What one field looked up is no news to the next: a mutation sees what the one
// before it in the same document changed.
func TestCost_NothingIsRememberedFromOneMutationToTheNext(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	a := d.As(d.Harbor.Admin).Do(`mutation($user: ID!, $device: ID!) {
		before: revokeBackupCodes(input: {userId: $user, reason: "Lost"}) { user { devices { ... on PhoneDevice { numberType } } } }
		updateDeviceNumberType(input: {deviceId: $device, numberType: VOIP, reason: "Wants calls"}) { device { id } }
		after: revokeBackupCodes(input: {userId: $user, reason: "Lost"}) { user { devices { ... on PhoneDevice { numberType numberTypeOverride { by { id } } } } } }
	}`, V{"user": d.Harbor.Customer.ID, "device": d.Harbor.Customer.Phone.ID}).OK()
	if a.Text("before.user.devices.0.numberType") != "MOBILE" || a.Text("after.user.devices.0.numberType") != "VOIP" ||
		a.Text("after.user.devices.0.numberTypeOverride.by.id") != d.Harbor.Admin.ID {
		t.Error(a.Body)
	}
}

// A code takes as many statements as it did before there was anything to keep of one
// without an answer, which takes one more.
func TestCost_ACodeTakesThirteenStatements(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		browser := d.Browser(auth.Customer)
		cost := func(fault string) int64 {
			d.Clock.Advance(31 * time.Second)
			v := browser.Challenge(d.Harbor.Customer)
			d.Twilio.Fault(`{"path": "/2010-04-01", "times": 1, ` + fault + `}`)
			before := d.DB.Statements()
			browser.Do(sendCode, v)
			return d.DB.Statements() - before
		}
		answered, unanswered := cost(`"callback": "lost"`), cost(`"status": 503`) // a report would be counted, too

		if answered > 13 || unanswered > answered+2 {
			t.Errorf("%d statements, and %d without an answer", answered, unanswered)
		}
	})
}
