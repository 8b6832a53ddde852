package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

func TestHistory_HasSevenStatuses(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	number := d.Harbor.Customer.Phone.PhoneNumber
	var texts []twiliosandbox.Seeded
	want := map[any]any{}
	for i, tt := range []struct{ twilio, shown string }{
		{"accepted", "PENDING"}, {"scheduled", "PENDING"}, {"queued", "PENDING"}, {"sending", "PENDING"},
		{"sent", "SENT"}, {"delivered", "DELIVERED"}, {"read", "DELIVERED"},
		{"undelivered", "UNDELIVERED"}, {"failed", "FAILED"}, {"canceled", "CANCELED"},
	} {
		texts = append(texts, atTwilio(d.Harbor, i, number, time.Duration(i)*time.Minute, tt.twilio, 0, tt.twilio))
		want[tt.twilio] = tt.shown
	}
	d.Twilio.Seed(append(texts, atTwilio(d.Harbor, 99, number, 61*time.Minute, "sent", 0, "sent long ago"))...)
	want["sent long ago"] = "DELIVERY_UNKNOWN"

	a := d.As(d.Harbor.Agent).Do(userHistory, V{"user": d.Harbor.Customer.ID}).OK()

	got := map[any]any{}
	for _, n := range a.List(ofUser + ".messages.nodes") {
		text := n.(map[string]any)
		got[text["body"]] = text["status"]
		explained := text["status"] == "DELIVERY_UNKNOWN" || text["status"] == "UNDELIVERED" || text["status"] == "FAILED"
		if (text["error"] != nil) != explained {
			t.Errorf("%v is explained by %v", text["status"], text["error"])
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The report that says why may come after the one that says what.
func TestHistory_ALaterReportSaysWhy(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, browser := d.Harbor.Customer, d.Browser(auth.Customer)
		d.Twilio.Control("PUT", "/sandbox/phones/"+customer.Phone.PhoneNumber, `{"outcome": "sent"}`)
		browser.Do(sendCode, browser.Challenge(customer)).OK()
		newest := func() map[string]any {
			t.Helper()
			a := d.As(d.Harbor.Agent).Do(`query($user: ID!) { user(id: $user) { notificationHistory(source: LOG) { messages { nodes { id status error { code } } } } } }`, V{"user": customer.ID}).OK()
			return a.List(ofUser + ".messages.nodes")[0].(map[string]any)
		}
		for code, want := range []any{nil, float64(30003)} {
			report := notification.Callback{InstitutionID: d.Harbor.ID, AttemptID: newest()["id"].(string), Receipt: notification.Receipt{Status: "undelivered", ErrorCode: code * 30003}}
			if err := d.Notifications.HandleCallback(t.Context(), report); err != nil {
				t.Fatal(err)
			}

			if got := newest(); got["status"] != "UNDELIVERED" || got["error"].(map[string]any)["code"] != want {
				t.Errorf("report %d: %v, want %v", code, got, want)
			}
		}
	})
}

// Names keep their sense in a text of one segment.
func TestSendCode_TheNameInATextKeepsItsSense(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	texts := 0
	for name, want := range map[string]string{
		"Farmers’ & Miners’ Bank": "Farmers' & Miners' Bank: ", "Łódź – “Nord” €": `Lodz - "Nord" €: `, "李银行": "???: ",
	} {
		bank := d.Harbor.Institution
		bank.Name = name
		to := notification.Recipient{Institution: bank, Channel: notification.SMS, To: "+12025550156", Confirmed: true}
		if err := d.Notifications.SendCode(t.Context(), to, "482913", time.Minute); err != nil {
			t.Fatal(err)
		}
		texts++
		if got := d.Twilio.Await(to.To, texts, 0).Messages[0].Body; !strings.HasPrefix(got, want) || len([]rune(got)) > 160 {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Product requirements, part 5: exactly 60 minutes is Sent.
func TestHistory_SentTurnsUnknownAfterMoreThanAnHour(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	d.Twilio.Seed(atTwilio(d.Harbor, 1, d.Harbor.Customer.Phone.PhoneNumber, 59*time.Minute, "sent", 0, "a text"))
	agent := d.As(d.Harbor.Agent)
	of := V{"user": d.Harbor.Customer.ID, "source": "LOG"}
	agent.Do(userHistory, V{"user": d.Harbor.Customer.ID}).OK()

	d.Clock.Advance(time.Minute)
	if a := agent.Do(userHistory, of).OK(); a.Text(ofUser+".messages.nodes.0.status") != "SENT" {
		t.Errorf("after 60 min: %s", a.Body)
	}
	d.Clock.Advance(time.Second)
	a := agent.Do(userHistory, of).OK()
	if a.Text(ofUser+".messages.nodes.0.status") != "DELIVERY_UNKNOWN" {
		t.Errorf("after 60 min and 1 s: %s", a.Body)
	}
	if e := ofUser + ".messages.nodes.0.error."; a.At(e+"code") != nil || a.Text(e+"title") == "" || a.Text(e+"remedy") == "" {
		t.Errorf("it is explained without a code: %s", a.Body)
	}
}

func TestHistory_ErrorsAreExplained(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	number := d.Harbor.Customer.Phone.PhoneNumber
	d.Twilio.Seed(
		atTwilio(d.Harbor, 1, number, time.Minute, "undelivered", 30006, "to a landline"),
		atTwilio(d.Harbor, 2, number, 2*time.Minute, "failed", 39999, "a code that Twilio added"),
		atTwilio(d.Harbor, 3, number, 3*time.Minute, "failed", 0, "no code"),
	)

	a := d.As(d.Harbor.Agent).Do(userHistory, V{"user": d.Harbor.Customer.ID}).OK()

	errors := column(a, ofUser, "error")
	known, unknown, none := errors[0].(map[string]any), errors[1].(map[string]any), errors[2].(map[string]any)
	if known["code"] != 30006.0 || known["docsUrl"] != "https://www.twilio.com/docs/errors/30006" ||
		!cmp.Equal(known["whoCanFix"], []any{"STAFF"}) || !strings.Contains(known["remedy"].(string), "call") {
		t.Errorf("30006: %v", known)
	}
	if unknown["code"] != 39999.0 || unknown["docsUrl"] != "https://www.twilio.com/docs/errors/39999" || none["code"] != nil {
		t.Errorf("%v\n%v", unknown, none)
	}
	for _, e := range []map[string]any{known, unknown, none} {
		if e["title"] == "" || e["explanation"] == "" || e["remedy"] == "" || len(e["whoCanFix"].([]any)) == 0 {
			t.Errorf("%v leaves something out", e)
		}
	}
}

// What Twilio reports moves the log on; nobody has to ask.
func TestHistory_ReportsMoveTheLogOn(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	agent, customer := d.As(d.Harbor.Agent), d.Harbor.Customer
	d.Twilio.Control("PUT", "/sandbox/phones/"+customer.Phone.PhoneNumber, `{"outcome": "undelivered:30003"}`)
	browser := d.Browser(auth.Customer)
	browser.Do(sendCode, browser.Challenge(customer)).OK()

	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		a := agent.Do(userHistory, V{"user": customer.ID, "source": "LOG"}).OK()
		if a.Text(ofUser+".messages.nodes.0.status") == "UNDELIVERED" && a.At(ofUser+".messages.nodes.0.error.code") == 30003.0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(a.Body)
		}
	}
}

// A send that Twilio refused is in the history, too, with the reason.
func TestHistory_RefusedSendsAreFailed(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	customer := d.Harbor.Customer
	d.Twilio.Control("PUT", "/sandbox/phones/"+customer.Phone.PhoneNumber, `{"outcome": "reject:21610"}`)
	browser := d.Browser(auth.Customer)
	browser.Do(sendCode, browser.Challenge(customer))

	a := d.As(d.Harbor.Agent).Do(userHistory, V{"user": customer.ID}).OK()

	text := a.At(ofUser + ".messages.nodes.0").(map[string]any)
	if text["status"] != "FAILED" || text["sid"] != nil || text["from"] != nil || text["error"].(map[string]any)["code"] != 21610.0 {
		t.Errorf("%v", text)
	}
}
