// Package twiliosandbox is a Twilio on loopback, with a phone you can look at
// and faults you can order. It speaks Twilio's wire format, so the client code
// that talks to Twilio talks to it unchanged, and nothing sent to it leaves the
// machine.
//
// # How a message flows
//
//	POST /2010-04-01/Accounts/{AC}/Messages.json
//	  ServeHTTP      an ordered fault may answer, delay or cut here
//	  authenticate   Basic auth, as Twilio: AC sid and token
//	  draftMessage   Twilio's validation, Twilio's error codes
//	  ledger         the newest 100,000 messages, in memory
//	  201 queued
//	      | life.go: one goroutine a message, paced by Config.Settle
//	      v
//	  queued > sending > sent > delivered      what the phone's outcome says
//	             |         |
//	             |         +-- the handset of /sandbox/phones/{E164} shows the
//	             |             text here, one Settle after the request
//	             +-- every status but the initial one and `sending` is posted,
//	                 signed, to StatusCallback (loopback addresses only)
//
// A call goes the same way: its TwiML is parsed and the words it says are what
// the phone heard.
//
// # Surfaces
//
// One address serves all of Twilio's hosts: api.twilio.com (/2010-04-01/…),
// lookups.twilio.com (/v2/PhoneNumbers/…), messaging.twilio.com (/v1/Services/…)
// and status.twilio.com (/api/v2/status.json). A Host header of twilio.com has to
// fit the path; any other Host is told apart by path alone. Replies are always
// JSON. Magic numbers (+1500555xxxx) answer for every account; +15005550006 is
// an ordinary sender here, so its texts arrive and call back. Lists are newest
// first; a message that hasn't been sent yet matches no DateSent filter.
// Messaging services send from the account's first number, or from the first of their
// own where a control call gave them some. A call's TwiML comes
// in Twiml or from a Url on this machine; another Url fails the call with 11200.
//
// Who picks up listens to the end and, by the outcome of its phone, presses 1 at
// every Gather (completed), presses nothing (no-key) or is a machine that records
// (voicemail); all three calls end completed. A key makes the request of the
// Gather's action, signed, and the call goes on with the TwiML that is answered,
// through ten documents at most; without one the Gather runs out, silently unless
// it has actionOnEmptyResult. An action without an answer ends the call with 11200,
// one without TwiML with 12100, one without an address with 11100. MachineDetection
// finds a human, or of a voicemail machine_start (Enable) or machine_end_beep
// (DetectMessageEnd): the request for the script and the status callbacks say so,
// and with AsyncAmd a callback of its own.
//
// /sandbox/ is the page for people and the control API for tests:
//
//	GET    /sandbox/                 the page
//	GET    /sandbox/phones           every phone, newest activity first
//	GET    /sandbox/phones/{E164}    one phone; an unknown one is empty
//	PUT    /sandbox/phones/{E164}    lineType, carrier, outcome, callOutcome
//	POST   /sandbox/phones/{E164}/messages
//	                                 to, body: the phone texts a number of an
//	                                 account, which posts it to its SmsUrl
//	GET    /sandbox/faults           the faults in force
//	POST   /sandbox/faults           order a fault
//	DELETE /sandbox/faults           back to normal
//	PUT    /sandbox/account          sid, balance (0 and less: no more texts and
//	                                 calls, as of a suspended one), status, authFails, authToken,
//	                                 smsUrl (of its numbers, also set by
//	                                 IncomingPhoneNumbers/{PN}.json),
//	                                 services {MG…: [E164]}, statusPage (none,
//	                                 minor, major, critical: of all of Twilio)
//
// A text that is STOP or another word for it, whatever its case, opts the phone
// out of that sender: a text from there is refused by 21610 until the phone texts
// START, YES or UNSTOP, whatever outcome is set meanwhile. START also ends the
// outcome reject:21610, which plays a phone that is opted out of all of them.
//
// A handset shows what arrived while the sandbox ran: messages given to Seed
// are history in Twilio's log, not texts on a phone.
//
// # Faults
//
// A fault matches requests whose path begins with its path, oldest fault first: of
// one account alone with /2010-04-01/Accounts/{AC}/.
// times counts the requests it answers; absent or 0 means until DELETE. status,
// code and body answer instead of Twilio, with Retry-After if retryAfter says after
// how many seconds; latencyMs delays; hang holds the
// request until the client leaves; cut closes the connection before or after
// the request was acted on. callback concerns the status callbacks of the
// messages and calls created under path (or whose callback URL has that path), and
// inbound texts posted to SmsUrl:
// lost, doubled (same idempotency token), forged (signed with another key), or
// shuffled (all of them, last first, once the last one is known). It counts one
// of its times for each message or call.
package twiliosandbox
