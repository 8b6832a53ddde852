package twiliosandbox

import (
	"fmt"
	"net/http"
)

// apiError is Twilio's error body.
type apiError struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
	Status   int    `json:"status"`
}

func refuse(status, code int, format string, args ...any) *apiError {
	return &apiError{
		Code:     code,
		Message:  fmt.Sprintf(format, args...),
		MoreInfo: moreInfo(code),
		Status:   status,
	}
}

// bad is the ordinary refusal of a parameter.
func bad(code int, format string, args ...any) *apiError {
	return refuse(http.StatusBadRequest, code, format, args...)
}

func notFound(path string) *apiError {
	return refuse(http.StatusNotFound, 20404, "The requested resource %s was not found", path)
}

func moreInfo(code int) string {
	return fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code)
}

// title says what a code means, for errors that were ordered by number alone.
func title(code int) string {
	if t, ok := titles[code]; ok {
		return t
	}
	return "Error ordered in the sandbox"
}

var titles = map[int]string{
	10001: "Account is not active",
	11100: "Invalid URL format",
	11200: "HTTP retrieval failure",
	12100: "Document parse failure",
	13520: "Say: Invalid text",
	13521: "Say: Text too long",
	20001: "Unknown parameters",
	20003: "Authenticate",
	20004: "Method not allowed",
	20005: "Account not active",
	20403: "Forbidden",
	20404: "The requested resource was not found",
	20429: "Too Many Requests",
	20500: "Internal Server Error",
	20503: "Service Unavailable",
	21210: "Source phone number is not verified",
	21211: "Invalid 'To' Phone Number",
	21212: "Invalid From Number (caller ID)",
	21214: "'To' phone number cannot be reached",
	21215: "Account not authorized to call",
	21216: "Call blocked",
	21217: "Phone number does not appear to be valid",
	21265: "'To' number cannot be a Short Code",
	21266: "'To' and 'From' number cannot be the same",
	21402: "Invalid URL",
	21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
	21602: "Message body is required",
	21603: "A 'From' phone number is required",
	21604: "A 'To' phone number is required",
	21606: "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination/account",
	21608: "The number is unverified. Trial accounts cannot send messages to unverified numbers",
	21610: "Attempt to send to unsubscribed recipient",
	21611: "This 'From' number has exceeded the maximum number of queued messages",
	21612: "Message cannot be sent with the current combination of 'To' and/or 'From' parameters",
	21614: "'To' number is not a valid mobile number",
	21617: "The concatenated message body exceeds the 1600 character limit",
	21635: "'To' number cannot be a landline",
	21659: "'From' is not a Twilio phone number or Short Code",
	21660: "Mismatch between the 'From' number and the account",
	21703: "The Messaging Service does not have a phone number available to send a message",
	30001: "Queue overflow",
	30002: "Account suspended",
	30003: "Unreachable destination handset",
	30004: "Message blocked",
	30005: "Unknown destination handset",
	30006: "Landline or unreachable carrier",
	30007: "Message filtered",
	30008: "Unknown error",
	30017: "Carrier network congestion",
	30018: "Destination carrier requires sender ID pre-registration",
	30019: "Content size exceeds carrier limit",
	30022: "US A2P 10DLC - Rate limits exceeded",
	30023: "US A2P 10DLC - Daily message cap reached",
	30027: "US A2P 10DLC - T-Mobile daily message limit reached",
	30032: "Toll-free number has not been verified",
	30034: "US A2P 10DLC - Message from an unregistered number",
	30036: "Validity period expired",
	30038: "OTP message body filtered",
	30410: "Provider timeout error",
	30450: "Message delivery blocked",
	30453: "Message couldn't be delivered",
	32016: "PSTN - No answer from carriers",
}

// defaultCode is the code Twilio sends with a bare HTTP status.
func defaultCode(status int) int {
	switch {
	case status == http.StatusUnauthorized:
		return 20003
	case status == http.StatusForbidden:
		return 20403
	case status == http.StatusNotFound:
		return 20404
	case status == http.StatusTooManyRequests:
		return 20429
	case status == http.StatusServiceUnavailable:
		return 20503
	case status >= 500:
		return 20500
	}
	return 20001
}

// defaultStatus is the HTTP status Twilio sends with a code.
func defaultStatus(code int) int {
	switch code {
	case 20003:
		return http.StatusUnauthorized
	case 10001, 20005, 20008, 20403:
		return http.StatusForbidden
	case 20404:
		return http.StatusNotFound
	case 20429:
		return http.StatusTooManyRequests
	case 20500:
		return http.StatusInternalServerError
	case 20503:
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}
