package twiliosandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// message is a text on its way or in the log. The sandbox's lock guards what
// changes after it was made.
type message struct {
	sid, accountSID, service string
	from, to                 string
	body                     string // as the API shows it: empty once redacted
	text                     string // as the handset shows it
	status                   string
	errorCode                int
	segments, media          int
	price                    string
	created, updated, sent   time.Time
	received                 time.Time // zero until a handset shows it
	deleted, discard         bool
	inbound                  bool   // sent by a phone
	sender                   string // who a messaging service will send as
	outcome                  outcome
	courier                  *courier
}

// Statuses of messages and calls, in Twilio's words.
const (
	statusAccepted    = "accepted"
	statusScheduled   = "scheduled"
	statusQueued      = "queued"
	statusSending     = "sending"
	statusSent        = "sent"
	statusDelivered   = "delivered"
	statusUndelivered = "undelivered"
	statusFailed      = "failed"
	statusCanceled    = "canceled"
	statusReceived    = "received"

	statusRinging    = "ringing"
	statusInProgress = "in-progress"
	statusCompleted  = "completed"
	statusBusy       = "busy"
	statusNoAnswer   = "no-answer"
)

func (m *message) id() string        { return m.sid }
func (m *message) bornAt() time.Time { return m.created }
func (m *message) account() string   { return m.accountSID }
func (m *message) gone() bool        { return m.deleted }
func (m *message) path() string      { return apiPrefix + m.accountSID + "/Messages/" + m.sid }

// finished reports whether the message can't change any more, as far as DELETE and
// redaction care; `sent` may be the last word of a carrier.
func (m *message) finished() bool {
	return slices.Contains([]string{
		statusSent, statusDelivered, statusUndelivered, statusFailed, statusCanceled, statusReceived, "read",
	}, m.status)
}

func (m *message) view() any {
	v := map[string]any{
		"sid": m.sid, "account_sid": m.accountSID, "api_version": apiVersion,
		"body": m.body, "from": orNull(m.from), "to": m.to, "status": m.status, "direction": "outbound-api",
		"num_segments": count(m.segments), "num_media": count(m.media),
		"price": orNull(m.price), "price_unit": "USD", "messaging_service_sid": orNull(m.service),
		"error_code": nil, "error_message": nil,
		"date_created": dateOrNull(m.created), "date_updated": dateOrNull(m.updated), "date_sent": dateOrNull(m.sent),
		"subresource_uris": map[string]string{"media": m.path() + "/Media.json"},
		"uri":              m.path() + ".json",
	}
	if m.inbound {
		v["direction"] = "inbound"
	}
	if m.errorCode != 0 {
		v["error_code"], v["error_message"] = m.errorCode, title(m.errorCode)
	}
	return v
}

// count writes a number as Twilio does, which is as a text.
func count(n int) string { return strconv.Itoa(n) }

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func dateOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC1123Z)
}

// forgetMessage takes a message that left the ledger off its handset.
func (s *Sandbox) forgetMessage(m *message) {
	if p := s.phones[m.to]; p != nil {
		p.messages = slices.DeleteFunc(p.messages, func(other *message) bool { return other == m })
		s.dropIdle(p)
	}
}

func (s *Sandbox) listMessages(a *account, r *http.Request) (any, *apiError) {
	query := r.URL.Query()
	sentThen, refused := dateFilter(query, "DateSent")
	if refused != nil {
		return nil, refused
	}
	to, from := number(query.Get("To")), number(query.Get("From"))
	s.mu.Lock()
	defer s.mu.Unlock()
	return paginate(r, "messages", s.messages.newest(a.sid, func(m *message) bool {
		return (to == "" || m.to == to) && (from == "" || m.from == from) && sentThen(m.sent)
	}))
}

// listMedia is always empty: the sandbox keeps no media.
func (s *Sandbox) listMedia(a *account, sid string, r *http.Request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.messages.find(a.sid, sid); !ok {
		return nil, notFound(r.URL.Path)
	}
	return paginate(r, "media_list", []*message{})
}

func (s *Sandbox) routeMessage(r *http.Request, a *account, sid string) (int, any, *apiError) {
	if r.Method == http.MethodPost {
		if refused := parseForm(r); refused != nil {
			return 0, nil, refused
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.messages.find(a.sid, sid)
	if !ok {
		return 0, nil, notFound(r.URL.Path)
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return http.StatusOK, m.view(), nil
	case http.MethodPost:
		refused := s.updateMessage(m, r.PostForm)
		return http.StatusOK, m.view(), refused
	case http.MethodDelete:
		if !m.finished() {
			return 0, nil, unfinished("deleted")
		}
		m.deleted = true
		return http.StatusNoContent, nil, nil
	}
	return 0, nil, wrongMethod()
}

func unfinished(act string) *apiError {
	return refuse(http.StatusConflict, 20009,
		"Message cannot be %s before it has reached a final status", act)
}

// updateMessage redacts a message or cancels a scheduled one.
func (s *Sandbox) updateMessage(m *message, form url.Values) *apiError {
	if form.Has("Status") {
		switch {
		case form.Get("Status") != statusCanceled:
			return bad(20001, "Status can only be set to canceled")
		case m.status != statusScheduled:
			return bad(30409, "This message cannot be canceled")
		}
		m.status, m.updated = statusCanceled, s.clock.Now()
		m.courier.post(m.event(true))
	}
	if form.Has("Body") {
		switch {
		case form.Get("Body") != "":
			return bad(20001, "Body can only be set to an empty string, which redacts the message")
		case !m.finished():
			return unfinished("redacted")
		}
		m.body, m.updated = "", s.clock.Now()
	}
	return nil
}

// event is the status callback of the message as it stands.
func (m *message) event(last bool) event {
	form := url.Values{
		"MessageSid": {m.sid}, "SmsSid": {m.sid}, "MessageStatus": {m.status}, "SmsStatus": {m.status},
		"AccountSid": {m.accountSID}, "ApiVersion": {apiVersion}, "From": {m.from}, "To": {m.to},
	}
	if m.service != "" {
		form.Set("MessagingServiceSid", m.service)
	}
	if m.errorCode != 0 {
		form.Set("ErrorCode", fmt.Sprint(m.errorCode))
	}
	if m.status == statusDelivered || m.status == statusUndelivered {
		form.Set("RawDlrDoneDate", m.updated.Format("0601021504"))
	}
	return event{form: form, last: last}
}
