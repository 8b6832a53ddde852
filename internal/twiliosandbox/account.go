package twiliosandbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// account is one Twilio account. The sandbox's lock guards it.
type account struct {
	sid, token, friendlyName string
	numbers                  []string
	adopts                   bool // any sender becomes its own at first use
	balance, status          string
	authFails                bool
	services                 map[string][]string // its messaging services, with their numbers; nil for whichever is named
	anySMSURL                string              // where texts to its numbers are posted
	smsURLs                  map[string]string   // the same of numbers that have one of their own
	created                  time.Time
}

// apiKey is an API key (SK…) that an open sandbox has met.
type apiKey struct{ secret, account string }

const (
	statusActive    = "active"
	statusSuspended = "suspended"
	statusClosed    = "closed"
)

var (
	accountSID = regexp.MustCompile(`^AC[0-9A-Za-z]{1,32}$`)
	keySID     = regexp.MustCompile(`^SK[0-9A-Za-z]{1,32}$`)
)

func newAccount(a Account, now time.Time) *account {
	made := &account{
		sid: a.SID, token: a.Token, friendlyName: a.FriendlyName,
		balance: "100.00", status: statusActive, created: now,
	}
	if a.From != "" {
		made.numbers = []string{a.From}
	}
	return made
}

// mayUse reports whether the account may send and call: Twilio suspends who has no
// money left.
func (a *account) mayUse() bool {
	left, err := strconv.ParseFloat(a.balance, 64)
	return a.status == statusActive && err == nil && left > 0
}

// owns reports whether the account may send from number, adopting it if it does so.
func (a *account) owns(number string) bool {
	if slices.Contains(a.numbers, number) {
		return true
	}
	if number == "" {
		return false
	}
	if a.adopts && len(a.numbers) < 100 {
		a.numbers = append(a.numbers, number)
	}
	return a.adopts
}

// authenticate finds the account whose credentials the request brings. Another
// account's path is not found, whether that account exists or not.
func (s *Sandbox) authenticate(r *http.Request, pathSID string) (*account, *apiError) {
	denied := refuse(http.StatusUnauthorized, 20003, "Authenticate")
	user, secret, ok := r.BasicAuth()
	if !ok || user == "" || secret == "" {
		return nil, denied
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.signedIn(user, secret, pathSID)
	switch {
	case a == nil, a.authFails, a.status == statusClosed:
		return nil, denied
	case pathSID != "" && pathSID != a.sid:
		return nil, notFound(r.URL.Path)
	}
	return a, nil
}

// signedIn returns the account of a user name and secret, nil if they don't fit.
// An open sandbox makes what it doesn't know.
func (s *Sandbox) signedIn(user, secret, pathSID string) *account {
	if keySID.MatchString(user) {
		key, known := s.keys[user]
		if !known && s.open && pathSID != "" && len(s.keys) < maxAccounts {
			key = apiKey{secret: secret, account: pathSID}
			s.keys[user] = key
			s.openAccount(pathSID, "")
		}
		if !same(key.secret, secret) {
			return nil
		}
		return s.accounts[key.account]
	}
	a := s.accounts[user]
	if a == nil && s.open {
		a = s.openAccount(user, secret)
	}
	if a != nil && a.token == "" { // met through an API key so far
		a.token = secret
	}
	if a == nil || !same(a.token, secret) {
		return nil
	}
	return a
}

func (s *Sandbox) openAccount(sid, token string) *account {
	if a := s.accounts[sid]; a != nil {
		return a
	}
	if !accountSID.MatchString(sid) || len(s.accounts) >= maxAccounts {
		return nil
	}
	a := newAccount(Account{SID: sid, Token: token, FriendlyName: "Made by its first request"}, s.clock.Now())
	a.adopts = true
	s.accounts[sid] = a
	return a
}

func same(want, got string) bool {
	return want != "" && subtle.ConstantTimeCompare([]byte(want), []byte(got)) == 1
}

func (s *Sandbox) fetchAccount(a *account) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return a.view()
}

