// Package twilio sends texts, places calls, lists texts and looks numbers up at
// Twilio, for domains that know nothing of it: it implements
// notification.Provider, notification.Archive and device.Detector.
//
// # How a call flows
//
//	SendText, PlaceCall, ListTexts, Detect
//	  Accounts          the institution's accounts and tokens: one, or for a send all in order
//	  guard             of a send: is the account left alone, or busy?
//	  ask               one request, with the deadline of its kind
//	    twilio-go       parameters to form, JSON to struct, Basic auth
//	    exchange        its RoundTripper: caller's context, address, one answer
//	  failure           what came of it, as a fault
//
// A send is asked for exactly once of an account, whatever happens. The next account of
// the institution is asked only after what notification.MayTryAgain says of: surely
// nothing left, and the recipient is not why. So a message never goes out twice. What a
// send came to says the code of the error:
//
//	PROVIDER_ERROR        Twilio refused; ProviderCode says why
//	THROTTLED             Twilio is busy and did not process it; see RetryAfter
//	PROVIDER_UNAVAILABLE  no usable answer: it may have been accepted
//	TIMEOUT               no answer in time: it may have been accepted
//
// Where no connection was made at all, the last two are marked: surely nothing was
// sent.
//
// Lists and look-ups change nothing, so they are asked for once more after a
// 429, a 5xx or a broken connection, if the deadline leaves room.
//
// No error or log line holds a token, a body or a number. Twilio's own messages
// quote numbers, so only their codes and request ids are kept.
package twilio
