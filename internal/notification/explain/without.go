package explain

// Outcome is the status of a message that did not certainly arrive.
type Outcome string

// The statuses that WithoutCode explains, with the names of the GraphQL
// contract.
const (
	Failed          Outcome = "FAILED"
	Undelivered     Outcome = "UNDELIVERED"
	DeliveryUnknown Outcome = "DELIVERY_UNKNOWN"
	// Unanswered is DELIVERY_UNKNOWN where the provider never said whether it took the
	// message.
	Unanswered Outcome = "UNANSWERED"
	// NeverLeft is FAILED where the provider did not answer and does not have the message.
	NeverLeft Outcome = "NEVER_LEFT"
)

// WithoutCode explains a message for which the provider gave no error code. An
// outcome that it does not know is explained as DeliveryUnknown, the one that
// promises least.
func WithoutCode(outcome Outcome) Error {
	e, ok := withoutCode[outcome]
	if !ok {
		e = withoutCode[DeliveryUnknown]
	}
	return e.explained(0, docs+"/messaging/api/message-resource")
}

var withoutCode = map[Outcome]entry{
	Failed: {
		"Failed without a reason",
		"The message could not be sent, and the messaging provider did not say why. It never left the provider, so waiting for it does not help.",
		[]Who{Staff, Provider},
		"Send one new code. If that fails too, switch the number to voice calls with the communication method and give the provider the message SID.",
	},
	Undelivered: {
		"Undelivered without a reason",
		"The phone company reported that the message was not delivered, and did not say why. The phone may be off or out of reach, or the message may have been blocked.",
		[]Who{Customer, Carrier},
		"Ask the customer to switch the phone off and on and to request a new code. If it does not come, switch the number to voice calls with the communication method.",
	},
	DeliveryUnknown: {
		"No delivery report for over an hour",
		"The message was handed to the phone company more than an hour ago, and nothing has been reported since. It may have arrived or not: some phone companies never report delivery.",
		[]Who{Customer, Carrier},
		"Ask the customer whether the message came. If not, ask them to request a new code, and switch the number to voice calls with the communication method if that one does not come either.",
	},
	NeverLeft: {
		"Never reached the provider",
		"The provider was asked to send the message, did not answer, and does not have it: it was never sent. Nothing is wrong with the customer's phone.",
		[]Who{Staff},
		"Ask the customer to request a new code; this one does not count against what they may ask for.",
	},
	Unanswered: {
		"No answer from the provider",
		"The provider was asked to send the message and did not answer, and nothing has been reported since. It may have been sent or not.",
		[]Who{Provider},
		"Ask the customer whether the message came. If not, ask them to request a new code. Fetch the history again: once the provider lists the message, this entry says what became of it.",
	},
}
