package explain

// delivery holds what happens to a text after the provider has accepted it.
var delivery = map[int]entry{
	30001: {
		"Waiting line overflowed",
		"Too many messages were waiting to be sent, and this one was dropped. Nothing is wrong with the customer's phone.",
		[]Who{InstitutionAdmin},
		"Send the code again after a minute. If it keeps happening, the institution sends more than its numbers allow: slow down or add sender numbers.",
	},
	30002: {
		"Account suspended while sending",
		"The institution's account with the messaging provider was suspended before the message went out. No messages can be sent at the moment.",
		[]Who{InstitutionAdmin},
		"Check the account's funds and notices in the provider's console and ask the provider to lift the suspension.",
	},
	30003: {
		"Phone not reachable",
		"The phone was switched off, had no signal, or cannot receive text messages.",
		[]Who{Customer},
		"Ask the customer to switch the phone on where it has signal and to request a new code. If that fails, switch the number to voice calls with the communication method.",
	},
	30004: {
		"Blocked for this number",
		"The phone number blocks this message. The customer may have replied STOP to us, or the phone company may block such messages.",
		[]Who{Customer},
		"Ask the customer to text START to the number that the messages come from, or to ask the phone company to lift the block. Until then, switch the number to voice calls with the communication method.",
	},
	30005: {
		"Number unknown",
		"The phone company does not know this number, or it is no longer in use.",
		[]Who{Customer, Staff},
		"Let the customer say the number and compare it with the one on file; don't read that to them. If it is wrong or old, the customer adds the right one.",
	},
	30006: {
		"Landline or unreachable network",
		"The number is a landline, or belongs to a network that does not take text messages.",
		[]Who{Staff},
		"Switch the number to voice calls with the communication method: set its number type to landline and give a reason.",
	},
	30007: {
		"Filtered as unwanted",
		"The provider or the phone company held the message back because it looked like an unwanted message.",
		[]Who{InstitutionAdmin, Provider},
		"Use a voice call or another method for now. The institution's administrator checks the message text and gives the provider three message SIDs.",
	},
	30008: {
		"Unknown delivery problem",
		"The phone company did not deliver the message and gave no reason. Often the next one arrives.",
		[]Who{Carrier, Provider},
		"Ask the customer to request a new code, by voice call if it fails again. Give the provider three message SIDs that are less than 48 hours old.",
	},
	30010: {
		"Price limit exceeded",
		"The message would have cost more than a limit that was set for it. The provider no longer uses this limit.",
		[]Who{Provider},
		"Send the code again. If the error appears on a new message, give the provider its SID.",
	},
	30017: {
		"Phone network congested",
		"The phone company's network was too busy to take the message.",
		[]Who{Carrier},
		"Ask the customer to wait some minutes and to request a new code, by voice call if it is urgent.",
	},
	30019: {
		"Message too big",
		"The message had more content than the phone company takes.",
		[]Who{InstitutionAdmin},
		"Shorten the message text.",
	},
	30035: {
		"Sender number being set up",
		"The number that the institution sends from is still being set up, so the message was not sent.",
		[]Who{InstitutionAdmin},
		"Wait until the provider's console shows the number as ready, and send from another number until then.",
	},
	30036: {
		"Expired before delivery",
		"The message could not be delivered while its code was still good, so it was dropped.",
		[]Who{Staff},
		"Ask the customer whether the phone has signal, and send a new code. If it expires again, switch the number to voice calls with the communication method.",
	},
	30037: {
		"Sending switched off",
		"Sending messages is switched off for the institution's account with the provider.",
		[]Who{InstitutionAdmin, Provider},
		"Open a ticket with the provider to have outbound messages switched on again.",
	},
	30038: {
		"Codes can't go to this number",
		"The number is itself run by our messaging provider, which does not let verification codes be sent to such numbers.",
		[]Who{Customer},
		"Ask the customer to add a number from an ordinary phone company.",
	},
	30410: {
		"Network did not answer in time",
		"The phone company's network did not answer in time, and the message was not tried again.",
		[]Who{Carrier},
		"Ask the customer to request a new code later, or use a voice call.",
	},
	30450: {
		"Paused: too many messages",
		"The provider has paused messages to this number or its neighbours for 15 to 30 minutes, because so many messages look like abuse.",
		[]Who{Staff, Provider},
		"Wait 30 minutes and don't send again before: each new attempt may prolong the pause. Use another method meanwhile.",
	},
	30453: {
		"Blocked: suspected fraud",
		"The provider takes messages to this number for fraud and blocks them for some hours.",
		[]Who{Staff, Provider},
		"Wait some hours, or switch the number to voice calls with the communication method. If the customer is genuine, open a ticket with the provider with the message SID.",
	},
	30454: {
		"Trial limit reached",
		"The institution's account with the provider is a trial account and has used up its messages.",
		[]Who{InstitutionAdmin},
		"Upgrade the provider account.",
	},
	30485: {
		"Blocked: fraud protection",
		"The provider's fraud protection blocks messages like this one for some hours.",
		[]Who{Staff, Provider},
		"Wait some hours, or switch the number to voice calls with the communication method. If the customer is genuine, open a ticket with the provider with the message SID.",
	},
}
