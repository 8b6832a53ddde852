package twiliosandbox

import (
	"net/http"
	"regexp"
	"strings"
	"time"
)

const servicesPath = "/v1/Services/"

var serviceSenders = regexp.MustCompile(`^/v1/Services/(MG[0-9a-fA-F]{32})/(PhoneNumbers|ShortCodes|AlphaSenders)$`)

// serviceLists are the lists of a service's senders, by the end of their paths.
var serviceLists = map[string]string{"PhoneNumbers": "phone_numbers", "ShortCodes": "short_codes", "AlphaSenders": "alpha_senders"}

// hasService reports whether the account has a messaging service. It has whichever is
// named, with all its numbers, until a control call says which there are.
func (a *account) hasService(sid string) bool {
	_, ordered := a.services[sid]
	return ordered || a.services == nil
}

// sendersOf are the numbers that a messaging service of the account sends from.
func (a *account) sendersOf(service string) []string {
	if numbers, ordered := a.services[service]; ordered {
		return numbers
	}
	return a.numbers
}

// routeService answers the Messaging API's lists of a service's senders: numbers, for it
// has no others.
func (s *Sandbox) routeService(r *http.Request) (int, any, *apiError) {
	a, refused := s.authenticate(r, "")
	if refused != nil {
		return 0, nil, refused
	}
	return get(r, func() (any, *apiError) {
		s.mu.Lock()
		defer s.mu.Unlock()
		named := serviceSenders.FindStringSubmatch(r.URL.Path)
		if named == nil || !a.hasService(named[1]) {
			return nil, notFound(r.URL.Path)
		}
		url := "https://messaging.twilio.com" + r.URL.Path
		numbers := make([]any, 0)
		for _, number := range a.sendersOf(named[1]) {
			if named[2] == "PhoneNumbers" {
				numbers = append(numbers, a.serviceNumber(named[1], number, url))
			}
		}
		first := url + "?PageSize=50&Page=0"
		return map[string]any{serviceLists[named[2]]: numbers, "meta": map[string]any{
			"page": 0, "page_size": 50, "first_page_url": first, "previous_page_url": nil, "next_page_url": nil, "url": first, "key": serviceLists[named[2]],
		}}, nil
	})
}

func (a *account) serviceNumber(service, number, url string) any {
	sid, date := (ownNumber{a, number}).id(), a.created.UTC().Format(time.RFC3339)
	return map[string]any{
		"sid": sid, "account_sid": a.sid, "service_sid": service, "phone_number": number, "country_code": readNumber(number).country,
		"capabilities": []string{"SMS", "MMS", "Voice"}, "date_created": date, "date_updated": date, "url": url + "/" + sid,
	}
}

const statusPagePath = "/api/v2/status.json"

// indicators are what a status page may say, with its words.
var indicators = map[string]string{
	"none": "All Systems Operational", "minor": "Minor Service Outage", "major": "Partial System Outage", "critical": "Major Service Outage",
}

// serveStatusPage answers as status.twilio.com, which asks nobody who they are.
func (s *Sandbox) serveStatusPage(r *http.Request) (int, any, *apiError) {
	return get(r, func() (any, *apiError) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return map[string]any{
			"page":   map[string]any{"id": "gpkpyklzq55q", "name": "Twilio", "url": "https://status.twilio.com", "time_zone": "Etc/UTC", "updated_at": s.clock.Now().UTC().Format("2006-01-02T15:04:05.000Z07:00")},
			"status": map[string]any{"indicator": s.indicator, "description": indicators[s.indicator]},
		}, nil
	})
}

// isStatusPage reports whether a request is for the status page.
func isStatusPage(r *http.Request) bool {
	host := twilioHost(r)
	return r.URL.Path == statusPagePath && (host == "" || host == "status")
}

// isService reports whether a request is for the Messaging API.
func isService(r *http.Request) bool {
	host := twilioHost(r)
	return strings.HasPrefix(r.URL.Path, servicesPath) && (host == "" || host == "messaging")
}
