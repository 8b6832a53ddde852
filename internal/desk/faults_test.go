package desk_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/twilio"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

// outcome is what became of one code: what its customer was told, what the log has in the
// end, and which accounts brought it to the phone.
type outcome struct {
	Told, Logged string
	By           []string
}

// faults are what goes wrong at harbor's first account, and what becomes of a code with
// that account alone, and with a second one that is well. The log's word for what arrived
// is ended: a text is delivered, a call completed.
var faults = []struct {
	name string
	// fault is ordered of the first account, account is how it stands, phone how the
	// customer's phone does.
	fault, account, phone string
	unreachable           bool
	// within is how long the customer waits, where that is why it ends.
	within     time.Duration
	alone, two outcome
}{
	{name: "nothing", alone: byFirst, two: byFirst},
	{name: "a wrong token", account: `"authFails": true`, alone: turnedDown, two: bySecond},
	{name: "a suspended account", account: `"status": "suspended"`, alone: turnedDown, two: bySecond},
	{name: "no balance", account: `"balance": "0.00"`, alone: turnedDown, two: bySecond},
	{name: "not processed", fault: `"status": 422`, alone: turnedDown, two: bySecond},
	{name: "too many", fault: `"status": 429, "code": 20429, "retryAfter": 7`, alone: outcome{Told: "THROTTLED", Logged: "failed"}, two: bySecond},
	{name: "no connection", unreachable: true, alone: outcome{Told: "PROVIDER_UNAVAILABLE", Logged: "failed"}, two: bySecond},
	{name: "a hang", fault: `"hang": true`, within: time.Second, alone: outcome{Told: "TIMEOUT", Logged: "attempted"}, two: outcome{Told: "TIMEOUT", Logged: "attempted"}},
	{name: "502 in HTML", fault: `"status": 502, "body": "<html>Bad Gateway</html>"`, alone: nobodyKnows, two: nobodyKnows},
	{name: "a cut before it took it", fault: `"cut": "before"`, alone: nobodyKnows, two: nobodyKnows},
	{name: "a cut after it took it", fault: `"cut": "after"`,
		alone: outcome{Told: "PROVIDER_UNAVAILABLE", Logged: ended, By: first}, two: outcome{Told: "PROVIDER_UNAVAILABLE", Logged: ended, By: first}},
	{name: "a number that is none", fault: `"code": 21211`, alone: turnedDown, two: turnedDown},
	{name: "a number that opted out", fault: `"code": 21610`, alone: turnedDown, two: turnedDown},
	{name: "a phone that is off", phone: "undelivered:30003", alone: outcome{Logged: "undelivered"}, two: outcome{Logged: "undelivered"}},
	{name: "lost reports", fault: `"callback": "lost"`, alone: outcome{Logged: "queued", By: first}, two: outcome{Logged: "queued", By: first}},
	{name: "forged reports", fault: `"callback": "forged"`, alone: outcome{Logged: "queued", By: first}, two: outcome{Logged: "queued", By: first}},
	{name: "doubled reports", fault: `"callback": "doubled"`, alone: byFirst, two: byFirst},
	{name: "shuffled reports", fault: `"callback": "shuffled"`, alone: byFirst, two: byFirst},
}

const ended = "delivered or completed"

var (
	first, second = []string{"first"}, []string{"second"}
	byFirst       = outcome{Logged: ended, By: first}
	bySecond      = outcome{Logged: ended, By: second}
	turnedDown    = outcome{Told: "PROVIDER_ERROR", Logged: "failed"}
	nobodyKnows   = outcome{Told: "PROVIDER_UNAVAILABLE", Logged: "attempted"}
)

