package explain

// registration holds what goes wrong on the way because the sender is not
// registered, or has sent more than its registration allows. In the United
// States, phone companies take business texts from ordinary ten-digit numbers
// only if sender and purpose are registered ("10DLC").
var registration = map[int]entry{
	30018: {
		"Sender name not registered",
		"In the customer's country the name that our messages come from has to be registered, and it isn't yet. Messages may be blocked or come from another sender.",
		[]Who{InstitutionAdmin},
		"Register the sender name for this country with the provider.",
	},
	30022: {
		"Sent too fast",
		"The institution sent messages faster than its registration with the US phone companies allows.",
		[]Who{InstitutionAdmin},
		"Send the code again after a minute. If it keeps happening, slow down or ask for a higher rate.",
	},
	30023: {
		"Daily limit reached",
		"The institution has sent as many messages today as its registration with the US phone companies allows.",
		[]Who{InstitutionAdmin},
		"Switch the number to voice calls with the communication method until tomorrow. The administrator asks the provider for a better trust score, which raises the limit.",
	},
	30024: {
		"Sender not ready at phone company",
		"The phone company has not finished setting up the number that the institution sends from.",
		[]Who{InstitutionAdmin, Provider},
		"Wait until the setup is complete. If it takes more than a few days, open a ticket with the provider.",
	},
	30027: {
		"Daily limit of a phone company reached",
		"The institution has sent as many messages today as this phone company allows it.",
		[]Who{InstitutionAdmin},
		"Switch the number to voice calls with the communication method until tomorrow. The administrator asks the provider for a better trust score, which raises the limit.",
	},
	30032: {
		"Toll-free number not verified",
		"The institution sends from a toll-free number that has not been verified for messages, so they are blocked.",
		[]Who{InstitutionAdmin},
		"Submit the toll-free number for verification in the provider's console, and send from another number until it is approved.",
	},
	30033: {
		"Registration suspended",
		"The registration under which the institution sends messages in the US has been suspended.",
		[]Who{InstitutionAdmin, Provider},
		"Open a ticket with the provider and ask why the campaign is suspended. Use voice calls meanwhile.",
	},
	30034: {
		"Sender number not registered",
		"The number that the institution sends from is not registered with the US phone companies, so they refuse its messages.",
		[]Who{InstitutionAdmin},
		"Register a campaign with the provider and add the sender number to it. Use voice calls meanwhile.",
	},
	30040: {
		"Sender name not accepted",
		"The phone company does not take messages from the institution's sender name, because it is not registered there.",
		[]Who{InstitutionAdmin},
		"Register the sender name with the provider for the customer's country.",
	},
	30042: {
		"Sender name too general",
		"The phone company refuses the sender name, because it does not say who is writing.",
		[]Who{InstitutionAdmin},
		"Choose a sender name that is the institution's own, and register it.",
	},
}
