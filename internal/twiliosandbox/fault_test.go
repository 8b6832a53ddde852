package twiliosandbox

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFault_Answers(t *testing.T) {
	for _, tt := range []struct {
		name, fault string
		status      int
		code        int
		raw         string
	}{
		{"status alone brings Twilio's code", `{"status":503}`, 503, 20503, ""},
		{"429", `{"status":429}`, 429, 20429, ""},
		{"code alone brings its status", `{"code":20500}`, 500, 20500, ""},
		{"code of a refusal", `{"code":30450}`, 400, 30450, ""},
		{"both", `{"status":403,"code":21612}`, 403, 21612, ""},
		{"body as it is", `{"status":502,"body":"<html>bad gateway</html>"}`, 502, 0, "<html>bad gateway</html>"},
		{"body that is JSON", `{"body":{"sid":"nonsense"}}`, 200, 0, `{"sid":"nonsense"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.order(tt.fault)
			r := b.post(messagesPath, textTo(customer))
			if r.status != tt.status || r.code() != tt.code || (tt.raw != "" && r.raw != tt.raw) {
				t.Errorf("%d %s", r.status, r.raw)
			}
			b.control("DELETE", "/sandbox/faults", "")
			if rows := b.get(messagesPath).body["messages"].([]any); len(rows) != 0 {
				t.Errorf("a refused message was made: %v", rows)
			}
		})
	}
}

func TestFault_MatchesAndCounts(t *testing.T) {
	b := newBench(t)
	b.order(`{"path":"/v2/","status":500}`)
	b.order(`{"path":"` + messagesPath + `","status":503,"times":2}`)
	b.order(`{"path":"/2010-04-01/","status":429,"times":1}`)
	var got []int
	for range 4 {
		got = append(got, b.get(messagesPath).status)
	}
	if diff := cmp.Diff([]int{503, 503, 429, 200}, got); diff != "" {
		t.Error(diff)
	}
	if left := b.control("GET", "/sandbox/faults", "").body["faults"].([]any); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
	for range 3 { // without times it stays until DELETE
		if r := b.get("/v2/PhoneNumbers/" + customer); r.status != 500 {
			t.Errorf("lookup: %d", r.status)
		}
	}
	if r := b.control("DELETE", "/sandbox/faults", ""); r.status != 204 {
		t.Errorf("DELETE: %d", r.status)
	}
	if r := b.get("/v2/PhoneNumbers/" + customer); r.status != 200 {
		t.Errorf("after DELETE: %d", r.status)
	}
}

func TestFault_Latency(t *testing.T) {
	b := newBench(t)
	b.order(`{"latencyMs":30,"times":1}`)
	start := time.Now()
	if r := b.get(messagesPath); r.status != 200 || time.Since(start) < 30*time.Millisecond {
		t.Errorf("%d after %v", r.status, time.Since(start))
	}
}

func TestFault_RetryAfter(t *testing.T) {
	b := newBench(t)
	b.order(`{"status":429,"retryAfter":7,"times":1}`)
	if r := b.post(messagesPath, textTo(customer)); r.status != 429 || r.code() != 20429 || r.header.Get("Retry-After") != "7" {
		t.Errorf("%d %v %s", r.status, r.header, r.raw)
	}
	b.order(`{"status":503,"body":"<html>later</html>","retryAfter":30,"times":1}`)
	if r := b.post(callsPath, callTo(customer, "<Response/>")); r.status != 503 || r.header.Get("Retry-After") != "30" {
		t.Errorf("%d %v %s", r.status, r.header, r.raw)
	}
	b.order(`{"status":429,"times":1}`)
	if r := b.post(messagesPath, textTo(customer)); r.status != 429 || r.header.Values("Retry-After") != nil {
		t.Errorf("%d %v", r.status, r.header)
	}
}

func TestFault_OfOneAccount(t *testing.T) {
	b := newBench(t)
	b.order(`{"path":"` + apiPrefix + harborSID + `/","status":401}`)
	for path, form := range map[string]url.Values{"/Messages.json": textTo(customer), "/Calls.json": callTo(customer, "<Response/>")} {
		if r := b.post(apiPrefix+harborSID+path, form); r.status != 401 || r.code() != 20003 {
			t.Errorf("harbor's %s: %d %s", path, r.status, r.raw)
		}
		form.Set("From", summitFrom)
		r, err := b.do("POST", apiPrefix+summitSID+path, summitSID, summitToken, "application/x-www-form-urlencoded", form.Encode())
		if err != nil || r.status != 201 {
			t.Errorf("summit's %s: %d %s %v", path, r.status, r.raw, err)
		}
	}
}

// creates is what makes a text and a call, and the list that they are in.
var creates = []struct {
	path, list string
	form       url.Values
}{{messagesPath, "messages", textTo(customer)}, {callsPath, "calls", callTo(customer, "<Response><Say>Hi.</Say></Response>")}}

func TestFault_Hang(t *testing.T) {
	for _, create := range creates {
		t.Run("until the client leaves, "+create.list, func(t *testing.T) {
			b := newBench(t)
			b.order(`{"hang":true,"times":1}`)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			defer cancel()
			req, _ := http.NewRequestWithContext(ctx, "POST", b.url+create.path, strings.NewReader(create.form.Encode()))
			req.SetBasicAuth(harborSID, harborToken)
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			res, err := http.DefaultClient.Do(req)
			if err == nil {
				_ = res.Body.Close()
			}
			if ctx.Err() == nil {
				t.Errorf("answered: %v", err)
			}
			eventually(t, func() bool { return b.requests.Load() == 0 }, func() string { return "the request is still held" })
			if rows := b.get(create.path).body[create.list].([]any); len(rows) != 0 {
				t.Errorf("acted on: %v", rows)
			}
		})
	}
	t.Run("until the sandbox closes", func(t *testing.T) {
		b := newBench(t)
		b.order(`{"hang":true}`)
		gone := make(chan error)
		go func() {
			_, err := b.do("GET", messagesPath, harborSID, harborToken, "", "")
			gone <- err
		}()
		eventually(t, func() bool { return b.requests.Load() == 1 }, func() string { return "no request under way" })
		b.Close()
		if err := <-gone; err == nil {
			t.Error("answered")
		}
	})
}

func TestFault_Cut(t *testing.T) {
	for _, create := range creates {
		for cut, accepted := range map[string]bool{"before": false, "after": true} {
			t.Run(create.list+" "+cut, func(t *testing.T) {
				b := newBench(t)
				b.order(`{"path":"/2010-04-01/","cut":"` + cut + `","times":1}`)
				_, err := b.do("POST", create.path, harborSID, harborToken, "application/x-www-form-urlencoded", create.form.Encode())
				if err == nil {
					t.Fatal("answered")
				}
				rows := b.get(create.path).body[create.list].([]any)
				if (len(rows) == 1) != accepted {
					t.Fatalf("rows: %v", rows)
				}
				if accepted {
					eventually(t, func() bool {
						phone := b.phoneJSON(customer)
						return len(phone.Messages)+len(phone.Calls) == 1
					}, func() string { return "not delivered" })
				}
			})
		}
	}
}

func TestFault_Callback(t *testing.T) {
	for _, path := range []string{"", "/2010-04-01/", "/webhooks/"} {
		t.Run("lost "+path, func(t *testing.T) {
			b, in := newBench(t), newInbox(t)
			b.order(`{"path":"` + path + `","callback":"lost","times":1}`)
			lost := b.send(customer, "StatusCallback", in.url())
			b.settled(messagePath(lost), "delivered")
			b.send(customer, "StatusCallback", in.url())
			in.await(2)
			if slices.Contains(in.values("MessageSid"), lost) {
				t.Error("a lost callback came")
			}
		})
	}
	t.Run("doubled", func(t *testing.T) {
		b, in := newBench(t), newInbox(t)
		b.order(`{"callback":"doubled"}`)
		b.send(customer, "StatusCallback", in.url())
		got := in.await(4)
		if diff := cmp.Diff([]string{"sent", "sent", "delivered", "delivered"}, in.values("MessageStatus")); diff != "" {
			t.Error(diff)
		}
		if got[0].header.Get("I-Twilio-Idempotency-Token") != got[1].header.Get("I-Twilio-Idempotency-Token") {
			t.Error("a repeated callback keeps its idempotency token")
		}
	})
	t.Run("forged", func(t *testing.T) {
		b, in := newBench(t), newInbox(t)
		b.order(`{"callback":"forged","times":1}`)
		b.send(customer, "StatusCallback", in.url())
		for _, p := range in.await(2) {
			if p.header.Get("X-Twilio-Signature") == "" || p.genuine(harborToken) {
				t.Error("not forged")
			}
		}
	})
	t.Run("shuffled", func(t *testing.T) {
		b, in := newBench(t), newInbox(t)
		b.order(`{"callback":"shuffled"}`)
		b.send(customer, "StatusCallback", in.url())
		in.await(2)
		if diff := cmp.Diff([]string{"delivered", "sent"}, in.values("MessageStatus")); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("with what befalls the request", func(t *testing.T) {
		b, in := newBench(t), newInbox(t)
		b.order(`{"path":"/2010-04-01/","cut":"after","callback":"doubled","times":1}`)
		_, _ = b.do("POST", messagesPath, harborSID, harborToken, "application/x-www-form-urlencoded",
			textTo(customer, "StatusCallback", in.url()).Encode())
		in.await(4)
	})
	t.Run("ordered after the message was made", func(t *testing.T) {
		b, in := newBench(t, func(c *Config) { c.Settle = 300 * time.Millisecond }), newInbox(t)
		sid := b.send(customer, "StatusCallback", in.url())
		b.order(`{"callback":"lost"}`)
		b.settled(messagePath(sid), "delivered")
		if got := in.all(); len(got) != 0 {
			t.Errorf("%v", got)
		}
	})
}
