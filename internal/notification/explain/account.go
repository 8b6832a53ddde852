package explain

// account holds errors of the institution's account with the provider, and of the
// provider itself.
var account = map[int]entry{
	10001: {
		"Account not active",
		"The institution's account with the provider is not active, so no messages or calls can be made.",
		[]Who{InstitutionAdmin},
		"Check funds and notices in the provider's console, then ask the provider to activate the account.",
	},
	20003: {
		"Wrong provider credentials",
		"Our system could not sign in to the messaging provider. Nothing is wrong with the customer's phone.",
		[]Who{InstitutionAdmin},
		"Enter the right account SID and auth token in the provider settings and check them there.",
	},
	20005: {
		"Account not active",
		"The institution's account with the provider is suspended or closed, so no messages or calls can be made.",
		[]Who{InstitutionAdmin},
		"Check funds and notices in the provider's console, then ask the provider to activate the account.",
	},
	20403: {
		"Not allowed for this account",
		"The provider does not allow the institution's account to do this. It may be suspended or lack funds.",
		[]Who{InstitutionAdmin},
		"Check funds and notices in the provider's console, then ask the provider what the account lacks.",
	},
	20429: {
		"Too many requests at once",
		"Our system asked the provider for too much at the same moment. Nothing was sent.",
		[]Who{InstitutionAdmin},
		"Send the code again after a minute. If it keeps happening, reduce how much is sent at once.",
	},
	20500: {
		"Fault at the provider",
		"The messaging provider has a technical fault.",
		[]Who{Provider},
		"Look at the provider's status page, and offer the customer another method until the fault is over.",
	},
	20503: {
		"Provider not available",
		"The messaging provider is not available at the moment.",
		[]Who{Provider},
		"Look at the provider's status page, and offer the customer another method until it is back.",
	},
	21408: {
		"Country not enabled for texts",
		"The institution's account is not set up to send text messages to the customer's country.",
		[]Who{InstitutionAdmin},
		"Enable the country under geographic permissions for messages in the provider's console.",
	},
	21608: {
		"Trial account",
		"The institution's account with the provider is a trial account, which may write only to numbers it has verified.",
		[]Who{InstitutionAdmin},
		"Upgrade the provider account.",
	},
	21611: {
		"Sender's waiting line is full",
		"Too many messages are waiting to be sent from the institution's number.",
		[]Who{InstitutionAdmin},
		"Send the code again after some minutes. If it keeps happening, add sender numbers.",
	},
}
