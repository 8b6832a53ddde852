package twiliosandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMessages_CreateRefuses(t *testing.T) {
	b := newBench(t)
	service := "MG00000000000000000000000000000001"
	for _, tt := range []struct {
		name string
		form url.Values
		code int
	}{
		{"no To", textTo(""), 21604},
		{"To that is no number", textTo("+1202555"), 21211},
		{"To in words", textTo("nobody"), 21211},
		{"To a short code", textTo("12345"), 21265},
		{"no sender", textTo(customer, "From", ""), 21603},
		{"From in words that are too long", textTo(customer, "From", "A very long name"), 21212},
		{"From another account", textTo(customer, "From", summitFrom), 21606},
		{"From nobody's number", textTo(customer, "From", "+12025550177"), 21659},
		{"From a name, to the United States", textTo(customer, "From", "Harbor"), 21612},
		{"To the sender itself", textTo(harborFrom), 21266},
		{"no body", textTo(customer, "Body", ""), 21602},
		{"body of 1601 characters", textTo(customer, "Body", strings.Repeat("é", 1601)), 21617},
		{"content template", textTo(customer, "ContentSid", "HX1"), 21655},
		{"validity of nothing", textTo(customer, "ValidityPeriod", "0"), 90014},
		{"validity of more than ten hours", textTo(customer, "ValidityPeriod", "36001"), 90007},
		{"callback that is no URL", textTo(customer, "StatusCallback", "nowhere"), 21609},
		{"callback with an underscore", textTo(customer, "StatusCallback", "http://a_b.localhost/"), 21609},
		{"service that is none", textTo(customer, "MessagingServiceSid", "nope"), 21701},
		{"schedule without a time", textTo(customer, "MessagingServiceSid", service, "ScheduleType", "fixed"), 35111},
		{"schedule for tomorrow's tomorrow's month", textTo(customer, "MessagingServiceSid", service, "ScheduleType", "fixed", "SendAt", "2199-01-01T00:00:00Z"), 35114},
		{"magic To, invalid", textTo("+15005550001"), 21211},
		{"magic To, unroutable", textTo("+15005550002"), 21612},
		{"magic To, no permission", textTo("+15005550003"), 21408},
		{"magic To, opted out", textTo("+15005550004"), 21610},
		{"magic To, no mobile", textTo("+15005550009"), 21614},
		{"magic From, invalid", textTo(customer, "From", "+15005550001"), 21212},
		{"magic From, not owned", textTo(customer, "From", "+15005550007"), 21606},
		{"magic From, queue full", textTo(customer, "From", "+15005550008"), 21611},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := b.post(messagesPath, tt.form)
			if r.status != 400 || r.code() != tt.code {
				t.Fatalf("got %d %s, want 400 and %d", r.status, r.raw, tt.code)
			}
			if r.body["status"] != 400.0 || r.text("more_info") != fmt.Sprintf("https://www.twilio.com/docs/errors/%d", tt.code) || r.text("message") == "" {
				t.Errorf("error body: %s", r.raw)
			}
		})
	}
	if got := b.get(messagesPath).body["messages"].([]any); len(got) != 0 {
		t.Errorf("refused messages left a trace: %v", got)
	}
}

func TestMessages_CreateAccepts(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct {
		name string
		form url.Values
		to   string
	}{
		{"a number in national form", textTo("(202) 555-0101"), customer},
		{"a number abroad", textTo("+447700900104"), "+447700900104"},
		{"a name as sender, abroad", textTo("+447700900104", "From", "Harbor"), "+447700900104"},
		{"the magic sender", textTo(customer, "From", "+15005550006"), customer},
		{"1600 characters", textTo(customer, "Body", strings.Repeat("a", 1600)), customer},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := b.post(messagesPath, tt.form)
			if r.status != 201 || r.text("to") != tt.to || !strings.HasPrefix(r.text("sid"), "SM") || len(r.text("sid")) != 34 {
				t.Errorf("%d %s", r.status, r.raw)
			}
			if !strings.HasPrefix(r.header.Get("Twilio-Request-Id"), "RQ") || r.header.Get("Twilio-Request-Duration") == "" {
				t.Errorf("headers: %v", r.header)
			}
		})
	}
}

// The wire format, field by field: names, types and nulls.
func TestMessages_WireFormat(t *testing.T) {
	b := newBench(t)
	r := b.post(messagesPath, textTo(customer))
	sid := r.text("sid")
	path := apiPrefix + harborSID + "/Messages/" + sid
	want := map[string]any{
		"sid": sid, "account_sid": harborSID, "api_version": "2010-04-01", "body": "Harbor: 482913 is your code",
		"from": harborFrom, "to": customer, "status": "queued", "direction": "outbound-api",
		"num_segments": "1", "num_media": "0", "price": nil, "price_unit": "USD", "messaging_service_sid": nil,
		"error_code": nil, "error_message": nil, "date_sent": nil,
		"date_created": r.text("date_created"), "date_updated": r.text("date_created"),
		"subresource_uris": map[string]any{"media": path + "/Media.json"}, "uri": path + ".json",
	}
	if diff := cmp.Diff(want, r.body); diff != "" {
		t.Error(diff)
	}
}

