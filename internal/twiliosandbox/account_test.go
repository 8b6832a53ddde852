package twiliosandbox

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAuthenticate(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct {
		name, user, token, path string
		status, code            int
	}{
		{"right", harborSID, harborToken, messagesPath, 200, 0},
		{"no credentials", "", "", messagesPath, 401, 20003},
		{"wrong token", harborSID, "wrong", messagesPath, 401, 20003},
		{"unknown account", "AC00000000000000000000000000000009", "t", messagesPath, 401, 20003},
		{"another account's path", summitSID, summitToken, messagesPath, 404, 20404},
		{"nobody's path", harborSID, harborToken, apiPrefix + "AC9/Messages.json", 404, 20404},
		{"unknown resource", harborSID, harborToken, apiPrefix + harborSID + "/Faxes.json", 404, 20404},
		{"unknown product", harborSID, harborToken, "/v1/TrustProducts", 404, 20404},
		{"lookup without credentials", "", "", "/v2/PhoneNumbers/" + customer, 401, 20003},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := b.do("GET", tt.path, tt.user, tt.token, "", "")
			if err != nil || r.status != tt.status || r.code() != tt.code {
				t.Errorf("%d %s %v", r.status, r.raw, err)
			}
			if (r.status == 401) != (r.header.Get("WWW-Authenticate") != "") {
				t.Errorf("WWW-Authenticate: %q", r.header.Get("WWW-Authenticate"))
			}
		})
	}
}

func TestAuthenticate_WallBetweenAccounts(t *testing.T) {
	b := newBench(t)
	sid := b.send(customer)
	path := apiPrefix + summitSID + "/Messages/" + sid + ".json"
	if r, _ := b.do("GET", path, summitSID, summitToken, "", ""); r.status != 404 {
		t.Errorf("summit reads harbor's message: %s", r.raw)
	}
	list, _ := b.do("GET", apiPrefix+summitSID+"/Messages.json", summitSID, summitToken, "", "")
	if rows := list.body["messages"].([]any); len(rows) != 0 {
		t.Errorf("summit lists harbor's messages: %v", rows)
	}
}

func TestRoute_ByHost(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct {
		host, path string
		status     int
	}{
		{"api.twilio.com", messagesPath, 200},
		{"api.dublin.ie1.twilio.com", messagesPath, 200},
		{"lookups.twilio.com", "/v2/PhoneNumbers/" + customer, 200},
		{"lookups.twilio.com", messagesPath, 404},
		{"messaging.twilio.com", "/v2/PhoneNumbers/" + customer, 404},
	} {
		req, _ := http.NewRequest("GET", b.url+tt.path, nil)
		req.Host = tt.host
		req.SetBasicAuth(harborSID, harborToken)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != tt.status {
			t.Errorf("%s%s: %d", tt.host, tt.path, res.StatusCode)
		}
	}
}

func TestOpen(t *testing.T) {
	const sid, token = "AC0123456789abcdef0123456789abcdef", "mytoken"
	b := newBench(t, func(c *Config) { c.Open = true })
	send := func(user, secret, account string) reply {
		form := textTo(customer, "From", "+14155552671")
		r, err := b.do("POST", apiPrefix+account+"/Messages.json", user, secret, "application/x-www-form-urlencoded", form.Encode())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := send(sid, token, sid); r.status != 201 {
		t.Fatalf("first request: %d %s", r.status, r.raw)
	}
	if r := send(sid, "another", sid); r.status != 401 {
		t.Errorf("another token: %d", r.status)
	}
	if r := send(harborSID, "guess", harborSID); r.status != 401 {
		t.Errorf("an account that exists: %d", r.status)
	}
	if r := send("SK0123456789abcdef0123456789abcdef", "secret", sid); r.status != 201 {
		t.Errorf("API key: %d %s", r.status, r.raw)
	}
	if r := send("SK0123456789abcdef0123456789abcdef", "wrong", sid); r.status != 401 {
		t.Errorf("API key with another secret: %d", r.status)
	}
	if r := send("joe", "secret", sid); r.status != 401 {
		t.Errorf("no SID: %d", r.status)
	}
	numbers, _ := b.do("GET", apiPrefix+sid+"/IncomingPhoneNumbers.json", sid, token, "", "")
	if !strings.Contains(numbers.raw, "+14155552671") {
		t.Errorf("the sender became its own: %s", numbers.raw)
	}
}

func TestAccount_NoBalance(t *testing.T) {
	for _, balance := range []string{"0", "0.00", "-3.5"} {
		b := newBench(t)
		b.control("PUT", "/sandbox/account", `{"sid":"`+harborSID+`","balance":"`+balance+`"}`)
		if r := b.post(messagesPath, textTo(customer)); r.status != 403 || r.code() != 20005 {
			t.Errorf("%s, text: %d %s", balance, r.status, r.raw)
		}
		if r := b.post(callsPath, callTo(customer, "<Response/>")); r.status != 403 || r.code() != 10001 {
			t.Errorf("%s, call: %d %s", balance, r.status, r.raw)
		}
		if r, _ := b.do("POST", apiPrefix+summitSID+"/Messages.json", summitSID, summitToken, "application/x-www-form-urlencoded",
			textTo(customer, "From", summitFrom).Encode()); r.status != 201 {
			t.Errorf("another account: %d %s", r.status, r.raw)
		}
		if r := b.get(apiPrefix + harborSID + "/Balance.json"); r.text("balance") != balance {
			t.Errorf("balance: %s", r.raw)
		}
		b.control("PUT", "/sandbox/account", `{"balance":"0.01"}`)
		b.send(customer)
	}
}

// What an account has accepted fails if its money is gone before it is sent.
func TestAccount_NoBalanceAnyMore(t *testing.T) {
	b := newBench(t, func(c *Config) { c.Settle = 2 * time.Second })
	sid := b.send(customer)
	b.control("PUT", "/sandbox/account", `{"balance":"0"}`)
	if r := b.settled(messagePath(sid), "failed"); r.body["error_code"] != 30002.0 {
		t.Error(r.raw)
	}
}

func TestAccount_Suspended(t *testing.T) {
	b := newBench(t)
	b.control("PUT", "/sandbox/account", `{"status":"suspended"}`)
	if r := b.post(messagesPath, textTo(customer)); r.status != 403 || r.code() != 20005 {
		t.Errorf("text: %d %s", r.status, r.raw)
	}
	if r := b.post(callsPath, callTo(customer, "<Response/>")); r.status != 403 || r.code() != 10001 {
		t.Errorf("call: %d %s", r.status, r.raw)
	}
	if r := b.get(apiPrefix + harborSID + ".json"); r.text("status") != "suspended" {
		t.Errorf("account: %s", r.raw)
	}
	b.control("PUT", "/sandbox/account", `{"status":"closed"}`)
	if r := b.get(apiPrefix + harborSID + ".json"); r.status != 401 {
		t.Errorf("closed: %d", r.status)
	}
}
