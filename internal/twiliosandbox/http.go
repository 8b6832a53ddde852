package twiliosandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/platform/phone"
)

const (
	apiVersion = "2010-04-01"
	apiPrefix  = "/2010-04-01/Accounts/"
	// accountsPath is the list of the accounts that a request may see.
	accountsPath = "/2010-04-01/Accounts.json"
	maxFormBody  = 256 << 10
)

// ServeHTTP answers Twilio's APIs and /sandbox/.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/sandbox" || r.URL.Path == "/" && twilioHost(r) == "":
		http.Redirect(w, r, "/sandbox/", http.StatusFound)
	case strings.HasPrefix(r.URL.Path, "/sandbox/"):
		s.control.ServeHTTP(w, r)
	default:
		s.serveTwilio(w, r)
	}
}

// serveTwilio is every Twilio request: faults first, then the API.
func (s *Sandbox) serveTwilio(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	w.Header().Set("Twilio-Concurrent-Requests", fmt.Sprint(s.requests.Add(1)))
	defer s.requests.Add(-1)
	w.Header().Set("Twilio-Request-Id", newSID("RQ"))
	r.Body = http.MaxBytesReader(w, r.Body, maxFormBody)

	order := s.takeFault(r)
	if order == nil {
		order = &fault{}
	} else if !s.misbehave(w, r, order) {
		return
	}
	r = r.WithContext(context.WithValue(r.Context(), callbackKey{}, order.Callback))
	status, body := s.answer(r)
	if order.Cut == cutAfter {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Twilio-Request-Duration", fmt.Sprintf("%.3f", time.Since(start).Seconds()))
	writeReply(w, status, body)
	s.log.Debug("twilio sandbox request", "method", r.Method, "path", hideNumbers(r.URL.Path), "status", status)
}

// callable is a part of a path that may be a phone number, with or without plus
// and punctuation.
var callable = regexp.MustCompile(`^[+ ]?[\d ().-]{7,}(\.json)?$`)

// hideNumbers writes a path for the log: of a phone number its last four digits.
func hideNumbers(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if callable.MatchString(part) {
			parts[i] = phone.Mask(strings.TrimSuffix(part, ".json"))
		}
	}
	return strings.Join(parts, "/")
}

// answer returns the status and JSON body of a request; a nil body is none.
func (s *Sandbox) answer(r *http.Request) (int, any) {
	status, body, refused := s.route(r)
	if refused != nil {
		return refused.Status, refused
	}
	return status, body
}

// route tells Twilio's hosts apart, by Host if it is Twilio's and by path.
func (s *Sandbox) route(r *http.Request) (int, any, *apiError) {
	host := twilioHost(r)
	switch {
	case isStatusPage(r):
		return s.serveStatusPage(r)
	case isService(r):
		return s.routeService(r)
	}
	if rest, ok := strings.CutPrefix(r.URL.Path, "/v2/PhoneNumbers/"); ok && (host == "" || host == "lookups") {
		return s.routeLookup(r, rest)
	}
	if rest, ok := strings.CutPrefix(r.URL.Path, apiPrefix); ok && (host == "" || host == "api") {
		parts := strings.Split(strings.TrimSuffix(rest, ".json"), "/")
		a, refused := s.authenticate(r, parts[0])
		if refused != nil {
			return 0, nil, refused
		}
		return s.routeAccount(r, a, parts[1:])
	}
	a, refused := s.authenticate(r, "")
	if refused != nil {
		return 0, nil, refused
	}
	if r.URL.Path == accountsPath && (host == "" || host == "api") {
		return get(r, func() (any, *apiError) { return s.listAccounts(a, r) })
	}
	return 0, nil, notFound(r.URL.Path)
}

// routeAccount finds what lies under an account.
func (s *Sandbox) routeAccount(r *http.Request, a *account, parts []string) (int, any, *apiError) {
	name, depth := "", len(parts)
	if depth > 0 {
		name = parts[0]
	}
	switch {
	case depth == 0:
		return get(r, func() (any, *apiError) { return s.fetchAccount(a), nil })
	case name == "Balance" && depth == 1:
		return get(r, func() (any, *apiError) { return s.fetchBalance(a), nil })
	case name == "IncomingPhoneNumbers" && depth == 1:
		return get(r, func() (any, *apiError) { return s.listNumbers(a, r) })
	case name == "IncomingPhoneNumbers" && depth == 2:
		return s.routeNumber(r, a, parts[1])
	case name == "Messages" && depth == 1:
		return collection(r, func() (any, *apiError) { return s.listMessages(a, r) },
			func() (any, *apiError) { return s.createMessage(a, r) })
	case name == "Messages" && depth == 2:
		return s.routeMessage(r, a, parts[1])
	case name == "Messages" && depth == 3 && parts[2] == "Media":
		return get(r, func() (any, *apiError) { return s.listMedia(a, parts[1], r) })
	case name == "Calls" && depth == 1:
		return collection(r, func() (any, *apiError) { return s.listCalls(a, r) },
			func() (any, *apiError) { return s.createCall(a, r) })
	case name == "Calls" && depth == 2:
		return s.routeCall(r, a, parts[1])
	case name == "Calls" && depth == 3 && parts[2] == "Notifications":
		return get(r, func() (any, *apiError) { return s.listNotifications(a, parts[1], r) })
	}
	return 0, nil, notFound(r.URL.Path)
}

func get(r *http.Request, fetch func() (any, *apiError)) (int, any, *apiError) {
	return collection(r, fetch, nil)
}

func collection(r *http.Request, list, create func() (any, *apiError)) (int, any, *apiError) {
	switch {
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		body, refused := list()
		return http.StatusOK, body, refused
	case r.Method == http.MethodPost && create != nil:
		if refused := parseForm(r); refused != nil {
			return 0, nil, refused
		}
		body, refused := create()
		return http.StatusCreated, body, refused
	}
	return 0, nil, wrongMethod()
}

func wrongMethod() *apiError {
	return refuse(http.StatusMethodNotAllowed, 20004, "Method not allowed")
}

func parseForm(r *http.Request) *apiError {
	if err := r.ParseForm(); err != nil {
		return bad(20001, "The form cannot be read")
	}
	return nil
}

// twilioHost is "api", "lookups" and so on where the request is addressed to
// Twilio by name, with or without edge and region, and "" elsewhere.
func twilioHost(r *http.Request) string {
	host := strings.ToLower(r.Host)
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if !strings.HasSuffix(host, ".twilio.com") {
		return ""
	}
	product, _, _ := strings.Cut(host, ".")
	return product
}

func writeReply(w http.ResponseWriter, status int, body any) {
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Basic realm="Twilio API"`)
	}
	if body == nil {
		w.WriteHeader(status)
		return
	}
	writeJSON(w, status, body)
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(body)
}