func TestMessages_Outcome(t *testing.T) {
	b := newBench(t)
	for i, tt := range []struct {
		outcome, lineType string
		status            string
		errorCode         any
		arrives           bool
	}{
		{"", "", "delivered", nil, true},
		{"delivered", "mobile", "delivered", nil, true},
		{"sent", "", "sent", nil, true},
		{"undelivered:30003", "", "undelivered", 30003.0, false},
		{"failed:30001", "", "failed", 30001.0, false},
		{"", "landline", "undelivered", 30006.0, false},
		{"delivered", "landline", "delivered", nil, true},
		{"", "nonFixedVoip", "delivered", nil, true},
	} {
		t.Run(tt.lineType+" "+tt.outcome, func(t *testing.T) {
			phone := fmt.Sprintf("+1202555%04d", 1000+i)
			b.SetPhone(phone, Phone{LineType: tt.lineType, Outcome: tt.outcome})
			sid := b.send(phone)
			last := b.settled(messagePath(sid), tt.status)
			if diff := cmp.Diff(tt.errorCode, last.body["error_code"]); diff != "" {
				t.Error(diff)
			}
			if (last.text("error_message") != "") != (tt.errorCode != nil) || last.text("date_sent") == "" {
				t.Errorf("%s", last.raw)
			}
			got := b.phoneJSON(phone)
			if arrived := len(got.Messages) == 1 && got.Messages[0].SID == sid; arrived != tt.arrives {
				t.Errorf("arrived %v, want %v: %+v", arrived, tt.arrives, got)
			}
		})
	}
	t.Run("reject", func(t *testing.T) {
		b.SetPhone(customer, Phone{Outcome: "reject:21610"})
		if r := b.post(messagesPath, textTo(customer)); r.status != 400 || r.code() != 21610 {
			t.Errorf("%d %s", r.status, r.raw)
		}
	})
}

func TestMessages_ByService(t *testing.T) {
	b := newBench(t)
	r := b.post(messagesPath, textTo(customer, "From", "", "MessagingServiceSid", "MG00000000000000000000000000000001"))
	if r.status != 201 || r.text("status") != "accepted" || r.body["from"] != nil || r.text("num_segments") != "0" {
		t.Fatalf("%d %s", r.status, r.raw)
	}
	last := b.settled(messagePath(r.text("sid")), "delivered")
	if last.text("from") != harborFrom || last.text("num_segments") != "1" {
		t.Errorf("%s", last.raw)
	}
}

func TestMessages_UpdateAndDelete(t *testing.T) {
	b := newBench(t, func(c *Config) { c.Settle = time.Hour })
	early := b.send(customer)
	b.Seed(Seeded{AccountSID: harborSID, SID: "SMold", To: customer, Body: "secret", Status: "delivered", Sent: time.Now()})
	for _, tt := range []struct {
		name, method, sid string
		form              url.Values
		status, code      int
	}{
		{"delete before the end", "DELETE", early, nil, 409, 20009},
		{"redact before the end", "POST", early, url.Values{"Body": {""}}, 409, 20009},
		{"cancel what was never scheduled", "POST", early, url.Values{"Status": {"canceled"}}, 400, 30409},
		{"another body", "POST", "SMold", url.Values{"Body": {"changed"}}, 400, 20001},
		{"redact", "POST", "SMold", url.Values{"Body": {""}}, 200, 0},
		{"fetch what was never made", "GET", "SMnone", nil, 404, 20404},
		{"delete", "DELETE", "SMold", nil, 204, 0},
		{"delete again", "DELETE", "SMold", nil, 404, 20404},
		{"a method that isn't one", "PATCH", early, nil, 405, 20004},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := b.do(tt.method, messagePath(tt.sid), harborSID, harborToken, "application/x-www-form-urlencoded", tt.form.Encode())
			if err != nil || r.status != tt.status || r.code() != tt.code {
				t.Errorf("%d %s %v", r.status, r.raw, err)
			}
			if tt.status == 204 && r.raw != "" {
				t.Errorf("204 with a body: %s", r.raw)
			}
		})
	}
}

func TestMessages_Discard(t *testing.T) {
	b := newBench(t)
	last := b.settled(messagePath(b.send(customer, "ContentRetention", "discard")), "delivered")
	if last.text("body") != "" || b.phoneJSON(customer).Messages[0].Body != "Harbor: 482913 is your code" {
		t.Errorf("the log forgets, the phone doesn't: %s %+v", last.raw, b.phoneJSON(customer))
	}
}

