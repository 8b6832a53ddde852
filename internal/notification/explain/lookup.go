package explain

// lookup holds errors of number checks and of the registration of the caller's
// name. They keep no code from being sent.
var lookup = map[int]entry{
	11008: {
		"Caller name not allowed",
		"The name that should show on calls has a word that is not allowed.",
		[]Who{InstitutionAdmin},
		"Choose another caller name and submit it again.",
	},
	18609: {
		"Business number missing",
		"The registration of the caller name lacks the institution's tax or business number (EIN or DUNS).",
		[]Who{InstitutionAdmin},
		"Add the EIN or DUNS number to the business profile and submit it again.",
	},
	60600: {
		"Number not assigned",
		"The check found that nobody has this number, or that it lies outside of what can be checked.",
		[]Who{Staff},
		"Compare the number with the customer. If it is right, set the number type by hand: mobile for texts, landline for voice calls.",
	},
	60601: {
		"Checks in Canada need approval",
		"Canadian numbers can be checked only after the institution has been approved for it.",
		[]Who{InstitutionAdmin},
		"Request the approval for Canada from the provider. Until then, staff set the number type by hand.",
	},
	60606: {
		"Number check not enabled",
		"The institution's account may not use this kind of number check.",
		[]Who{InstitutionAdmin, Provider},
		"Open a ticket with the provider to have the check enabled. Until then, staff set the number type by hand.",
	},
	60607: {
		"Country can't be checked",
		"Numbers of this country can't be checked for whether they are mobile or landline.",
		[]Who{Staff},
		"Ask the customer what kind of number it is and set the number type by hand: mobile for texts, landline for voice calls.",
	},
	60608: {
		"Number check failed",
		"The source of the number check had a fault.",
		[]Who{Provider},
		"Check again later. Until then, staff can set the number type by hand.",
	},
	60610: {
		"Number not covered",
		"This number lies outside of what can be checked.",
		[]Who{Staff},
		"Ask the customer what kind of number it is and set the number type by hand: mobile for texts, landline for voice calls.",
	},
	60611: {
		"Number check quota used up",
		"The institution's account has used up its number checks.",
		[]Who{InstitutionAdmin},
		"Raise the quota with the provider, and check numbers only when they are added.",
	},
	60613: {
		"Number check incomplete",
		"The number check brought only a part of what was asked.",
		[]Who{Provider},
		"Check again later. Until then, staff can set the number type by hand.",
	},
	60616: {
		"Too many number checks",
		"Too many numbers were checked at the same time.",
		[]Who{InstitutionAdmin},
		"Check again after a minute, and check numbers only when they are added.",
	},
	60699: {
		"Number checks switched off",
		"Number checks are switched off for the institution's account.",
		[]Who{InstitutionAdmin, Provider},
		"Open a ticket with the provider to have number checks switched on. Until then, staff set the number type by hand.",
	},
}
