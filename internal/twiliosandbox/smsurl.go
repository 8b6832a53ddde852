package twiliosandbox

import (
	"net/http"
	"net/url"
)

// smsURL is where texts to a number of the account are posted, "" for nowhere.
func (a *account) smsURL(number string) string {
	if of, ok := a.smsURLs[number]; ok {
		return of
	}
	return a.anySMSURL
}

// setSMSURL sets where texts to every number of the account are posted.
func (a *account) setSMSURL(address string) { a.anySMSURL, a.smsURLs = address, nil }

// SetSMSURL sets where texts to every number of an account are posted, an address
// of this machine or "" for nowhere. What makes no sense is logged and changes nothing.
func (s *Sandbox) SetSMSURL(accountSID, address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, err := s.accounts[accountSID], checkSMSURL(address)
	if a == nil || err != nil {
		s.log.Error("twilio sandbox: SmsUrl not set", "account", accountSID, "known", a != nil, "error", err)
		return
	}
	a.setSMSURL(address)
}

func checkSMSURL(address string) error {
	u, err := url.Parse(address)
	if address != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || !isLoopback(u.Hostname())) {
		return &fieldError{"smsUrl", "is not an http or https address on this machine"}
	}
	return nil
}

func (s *Sandbox) routeNumber(r *http.Request, a *account, sid string) (int, any, *apiError) {
	if r.Method != http.MethodPost {
		return get(r, func() (any, *apiError) { return s.fetchNumber(a, sid, r) })
	}
	if refused := parseForm(r); refused != nil {
		return 0, nil, refused
	}
	body, refused := s.updateNumber(a, sid, r)
	return http.StatusOK, body, refused
}

// updateNumber sets a number's SmsUrl, the one thing of it that can be changed.
func (s *Sandbox) updateNumber(a *account, sid string, r *http.Request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := a.numberOf(sid)
	if !ok {
		return nil, notFound(r.URL.Path)
	}
	if address := r.PostForm.Get("SmsUrl"); r.PostForm.Has("SmsUrl") {
		if checkCallbackURL("SmsUrl", address) != nil {
			return nil, bad(21402, "SmsUrl is not valid: %s", address)
		}
		if a.smsURLs == nil {
			a.smsURLs = map[string]string{}
		}
		a.smsURLs[n.number] = address
	}
	return n.view(), nil
}
