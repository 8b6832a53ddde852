package twiliosandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// call is a phone call. The sandbox's lock guards what changes after it was made.
type call struct {
	sid, accountSID, from, to       string
	twiml, said                     string
	token                           string   // the account's, which signs what is asked of its addresses
	script                          *courier // fetches the TwiML; nil where it came with the request
	gathered                        *gather  // the Gather that waits for its action's answer
	status, outcome                 string
	answeredBy                      string   // "" unless detection was asked for
	async                           bool     // nothing waits for detection
	detection                       *courier // tells who answered, where nothing waits for it
	price                           string
	created, updated, started, over time.Time
	received                        time.Time // zero until somebody picked up
	deleted                         bool
	notifications                   []notification
	wanted                          []string // events to call back
	sequence                        int      // of the next callback
	courier                         *courier
}

func (c *call) id() string        { return c.sid }
func (c *call) bornAt() time.Time { return c.created }
func (c *call) account() string   { return c.accountSID }
func (c *call) gone() bool        { return c.deleted }
func (c *call) path() string      { return apiPrefix + c.accountSID + "/Calls/" + c.sid }

func (c *call) finished() bool {
	return !slices.Contains([]string{statusQueued, statusRinging, statusInProgress}, c.status)
}

// seconds is how long the call lasted, rounded up as phone companies do.
func (c *call) seconds() int {
	if c.over.IsZero() || c.received.IsZero() {
		return 0
	}
	return int(c.over.Sub(c.received)/time.Second) + 1
}

func (c *call) view() any {
	v := map[string]any{
		"sid": c.sid, "account_sid": c.accountSID, "api_version": apiVersion,
		"from": c.from, "from_formatted": nationalFormat(c.from), "to": c.to, "to_formatted": nationalFormat(c.to),
		"status": c.status, "direction": "outbound-api", "answered_by": nil,
		"duration": nil, "price": orNull(c.price), "price_unit": "USD", "queue_time": "0",
		"date_created": dateOrNull(c.created), "date_updated": dateOrNull(c.updated),
		"start_time": dateOrNull(c.started), "end_time": dateOrNull(c.over),
		"caller_name": nil, "forwarded_from": nil, "group_sid": nil, "parent_call_sid": nil,
		"phone_number_sid": nil, "trunk_sid": nil, "annotation": nil,
		"uri": c.path() + ".json",
	}
	if !c.received.IsZero() {
		v["answered_by"] = orNull(c.answeredBy)
	}
	if c.finished() {
		v["duration"] = strconv.Itoa(c.seconds())
	}
	subresources := map[string]string{}
	for key, name := range map[string]string{
		"events": "Events", "notifications": "Notifications", "payments": "Payments", "recordings": "Recordings",
		"siprec": "Siprec", "streams": "Streams", "transcriptions": "Transcriptions",
	} {
		subresources[key] = c.path() + "/" + name + ".json"
	}
	v["subresource_uris"] = subresources
	return v
}

// notification is an error or warning of a call.
type notification struct {
	call      *call
	sid       string
	code      int
	isWarning bool
	at        time.Time
}

func (n notification) id() string { return n.sid }

func (n notification) view() any {
	level := "0"
	if n.isWarning {
		level = "1"
	}
	date := n.at.Format(time.RFC1123Z)
	return map[string]any{
		"sid": n.sid, "account_sid": n.call.accountSID, "call_sid": n.call.sid, "api_version": apiVersion,
		"error_code": strconv.Itoa(n.code), "log": level, "message_text": title(n.code),
		"more_info": moreInfo(n.code), "message_date": date, "date_created": date, "date_updated": date,
		"request_method": nil, "request_url": nil,
		"uri": n.call.path() + "/Notifications/" + n.sid + ".json",
	}
}

func (c *call) note(code int, isWarning bool, at time.Time) {
	c.notifications = append(c.notifications, notification{c, newSID("NO"), code, isWarning, at})
}

// forgetCall takes a call that left the ledger off its handset.
func (s *Sandbox) forgetCall(c *call) {
	if p := s.phones[c.to]; p != nil {
		p.calls = slices.DeleteFunc(p.calls, func(other *call) bool { return other == c })
		s.dropIdle(p)
	}
}

func (s *Sandbox) listCalls(a *account, r *http.Request) (any, *apiError) {
	query := r.URL.Query()
	startedThen, refused := dateFilter(query, "StartTime")
	if refused != nil {
		return nil, refused
	}
	to, from, status := number(query.Get("To")), number(query.Get("From")), query.Get("Status")
	s.mu.Lock()
	defer s.mu.Unlock()
	return paginate(r, "calls", s.calls.newest(a.sid, func(c *call) bool {
		return (to == "" || c.to == to) && (from == "" || c.from == from) &&
			(status == "" || c.status == status) && startedThen(c.started)
	}))
}

func (s *Sandbox) listNotifications(a *account, sid string, r *http.Request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.calls.find(a.sid, sid)
	if !ok {
		return nil, notFound(r.URL.Path)
	}
	level := r.URL.Query().Get("Log")
	var rows []notification
	for _, n := range c.notifications {
		if level == "" || (level == "1") == n.isWarning {
			rows = append(rows, n)
		}
	}
	return paginate(r, "notifications", rows)
}

func (s *Sandbox) routeCall(r *http.Request, a *account, sid string) (int, any, *apiError) {
	if r.Method == http.MethodPost {
		if refused := parseForm(r); refused != nil {
			return 0, nil, refused
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.calls.find(a.sid, sid)
	if !ok {
		return 0, nil, notFound(r.URL.Path)
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return http.StatusOK, c.view(), nil
	case http.MethodPost:
		refused := s.updateCall(c, r.PostForm)
		return http.StatusOK, c.view(), refused
	case http.MethodDelete:
		if !c.finished() {
			return 0, nil, refuse(http.StatusConflict, 20009, "Call cannot be deleted before it is over")
		}
		c.deleted = true
		return http.StatusNoContent, nil, nil
	}
	return 0, nil, wrongMethod()
}

// updateCall hangs up: canceled before somebody picked up, completed after.
func (s *Sandbox) updateCall(c *call, form url.Values) *apiError {
	status := form.Get("Status")
	switch {
	case c.finished():
		return bad(21220, "Call is not in-progress. Cannot redirect.")
	case status != statusCanceled && status != statusCompleted:
		return bad(20001, "Status must be canceled or completed: the sandbox redirects no calls")
	case status == statusCanceled && c.status == statusInProgress:
		return nil // Twilio leaves a call that is in progress alone
	}
	s.finish(c, status, s.clock.Now())
	c.tell("completed", true)
	return nil
}
