package explain

import "strconv"

// span is a range of codes, both ends included.
type span struct {
	from, to           int
	title, explanation string
	who                []Who
}

// ranges are the provider's families of codes.
var ranges = []span{
	{10000, 10999, "Account or call limit", "The messaging provider has put a limit on the institution's account.", []Who{InstitutionAdmin, Provider}},
	{11000, 11999, "Connection to our system failed", "The provider could not reach our system, or did not understand its answer.", []Who{InstitutionAdmin}},
	{12000, 12999, "Call instructions are wrong", "The instructions for the call could not be understood.", []Who{InstitutionAdmin}},
	{13000, 13999, "Call could not be made", "The provider could not make or finish the call.", []Who{InstitutionAdmin, Provider}},
	{14000, 14999, "Message reply failed", "The provider could not handle an answer to a message.", []Who{InstitutionAdmin, Provider}},
	{18000, 18999, "Registration of the institution's name", "A registration of the institution with the provider was not accepted as it is.", []Who{InstitutionAdmin, Provider}},
	{20000, 20999, "Account or connection", "The provider did not accept a request from the institution's account.", []Who{InstitutionAdmin, Provider}},
	{21000, 21999, "Request refused", "The provider refused to send the message or to make the call.", []Who{Staff, InstitutionAdmin}},
	{22000, 22999, "Call waited too long", "The call was not made in time.", []Who{InstitutionAdmin, Provider}},
	{30000, 30999, "Message not delivered", "The message was accepted for sending but did not reach the phone.", []Who{Carrier, Provider}},
	{31000, 32999, "Call connection failed", "The call was lost between the provider and the phone company.", []Who{Carrier, Provider}},
	{60000, 60999, "Number check failed", "The check of the telephone number could not be completed.", []Who{Staff, Provider}},
	{63000, 63999, "Messaging channel failed", "The message could not be delivered by the app or service that it was sent through.", []Who{InstitutionAdmin, Provider}},
}

// byRange explains a code that has no entry.
func byRange(code int) entry {
	number := strconv.Itoa(code)
	remedy := "Try once more. If it happens again, contact the provider with the message or call SID and error code " + number + "."
	for _, r := range ranges {
		if r.from <= code && code <= r.to {
			return entry{
				title:       r.title + " (" + number + ")",
				explanation: r.explanation + " The provider calls this error " + number + ".",
				who:         r.who,
				remedy:      remedy,
			}
		}
	}
	return entry{
		title:       "Provider error " + number,
		explanation: "The provider reported error " + number + ", for which we have no description.",
		who:         []Who{Provider},
		remedy:      remedy,
	}
}
