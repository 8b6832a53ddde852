// Package callback takes Twilio's status reports on texts and calls.
//
//	POST /webhooks/twilio/{provider}/messages?attempt={id}
//	POST /webhooks/twilio/{provider}/calls?attempt={id}
//	  form            413 over 64 KiB, 400 if it is none
//	  FindByID        the account that the path names
//	  signed          X-Twilio-Signature over the public URL and every parameter
//	  AccountSid      is the account's own; 403 for all three, with one answer
//	  HandleCallback  the attempt moves on: 204
//
// A text that somebody sends to one of the account's numbers is signed in the same way. Only
// the keywords by which people opt out of texts and in again change anything; what else it
// says is neither kept nor logged, and is answered by nothing:
//
//	POST /webhooks/twilio/{provider}/inbound
//	  HandleInbound   the number is opted out or in: 200, an empty script
//
// A report on an attempt that is not there answers 204 and is logged, because
// repeating it would not help. What fails here answers 503: Twilio repeats that
// where the callback's URL asks for it.
//
// Reports come in any order, may repeat, and may bring fields that are not known
// yet. Nothing logs a number or a whole form.
package callback