// Every fault ends in what is true, told and logged, and no code goes out twice.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range faults {
		for _, kind := range []string{"MOBILE", "LANDLINE"} {
			if kind == "LANDLINE" && tt.phone != "" {
				continue // calls have no such outcome
			}
			for name, want := range map[string]outcome{"alone": tt.alone, "two": tt.two} {
				t.Run(strings.Join([]string{tt.name, kind, name}, "/"), func(t *testing.T) {
					t.Parallel()
					onBoth(t, func(t *testing.T, d *desktest.Desk) {
						customer, account := d.Harbor.Customer, d.Twilio.Harbor()
						if name == "two" {
							addSpare(t, d)
						}
						d.As(d.Harbor.Agent).Do(setType, V{"device": customer.Phone.ID, "type": kind}).OK()
						if tt.fault != "" {
							d.Twilio.Fault(`{"path": "/2010-04-01/Accounts/` + account.SID + `", ` + tt.fault + `}`)
						}
						if tt.account != "" {
							d.Twilio.Control(http.MethodPut, "/sandbox/account", `{"sid": "`+account.SID+`", `+tt.account+`}`)
						}
						if tt.phone != "" {
							d.Twilio.Control(http.MethodPut, "/sandbox/phones/"+customer.Phone.PhoneNumber, `{"outcome": "`+tt.phone+`"}`)
						}
						if tt.unreachable {
							d.Notifications.Provider = twilio.New(twilio.Config{
								Accounts: d.Providers, BaseURL: d.Twilio.URL(), CallbackURL: d.Public, Clock: d.Clock, Transport: unreachable(account),
							})
						}
						want := want
						if want.Logged == ended {
							want.Logged = map[string]string{"MOBILE": "delivered", "LANDLINE": "completed"}[kind]
						}

						got := outcome{Told: asksForACode(t, d, tt.within)}

						got.Logged, _ = logged(t, d, want.Logged)
						got.By = brought(d, len(want.By))
						if got.Told != want.Told || got.Logged != want.Logged || !slices.Equal(got.By, want.By) {
							t.Errorf("it came to %+v, want %+v", got, want)
						}
					})
				})
			}
		}
	}
}

// addSpare gives harbor a second account.
func addSpare(t *testing.T, d *desktest.Desk) provider.Row {
	t.Helper()
	spare := d.Twilio.Spare()
	before, err := d.DB.ListSending(t.Context(), d.Harbor.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Providers.Create(t.Context(), provider.New{InstitutionID: d.Harbor.ID, AccountSID: spare.SID, Token: secret.NewText(spare.Token), From: spare.From}); err != nil {
		t.Fatal(err)
	}
	all, err := d.DB.ListSending(t.Context(), d.Harbor.ID)
	if err != nil {
		t.Fatal(err)
	}
	all = slices.DeleteFunc(all, func(r provider.Row) bool { return r.ID == before[0].ID })
	added := all[0]
	added.Priority, added.Version = 2, added.Version+1
	if ok, err := d.DB.UpdateProvider(t.Context(), added); err != nil || !ok {
		t.Fatal(ok, err)
	}
	return added
}

// unreachable takes connections to an account to where nobody listens.
func unreachable(account twiliosandbox.Account) http.RoundTripper {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	nowhere, through := strings.TrimPrefix(closed.URL, "http://"), twilio.NewTransport()
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		if strings.Contains(r.URL.Path, account.SID) {
			r = r.Clone(r.Context())
			r.URL.Host = nowhere
		}
		return through.RoundTrip(r)
	})
}

type roundTripper func(r *http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// asksForACode has harbor's customer ask for a code, and returns the error code; a customer who
// waits no longer than a time hears what the desk says then.
func asksForACode(t *testing.T, d *desktest.Desk, within time.Duration) string {
	t.Helper()
	browser := d.Browser(auth.Customer)
	v := browser.Challenge(d.Harbor.Customer)
	if within == 0 {
		return browser.Do(sendCode, v).Code("sendCode")
	}
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	body, err := json.Marshal(V{"query": sendCode, "variables": v})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	var answer struct {
		Errors []struct{ Extensions struct{ Code string } }
	}
	w := browser.Send(r)
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || len(answer.Errors) != 1 {
		t.Fatalf("%v: %s", err, w.Body)
	}
	return answer.Errors[0].Extensions.Code
}

// logged waits until the log has a word for the one code to harbor's customer, and returns
// which it has in the end, and of which account.
func logged(t *testing.T, d *desktest.Desk, want string) (status, accountSID string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		err := d.DB.SQL().QueryRowContext(t.Context(),
			`SELECT provider_status, account_sid FROM notifications WHERE channel <> 'EMAIL' AND recipient = '`+d.Harbor.Customer.Phone.PhoneNumber+`'`).Scan(&status, &accountSID)
		if err != nil {
			t.Fatal(err)
		}
		if status == want || time.Now().After(deadline) {
			return status, accountSID
		}
	}
}

