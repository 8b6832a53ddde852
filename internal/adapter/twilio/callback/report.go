package callback

import (
	"cmp"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/notification"
)

// kind is what a report is on, with the names of its parameters. Texts have two
// of each, of which old ones may bring only the second.
type kind struct {
	sid, status [2]string
	sidForm     *regexp.Regexp
}

var (
	text = kind{
		sid: [2]string{"MessageSid", "SmsSid"}, status: [2]string{"MessageStatus", "SmsStatus"},
		sidForm: regexp.MustCompile(`^(SM|MM)[0-9A-Za-z]{1,32}$`),
	}
	call = kind{
		sid: [2]string{"CallSid"}, status: [2]string{"CallStatus"},
		sidForm: regexp.MustCompile(`^CA[0-9A-Za-z]{1,32}$`),
	}

	statusForm = regexp.MustCompile(`^[a-z_-]{1,32}$`)
)

const maxSender = 64

// receipt reads a report; false if it makes no sense or can't be stored.
func (k kind) receipt(form url.Values) (notification.Receipt, bool) {
	r := notification.Receipt{
		AccountSID: form.Get("AccountSid"),
		SID:        cmp.Or(form.Get(k.sid[0]), form.Get(k.sid[1])),
		From:       form.Get("From"),
		Status:     cmp.Or(form.Get(k.status[0]), form.Get(k.status[1])),
	}
	if k.sidForm == call.sidForm {
		callFacts(&r, form)
	}
	// A code that is no number is none that could be explained.
	if code, err := strconv.ParseUint(form.Get("ErrorCode"), 10, 31); err == nil {
		r.ErrorCode = int(code)
	}
	ok := k.sidForm.MatchString(r.SID) && (statusForm.MatchString(r.Status) || r.Status == "" && r.AnsweredBy != "") &&
		len(r.From) <= maxSender && utf8.ValidString(r.From) && !strings.ContainsFunc(r.From, unicode.IsControl)
	return r, ok
}

var answeredForm = regexp.MustCompile(`^[a-z_]{1,32}$`)

// callFacts reads how a call went. The report on who answers has no status.
func callFacts(r *notification.Receipt, form url.Values) {
	if by := form.Get("AnsweredBy"); answeredForm.MatchString(by) {
		r.AnsweredBy = by
	}
	if code, err := strconv.ParseUint(form.Get("SipResponseCode"), 10, 16); err == nil {
		r.SIPCode = int(code)
	}
}
