package twiliosandbox

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"
	lookups "github.com/twilio/twilio-go/rest/lookups/v2"

	"github.com/factordesk/factordesk/internal/platform/clock"
)

// redirect sends what goes to Twilio to the sandbox, Host header and all.
type redirect struct{ to *url.URL }

func (rt redirect) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Host = req.URL.Host
	req.URL.Scheme, req.URL.Host = rt.to.Scheme, rt.to.Host
	return http.DefaultTransport.RoundTrip(req)
}

// twilioGo is Twilio's own client, which believes it talks to Twilio.
func (b *bench) twilioGo(sid, token string) *client.RequestHandler {
	to, err := url.Parse(b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	c := &client.Client{
		Credentials: client.NewCredentials(sid, token),
		HTTPClient:  &http.Client{Transport: redirect{to}, Timeout: 5 * time.Second},
	}
	c.SetAccountSid(sid)
	return client.NewRequestHandler(c)
}

func TestTwilioGo_Message(t *testing.T) {
	b := newBench(t)
	messages := api.NewApiService(b.twilioGo(harborSID, harborToken))

	made, err := messages.CreateMessage((&api.CreateMessageParams{}).SetTo(customer).SetFrom(harborFrom).SetBody("Harbor: 482913"))
	if err != nil {
		t.Fatal(err)
	}
	if *made.Status != "queued" || *made.NumSegments != "1" || made.DateSent != nil || made.ErrorCode != nil || made.Price != nil {
		t.Errorf("first answer: %+v", made)
	}
	var fetched *api.ApiV2010Message
	eventually(t, func() bool {
		fetched, err = messages.FetchMessage(*made.Sid, nil)
		return err == nil && *fetched.Status == "delivered"
	}, func() string { return fmt.Sprint(fetched, err) })
	if fetched.DateSent == nil || fetched.Price == nil || *fetched.Body != "Harbor: 482913" {
		t.Errorf("delivered: %+v", fetched)
	}
	if _, err := time.Parse(time.RFC1123Z, *fetched.DateCreated); err != nil {
		t.Error(err)
	}

	redacted, err := messages.UpdateMessage(*made.Sid, (&api.UpdateMessageParams{}).SetBody(""))
	if err != nil || *redacted.Body != "" {
		t.Errorf("redacted: %+v, %v", redacted, err)
	}
	if err := messages.DeleteMessage(*made.Sid, nil); err != nil {
		t.Error(err)
	}
	var rest *client.TwilioRestError
	if _, err := messages.FetchMessage(*made.Sid, nil); !errors.As(err, &rest) || rest.Code != 20404 || rest.Status != 404 {
		t.Errorf("deleted, then fetched: %v", err)
	}
}

// seedHistory makes n delivered texts to the customer, one an hour, the newest
// at noon of 2026-01-10, and one to somebody else.
func seedHistory(b *bench, n int) time.Time {
	newest := time.Date(2026, 1, 10, 12, 0, 0, 0, time.UTC)
	for i := range n {
		at := newest.Add(-time.Duration(i) * time.Hour)
		b.Seed(Seeded{
			AccountSID: harborSID, SID: fmt.Sprintf("SM%032x", i), From: harborFrom, To: customer,
			Body: fmt.Sprintf("alert %d", i), Status: "delivered", Created: at, Sent: at.Add(time.Second),
		})
	}
	b.Seed(Seeded{AccountSID: harborSID, SID: "SMother", From: harborFrom, To: "+12025550102",
		Status: "undelivered", ErrorCode: 30006, Created: newest, Sent: newest})
	return newest
}

func TestTwilioGo_ListMessage(t *testing.T) {
	b := newBench(t)
	newest := seedHistory(b, 120)
	messages := api.NewApiService(b.twilioGo(harborSID, harborToken))

	t.Run("follows every page, newest first", func(t *testing.T) {
		all, err := messages.ListMessage((&api.ListMessageParams{}).SetTo(customer).SetPageSize(50))
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for i := range 120 {
			want = append(want, fmt.Sprintf("SM%032x", i))
		}
		for _, m := range all {
			got = append(got, *m.Sid)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("by date sent", func(t *testing.T) {
		for _, tt := range []struct {
			name   string
			params *api.ListMessageParams
			want   int
		}{
			{"after a time", (&api.ListMessageParams{}).SetDateSentAfter(newest.Add(-3 * time.Hour)), 4},
			{"before a time", (&api.ListMessageParams{}).SetDateSentBefore(newest.Add(-110 * time.Hour)), 9},
			{"between", (&api.ListMessageParams{}).SetDateSentAfter(newest.Add(-9 * time.Hour)).SetDateSentBefore(newest.Add(-5 * time.Hour)), 4},
			{"on a day", (&api.ListMessageParams{}).SetDateSent(time.Date(2026, 1, 9, 0, 0, 0, 0, time.UTC)), 24},
		} {
			t.Run(tt.name, func(t *testing.T) {
				got, err := messages.ListMessage(tt.params.SetTo(customer))
				if err != nil || len(got) != tt.want {
					t.Errorf("got %d, want %d, %v", len(got), tt.want, err)
				}
			})
		}
	})
	t.Run("carries error codes of the past", func(t *testing.T) {
		got, err := messages.ListMessage((&api.ListMessageParams{}).SetTo("+12025550102"))
		if err != nil || len(got) != 1 || *got[0].ErrorCode != 30006 {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestTwilioGo_CallAndAccount(t *testing.T) {
	b := newBench(t)
	service := api.NewApiService(b.twilioGo(harborSID, harborToken))
	made, err := service.CreateCall((&api.CreateCallParams{}).SetTo(customer).SetFrom(harborFrom).SetTwiml("<Response><Say>Hello</Say></Response>"))
	if err != nil || *made.Status != "queued" {
		t.Fatalf("%+v, %v", made, err)
	}
	b.settled(callPath(*made.Sid), "completed")
	calls, err := service.ListCall((&api.ListCallParams{}).SetTo(customer).SetStatus("completed"))
	if err != nil || len(calls) != 1 || *calls[0].Duration != "1" {
		t.Errorf("calls: %+v, %v", calls, err)
	}
	notes, err := service.ListCallNotification(*made.Sid, &api.ListCallNotificationParams{})
	if err != nil || len(notes) != 0 {
		t.Errorf("notifications: %+v, %v", notes, err)
	}
	account, err := service.FetchAccount(harborSID)
	if err != nil || *account.Status != "active" || *account.AuthToken != harborToken || *account.Type != "Full" {
		t.Errorf("account: %+v, %v", account, err)
	}
	balance, err := service.FetchBalance(nil)
	if err != nil || *balance.Balance != "100.00" || *balance.Currency != "USD" {
		t.Errorf("balance: %+v, %v", balance, err)
	}
	accounts, err := service.ListAccount(&api.ListAccountParams{})
	if err != nil || len(accounts) != 1 || *accounts[0].Sid != harborSID {
		t.Errorf("accounts: %+v, %v", accounts, err)
	}
	if closed, err := service.ListAccount((&api.ListAccountParams{}).SetStatus("closed")); err != nil || len(closed) != 0 {
		t.Errorf("closed accounts: %+v, %v", closed, err)
	}
	numbers, err := service.ListIncomingPhoneNumber(&api.ListIncomingPhoneNumberParams{})
	if err != nil || len(numbers) != 1 || *numbers[0].PhoneNumber != harborFrom || !numbers[0].Capabilities.Sms {
		t.Fatalf("numbers: %+v, %v", numbers, err)
	}
	if one, err := service.FetchIncomingPhoneNumber(*numbers[0].Sid, nil); err != nil || *one.PhoneNumber != harborFrom {
		t.Errorf("number: %+v, %v", one, err)
	}
	if _, err := service.FetchIncomingPhoneNumber("PN00000000000000000000000000000001", nil); err == nil {
		t.Error("a number that nobody has was found")
	}
}

func TestTwilioGo_Lookup(t *testing.T) {
	b := newBench(t)
	b.SetPhone(customer, Phone{LineType: "fixedVoip", Carrier: "Acme Voice"})
	service := lookups.NewApiService(b.twilioGo(harborSID, harborToken))

	plain, err := service.FetchPhoneNumber(customer, nil)
	if err != nil || !plain.Valid || *plain.NationalFormat != "(202) 555-0101" || *plain.CountryCode != "US" || plain.LineTypeIntelligence.Type != "" {
		t.Errorf("plain: %+v, %v", plain, err)
	}
	typed, err := service.FetchPhoneNumber(customer, (&lookups.FetchPhoneNumberParams{}).SetFields("line_type_intelligence"))
	if err != nil || typed.LineTypeIntelligence.Type != "fixedVoip" || typed.LineTypeIntelligence.CarrierName != "Acme Voice" {
		t.Errorf("typed: %+v, %v", typed, err)
	}
}

func TestTwilioGo_Schedule(t *testing.T) {
	now := clock.NewFake(time.Date(2026, 1, 2, 15, 4, 5, 0, time.UTC))
	b := newBench(t, func(c *Config) { c.Clock = now })
	messages := api.NewApiService(b.twilioGo(harborSID, harborToken))
	made, err := messages.CreateMessage((&api.CreateMessageParams{}).SetTo(customer).SetBody("later").
		SetMessagingServiceSid("MG00000000000000000000000000000001").SetScheduleType("fixed").SetSendAt(now.Now().Add(time.Hour)))
	if err != nil || *made.Status != "scheduled" || made.From != nil || *made.NumSegments != "0" {
		t.Fatalf("%+v, %v", made, err)
	}
	if *made.DateCreated != "Fri, 02 Jan 2026 15:04:05 +0000" {
		t.Errorf("date created: %s", *made.DateCreated)
	}
	canceled, err := messages.UpdateMessage(*made.Sid, (&api.UpdateMessageParams{}).SetStatus("canceled"))
	if err != nil || *canceled.Status != "canceled" {
		t.Errorf("canceled: %+v, %v", canceled, err)
	}
}
