package explain

// The ways in which a call ends without its code having been heard, which have no code of
// Twilio's.
const (
	Busy       Outcome = "BUSY"
	NoAnswer   Outcome = "NO_ANSWER"
	Voicemail  Outcome = "VOICEMAIL"
	NoKey      Outcome = "NO_KEY"
	CallEnded  Outcome = "CANCELED"
	CallFailed Outcome = "CALL_FAILED"
	// CallUnknown is for a call of which the end was never reported.
	CallUnknown Outcome = "CALL_UNKNOWN"
)

// Call explains a call whose code nobody heard. An outcome that it does not know is
// explained as CallUnknown, the one that promises least.
func Call(outcome Outcome) Error {
	e, ok := calls[outcome]
	if !ok {
		e = calls[CallUnknown]
	}
	return e.explained(0, docs+"/voice/api/call-resource")
}

var calls = map[Outcome]entry{
	Busy: {
		"Line busy",
		"The phone was called, and the line was busy.",
		[]Who{Customer},
		"Ask the customer to end other calls, also on other phones of the line, and to request a new code.",
	},
	NoAnswer: {
		"Nobody answered",
		"The phone rang, and nobody picked it up.",
		[]Who{Customer},
		"Ask the customer to keep the phone at hand, to see whether it hides or blocks calls of numbers that it does not know, and to request a new code.",
	},
	Voicemail: {
		"A voicemail answered",
		"A voicemail or a fax picked the call up. The code was not said, so that none is left on a voicemail.",
		[]Who{Customer},
		"Ask the customer to switch off call forwarding and call screening for a moment, and to request a new code. If the number takes texts, switch it to texts with the communication method.",
	},
	NoKey: {
		"Nobody pressed a key",
		"The call was picked up, and no key was pressed when it asked for one. The code was not said.",
		[]Who{Customer},
		"Ask the customer to request a new code, and to press any key when the call asks for it. Who can't press one asks for a call without a key on the page of the code, once.",
	},
	CallEnded: {
		"Call stopped",
		"The call was stopped before somebody picked it up.",
		[]Who{Customer, Provider},
		"Ask the customer to request a new code.",
	},
	CallFailed: {
		"Call did not get through",
		"The call could not be put through to the phone, and the provider did not say why. The number may be wrong or out of service, or the phone company may have blocked the call.",
		[]Who{Customer, Carrier},
		"Check the number with the customer. If it is right, let them ask the phone company whether it blocks calls, or switch the number to texts with the communication method.",
	},
	CallUnknown: {
		"End of the call unknown",
		"The provider took the call, and has not reported how it ended.",
		[]Who{Provider},
		"Ask the customer whether the phone rang. If not, ask them to request a new code.",
	},
}