// listAccounts lists the account that asks: it has no subaccounts.
func (s *Sandbox) listAccounts(a *account, r *http.Request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	query := r.URL.Query()
	var rows []*account
	if name, status := query.Get("FriendlyName"), query.Get("Status"); (name == "" || name == a.friendlyName) && (status == "" || status == a.status) {
		rows = append(rows, a)
	}
	return paginate(r, "accounts", rows)
}

func (a *account) id() string { return a.sid }

func (a *account) view() any {
	base := apiPrefix + a.sid
	subresources := map[string]string{}
	for key, name := range map[string]string{
		"balance": "Balance", "calls": "Calls", "incoming_phone_numbers": "IncomingPhoneNumbers",
		"messages": "Messages", "notifications": "Notifications",
	} {
		subresources[key] = base + "/" + name + ".json"
	}
	return map[string]any{
		"auth_token":        a.token,
		"date_created":      a.created.Format(time.RFC1123Z),
		"date_updated":      a.created.Format(time.RFC1123Z),
		"friendly_name":     a.friendlyName,
		"owner_account_sid": a.sid,
		"sid":               a.sid,
		"status":            a.status,
		"subresource_uris":  subresources,
		"type":              "Full",
		"uri":               base + ".json",
	}
}

func (s *Sandbox) fetchBalance(a *account) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]string{"account_sid": a.sid, "balance": a.balance, "currency": "USD"}
}

// ownNumber is an IncomingPhoneNumber.
type ownNumber struct {
	account *account
	number  string
}

func (n ownNumber) id() string {
	sum := sha256.Sum256([]byte(n.account.sid + n.number))
	return "PN" + hex.EncodeToString(sum[:16])
}

func (n ownNumber) view() any {
	date := n.account.created.Format(time.RFC1123Z)
	v := map[string]any{
		"account_sid": n.account.sid, "sid": n.id(), "phone_number": n.number,
		"friendly_name": nationalFormat(n.number), "api_version": apiVersion,
		"address_requirements": "none", "beta": false, "origin": "twilio", "status": "in-use",
		"capabilities": map[string]bool{"voice": true, "sms": true, "mms": true, "fax": false},
		"date_created": date, "date_updated": date, "voice_caller_id_lookup": false,
		"sms_method": "POST", "sms_fallback_method": "POST", "status_callback_method": "POST",
		"voice_method": "POST", "voice_fallback_method": "POST", "voice_receive_mode": "voice",
		"sms_url": n.account.smsURL(n.number), "sms_fallback_url": "", "sms_application_sid": "", "status_callback": "",
		"voice_url": "", "voice_fallback_url": "", "voice_application_sid": "", "emergency_status": "Inactive",
		"uri": apiPrefix + n.account.sid + "/IncomingPhoneNumbers/" + n.id() + ".json",
	}
	for _, unset := range []string{"address_sid", "bundle_sid", "emergency_address_sid", "identity_sid", "trunk_sid"} {
		v[unset] = nil
	}
	return v
}

func (s *Sandbox) fetchNumber(a *account, sid string, r *http.Request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := a.numberOf(sid)
	if !ok {
		return nil, notFound(r.URL.Path)
	}
	return n.view(), nil
}

// numberOf returns the account's number with that SID.
func (a *account) numberOf(sid string) (ownNumber, bool) {
	for _, number := range a.numbers {
		if n := (ownNumber{a, number}); n.id() == sid {
			return n, true
		}
	}
	return ownNumber{}, false
}

func (s *Sandbox) listNumbers(a *account, r *http.Request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rows []ownNumber
	a.owns(r.URL.Query().Get("PhoneNumber"))
	for _, number := range a.numbers {
		if want := r.URL.Query().Get("PhoneNumber"); want == "" || want == number {
			rows = append(rows, ownNumber{a, number})
		}
	}
	return paginate(r, "incoming_phone_numbers", rows)
}