func TestMessages_Paging(t *testing.T) {
	b := newBench(t)
	seedHistory(b, 120)
	query := "?To=" + url.QueryEscape(customer) + "&DateSent%3E=2026-01-01"
	first := b.get(messagesPath + query)
	if n := len(first.body["messages"].([]any)); n != 50 || first.body["start"] != 0.0 || first.body["end"] != 49.0 ||
		first.body["page"] != 0.0 || first.body["page_size"] != 50.0 || first.body["previous_page_uri"] != nil {
		t.Fatalf("first page: %d %v", n, first.body)
	}
	b.send(customer) // what is made meanwhile moves no page

	second := b.get(first.text("next_page_uri"))
	third := b.get(second.text("next_page_uri"))
	if second.body["start"] != 50.0 || third.body["end"] != 119.0 || third.body["next_page_uri"] != nil {
		t.Errorf("second %v, third %v", second.text("uri"), third.text("uri"))
	}
	firstOf := func(r reply) any { return r.body["messages"].([]any)[0].(map[string]any)["sid"] }
	if firstOf(second) != fmt.Sprintf("SM%032x", 50) || firstOf(third) != fmt.Sprintf("SM%032x", 100) {
		t.Errorf("second begins with %v, third with %v", firstOf(second), firstOf(third))
	}
	if back := b.get(third.text("previous_page_uri")); firstOf(back) != firstOf(second) {
		t.Errorf("back leads to %v", firstOf(back))
	}
	want := messagesPath + "?DateSent%3E=2026-01-01&Page=1&PageSize=50&PageToken=PASM" + fmt.Sprintf("%032x", 49) + "&To=%2B12025550101"
	if got := first.text("next_page_uri"); got != want {
		t.Errorf("next is %s, want %s", got, want)
	}
}

func TestMessages_ListFilters(t *testing.T) {
	b := newBench(t)
	seedHistory(b, 48)
	for query, want := range map[string]int{
		"": 49, "?PageSize=2": 2, "?From=%2B12025550190": 49, "?From=%2B12025550191": 0, "?To=%2B12025550102": 1,
		"?DateSent=2026-01-10": 14, "?DateSent>=2026-01-10": 14, "?DateSent<=2026-01-08": 11, "?DateSent%3C=2026-01-08": 11,
		"?DateSent%3E=2026-01-10T12:00:00Z": 2, "?DateSent=2026-01-10T12:00:01Z": 1,
		"?DateSent>=2026-01-09&DateSent<=2026-01-09": 24,
	} {
		t.Run(query, func(t *testing.T) {
			r := b.get(messagesPath + query)
			if rows, _ := r.body["messages"].([]any); len(rows) != want {
				t.Errorf("got %d, want %d", len(rows), want)
			}
		})
	}
	for _, query := range []string{"?PageSize=0", "?PageSize=many", "?Page=-1", "?DateSent=yesterday"} {
		if r := b.get(messagesPath + query); r.status != http.StatusBadRequest {
			t.Errorf("%s: %d", query, r.status)
		}
	}
}

func TestSegments(t *testing.T) {
	for body, want := range map[string]int{
		"":                                 1,
		strings.Repeat("a", 160):           1,
		strings.Repeat("a", 161):           2,
		strings.Repeat("a", 306):           2,
		strings.Repeat("a", 307):           3,
		strings.Repeat("€", 80):            1, // two places each
		strings.Repeat("€", 81):            2,
		strings.Repeat("ж", 70):            1,
		strings.Repeat("ж", 71):            2,
		strings.Repeat("🙂", 36):            2, // two units each
		"Crédit " + strings.Repeat("é", 9): 1,
	} {
		if got := segments(body); got != want {
			t.Errorf("%d characters: got %d, want %d", len([]rune(body)), got, want)
		}
	}
}

func TestSeed(t *testing.T) {
	b := newBench(t)
	seedHistory(b, 8)
	seedHistory(b, 8) // the demo starts again
	if rows := b.get(messagesPath).body["messages"].([]any); len(rows) != 9 {
		t.Errorf("got %d rows", len(rows))
	}
	if phone := b.phoneJSON(customer); len(phone.Messages) != 0 {
		t.Errorf("history is not on the handset: %+v", phone.Messages)
	}
}

func TestLedger_Bound(t *testing.T) {
	s := New(Config{})
	defer s.Close()
	s.messages.max = 3
	for i := range 5 {
		m := &message{sid: fmt.Sprint(i), to: customer, created: time.Unix(int64(i), 0)}
		s.handset(customer).messages = append(s.handset(customer).messages, m)
		s.messages.add(m)
	}
	if len(s.messages.rows) != 3 || len(s.messages.bySID) != 3 || len(s.phones[customer].messages) != 3 || s.messages.rows[0].sid != "2" {
		t.Errorf("%d rows, %d by SID, %d on the phone", len(s.messages.rows), len(s.messages.bySID), len(s.phones[customer].messages))
	}
}
