package explain

// sending holds what the provider refuses when a text is handed over.
var sending = map[int]entry{
	21211: {
		"Not a valid number",
		"The number on file is not a valid telephone number.",
		[]Who{Customer, Staff},
		"Let the customer say the number, country code included, and compare it with the one on file; don't read that to them. The customer adds the right one.",
	},
	21212: {
		"Sender number not valid",
		"The number that the institution sends from is not valid. Nothing is wrong with the customer's phone.",
		[]Who{InstitutionAdmin},
		"Enter a sender number of this account in the provider settings.",
	},
	21265: {
		"Number is a short code",
		"The number on file is a short number for services, which can't receive codes.",
		[]Who{Staff},
		"Ask the customer for an ordinary phone number, which they add themselves.",
	},
	21266: {
		"Sender and recipient are the same",
		"The number on file is the one that the institution itself sends from.",
		[]Who{Staff},
		"Ask the customer for their own phone number, which they add themselves.",
	},
	21606: {
		"Sender can't send texts",
		"The number that the institution sends from can't send text messages to this number.",
		[]Who{InstitutionAdmin},
		"Enter a sender number of this account that can send texts in the provider settings.",
	},
	21610: {
		"Customer opted out",
		"The customer once replied STOP to our messages, so no more may be sent to this number.",
		[]Who{Customer},
		"Ask the customer to text START to the number that the messages come from, and then to request a new code. A voice call works meanwhile.",
	},
	21612: {
		"No route to this number",
		"Messages from the institution's number can't reach the customer's network or country.",
		[]Who{InstitutionAdmin},
		"Choose another sender, such as one of the customer's country. A voice call may work meanwhile.",
	},
	21614: {
		"Not a mobile number",
		"The number can't receive text messages, because it is not a mobile number.",
		[]Who{Staff},
		"Switch the number to voice calls with the communication method: set its number type to landline and give a reason.",
	},
	21617: {
		"Message too long",
		"The text was longer than the provider allows, which is 1600 characters.",
		[]Who{InstitutionAdmin},
		"Shorten the message text.",
	},
	21635: {
		"Landline number",
		"The number is a landline, which can't receive text messages.",
		[]Who{Staff},
		"Switch the number to voice calls with the communication method: set its number type to landline and give a reason.",
	},
	21659: {
		"Sender not of this account",
		"The number or name that the institution sends from does not belong to its account with the provider.",
		[]Who{InstitutionAdmin},
		"Enter a sender number of this account in the provider settings.",
	},
	21660: {
		"Sender belongs to another account",
		"The number that the institution sends from belongs to another account with the provider.",
		[]Who{InstitutionAdmin},
		"Enter a sender number of this account, or the account that owns the number, in the provider settings.",
	},
	21703: {
		"No sender available",
		"The institution's group of sender numbers, its messaging service, has none that can be used.",
		[]Who{InstitutionAdmin},
		"Add a sender number to the messaging service in the provider's console.",
	},
	21704: {
		"No sender set up",
		"The institution's group of sender numbers, its messaging service, is empty.",
		[]Who{InstitutionAdmin},
		"Add a sender number to the messaging service in the provider's console.",
	},
	21910: {
		"Sender and recipient don't match",
		"The sender belongs to one kind of messaging and the recipient to another, such as WhatsApp and text.",
		[]Who{InstitutionAdmin},
		"Remove the prefix such as whatsapp: from the sender, or enter a sender of the right kind, in the provider settings.",
	},
}