// brought waits until so many codes came to the phone of harbor's customer, and returns the
// accounts of all that did.
func brought(d *desktest.Desk, atLeast int) (by []string) {
	number := d.Harbor.Customer.Phone.PhoneNumber
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		phone := d.Twilio.Phone(number)
		by = nil
		for _, m := range phone.Messages {
			by = append(by, accountOf(d, m.From))
		}
		for _, c := range phone.Calls {
			by = append(by, accountOf(d, c.From))
		}
		if len(by) >= atLeast || time.Now().After(deadline) {
			return by
		}
	}
}

func accountOf(d *desktest.Desk, from string) string {
	return map[string]string{d.Twilio.Harbor().From: "first", d.Twilio.Spare().From: "second"}[from]
}

// An account that did not send a code says that it did, signed by its own token: what it
// says changes nothing, is logged, and the account that sent it is believed as before.
func TestFaults_AnAccountThatLies(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, liar, honest := d.Harbor.Customer, d.Twilio.Harbor(), d.Twilio.Spare()
		addSpare(t, d)
		d.Twilio.Control(http.MethodPut, "/sandbox/account", `{"sid": "`+liar.SID+`", "status": "suspended"}`)
		d.Twilio.Fault(`{"path": "/2010-04-01/Accounts/` + honest.SID + `", "callback": "lost"}`)
		if code := asksForACode(t, d, 0); code != "" {
			t.Fatal(code)
		}
		if status, account := logged(t, d, "queued"); status != "queued" || account != honest.SID {
			t.Fatalf("it is %s of %s", status, account)
		}

		d.Twilio.Control(http.MethodPut, "/sandbox/account", `{"sid": "`+liar.SID+`", "status": "active"}`)
		lie := url.Values{"To": {"+12025550177"}, "From": {liar.From}, "Body": {"Hello"}, "StatusCallback": {reportOf(t, d, liar)}}
		r := httptest.NewRequest(http.MethodPost, "/2010-04-01/Accounts/"+liar.SID+"/Messages.json", strings.NewReader(lie.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth(liar.SID, liar.Token)
		w := httptest.NewRecorder()
		if d.Twilio.Sandbox.ServeHTTP(w, r); w.Code != http.StatusCreated {
			t.Fatal(w.Body)
		}

		for deadline := time.Now().Add(20 * time.Second); strings.Count(d.Log.String(), "report on an attempt that is not there") < 2; time.Sleep(2 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("the lie is not in the log")
			}
		}
		if status, account := logged(t, d, "queued"); status != "queued" || account != honest.SID {
			t.Errorf("it is %s of %s", status, account)
		}
		history := d.As(d.Harbor.Agent).Do(userHistory, V{"user": customer.ID}).OK()
		if sids := column(history, ofUser, "status"); len(sids) != 1 || sids[0] != "DELIVERED" {
			t.Errorf("the honest one is asked: %s", history.Body)
		}
	})
}

// reportOf returns where an account reports on the one code to harbor's customer.
func reportOf(t *testing.T, d *desktest.Desk, account twiliosandbox.Account) string {
	t.Helper()
	var attempt string
	if err := d.DB.SQL().QueryRowContext(t.Context(), `SELECT id FROM notifications WHERE recipient = '`+d.Harbor.Customer.Phone.PhoneNumber+`'`).Scan(&attempt); err != nil {
		t.Fatal(err)
	}
	all, err := d.DB.ListSending(t.Context(), d.Harbor.ID)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(all, func(r provider.Row) bool { return r.AccountSID == account.SID })
	u := d.Public.JoinPath("webhooks", "twilio", all[at].ID, "messages")
	u.RawQuery = url.Values{"attempt": {attempt}}.Encode()
	return u.String()
}
