package explain

// voice holds errors of calls.
var voice = map[int]entry{
	10004: {
		"Too many calls at once",
		"The institution's account may not make more calls at the same time.",
		[]Who{InstitutionAdmin, Provider},
		"Call again after a minute. If it keeps happening, complete the business profile and open a ticket with the provider for a higher limit.",
	},
	10005: {
		"Calls switched off",
		"Voice calls are switched off for the institution's account with the provider.",
		[]Who{InstitutionAdmin, Provider},
		"Complete the business profile and open a ticket with the provider to have voice switched on.",
	},
	11200: {
		"Our system did not answer",
		"The provider could not fetch what to say from our system.",
		[]Who{InstitutionAdmin},
		"Check that the public address of our system is reachable from outside, and that the webhook in the provider's console points to it.",
	},
	11205: {
		"No connection to our system",
		"The provider could not connect to our system.",
		[]Who{InstitutionAdmin},
		"Check that the public address of our system is reachable from outside, and that the webhook in the provider's console points to it.",
	},
	12100: {
		"Spoken text is broken",
		"The provider could not understand the instructions for the call.",
		[]Who{InstitutionAdmin},
		"Correct the text for calls, such as special characters in the institution's name.",
	},
	13224: {
		"Number can't be called",
		"The number on file is not valid, or can't be called.",
		[]Who{Customer, Staff},
		"Let the customer say the number, country code included, and compare it with the one on file; don't read that to them. The customer adds the right one.",
	},
	13225: {
		"Call blocked",
		"The provider blocks calls to this number, because of suspected fraud, the law, or because the institution's business profile is missing.",
		[]Who{InstitutionAdmin, Provider},
		"Complete the business profile in the provider's console and open a ticket with the call SID. Use another method meanwhile.",
	},
	13227: {
		"Country not enabled for calls",
		"The institution's account is not set up to call the customer's country.",
		[]Who{InstitutionAdmin},
		"Enable the country under geographic permissions for voice in the provider's console.",
	},
	13520: {
		"Nothing to say",
		"The call had no text to speak.",
		[]Who{InstitutionAdmin},
		"Correct the text for calls: it may not be empty.",
	},
	13521: {
		"Spoken text too long",
		"The text to speak was longer than the provider allows.",
		[]Who{InstitutionAdmin},
		"Shorten the text for calls.",
	},
	21210: {
		"Caller number not verified",
		"The number that the institution calls from has not been verified for its account.",
		[]Who{InstitutionAdmin},
		"Enter a caller number of this account in the provider settings, or verify the number in the provider's console.",
	},
	21214: {
		"Number can't be reached",
		"The number on file can't be reached by a call.",
		[]Who{Customer, Staff},
		"Let the customer say the number, country code included, and compare it with the one on file; don't read that to them. The customer adds the right one.",
	},
	21215: {
		"Country not enabled for calls",
		"The institution's account is not set up to call the customer's country or this kind of number.",
		[]Who{InstitutionAdmin},
		"Enable the country under geographic permissions for voice in the provider's console.",
	},
	21216: {
		"Calls to this number blocked",
		"The provider blocks calls to this number, because of suspected fraud, the law, or because the institution's business profile is missing.",
		[]Who{InstitutionAdmin, Provider},
		"Complete the business profile in the provider's console and open a ticket with the call SID. Use another method meanwhile.",
	},
	21217: {
		"Not a valid number to call",
		"The number on file is not a valid telephone number.",
		[]Who{Customer, Staff},
		"Let the customer say the number, country code included, and compare it with the one on file; don't read that to them. The customer adds the right one.",
	},
	21219: {
		"Trial account",
		"The institution's account with the provider is a trial account, which may call only numbers it has verified.",
		[]Who{InstitutionAdmin},
		"Upgrade the provider account.",
	},
	22001: {
		"Call not made in time",
		"The call waited too long to be made and was dropped.",
		[]Who{InstitutionAdmin},
		"Call again. If it keeps happening, ask the provider for more calls per second.",
	},
	22005: {
		"Call waited over a day",
		"The call waited for more than 24 hours and was dropped.",
		[]Who{InstitutionAdmin},
		"Call again, and ask the provider for more calls per second.",
	},
	32014: {
		"No sound on the call",
		"The call was connected, but no sound came through from the phone network.",
		[]Who{Carrier},
		"Ask the customer to request another call.",
	},
	32016: {
		"Network did not answer",
		"The phone networks did not connect the call within a minute.",
		[]Who{Carrier},
		"Ask the customer to request another call.",
	},
	32017: {
		"Caller number blocked",
		"The customer's phone company blocks calls from the institution's number, often because it was reported as unwanted.",
		[]Who{InstitutionAdmin, Carrier},
		"Check the Voice Integrity registration, which keeps good calls from being marked as spam, and call from another number meanwhile.",
	},
}
