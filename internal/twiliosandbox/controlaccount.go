package twiliosandbox

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

var (
	amount    = regexp.MustCompile(`^-?\d{1,12}(\.\d{1,6})?$`)
	authToken = regexp.MustCompile(`^[0-9A-Za-z]{8,128}$`)
)

// accountOrder is what PUT /sandbox/account may change.
type accountOrder struct {
	SID       *string         `json:"sid"`
	Balance   json.RawMessage `json:"balance"` // a number, also as a string
	Status    *string         `json:"status"`
	AuthFails *bool           `json:"authFails"`
	AuthToken *string         `json:"authToken"` // the old one is void at once
	// SmsURL is where texts to its numbers are posted; empty for nowhere.
	SmsURL *string `json:"smsUrl"`
	// Services are the messaging services that there are from then on, each with the
	// numbers that it sends from.
	Services map[string][]string `json:"services"`
	// StatusPage is what the status page says of all of Twilio.
	StatusPage *string `json:"statusPage"`
}

// amount is the balance ordered, "" for none.
func (o accountOrder) amount() string { return strings.Trim(string(o.Balance), `"`) }

func (o accountOrder) check() error {
	switch {
	case len(o.Balance) > 0 && !amount.MatchString(o.amount()):
		return &fieldError{"balance", "is not an amount such as 12.34"}
	case o.Status != nil && !slices.Contains([]string{statusActive, statusSuspended, statusClosed}, *o.Status):
		return &fieldError{"status", "is none of active, suspended, closed"}
	case o.AuthToken != nil && !authToken.MatchString(*o.AuthToken):
		return &fieldError{"authToken", "is not 8 to 128 letters and digits"}
	case o.StatusPage != nil && indicators[*o.StatusPage] == "":
		return &fieldError{"statusPage", "is none of none, minor, major, critical"}
	}
	if o.SmsURL != nil {
		if err := checkSMSURL(*o.SmsURL); err != nil {
			return err
		}
	}
	for sid := range o.Services {
		if !serviceSID.MatchString(sid) {
			return &fieldError{"services", "has a name that is no MG and 32 hexadecimal digits"}
		}
	}
	return nil
}

type accountView struct {
	SID          string `json:"sid"`
	FriendlyName string `json:"friendlyName"`
	Balance      string `json:"balance"`
	Status       string `json:"status"`
	AuthFails    bool   `json:"authFails"`
	SmsURL       string `json:"smsUrl"`
}

// putAccount changes one account, or all of them if no sid is given, and answers
// with those it concerned.
func (s *Sandbox) putAccount(w http.ResponseWriter, r *http.Request) {
	var order accountOrder
	err := readJSON(r, &order)
	if err == nil {
		err = order.check()
	}
	if err != nil {
		refuseInput(w, err)
		return
	}
	s.mu.Lock()
	views := []accountView{}
	for _, sid := range slices.Sorted(maps.Keys(s.accounts)) {
		if order.SID == nil || *order.SID == sid {
			views = append(views, s.accounts[sid].obey(order))
		}
	}
	if order.StatusPage != nil {
		s.indicator = *order.StatusPage
	}
	s.mu.Unlock()
	if len(views) == 0 && (order.SID != nil || order.StatusPage == nil) {
		refuseInput(w, &fieldError{"sid", "is no account of this sandbox"})
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"accounts": views})
}

func (a *account) obey(order accountOrder) accountView {
	if balance := order.amount(); balance != "" {
		a.balance = balance
	}
	if order.Status != nil {
		a.status = *order.Status
	}
	if order.AuthFails != nil {
		a.authFails = *order.AuthFails
	}
	if order.AuthToken != nil {
		a.token = *order.AuthToken
	}
	if order.Services != nil {
		a.services = order.Services
	}
	if order.SmsURL != nil {
		a.setSMSURL(*order.SmsURL)
	}
	return accountView{a.sid, a.friendlyName, a.balance, a.status, a.authFails, a.anySMSURL}
}
