package words

var english = Words{
	Locale: "en-US",

	CodeText:      "%s: %s is your code. Never give it to anyone who calls or writes to you.",
	CodeSpoken:    "Your code is %s.",
	CodeSubject:   "Your code from %s",
	InsteadOfText: "In production it would have gone to your phone by text.",
	InsteadOfCall: "In production it would have gone to your phone by call.",

	Notices: map[string]string{
		"CODES_MADE":          "Backup codes for signing in to your account were made.",
		"CODES_REVOKED":       "The backup codes for signing in to your account were made void.",
		"BACKUP_CODE_USED":    "A backup code was used to sign in to your account.",
		"NUMBER_TYPE_CHANGED": "The way your sign-in codes reach one of your phones was changed.",
		"FACTOR_PAUSED":       "Someone who knows your password entered wrong codes for your account.",
		"AUTHENTICATOR_ADDED": "An authenticator app was set up for signing in to your account.",
		"DEVICE_REMOVED":      "A device for signing in to your account was removed.",
		"DEVICE_RESET":        "Support took one of your devices off your account. It no longer signs you in.",
		"PAUSE_LIFTED":        "Support let your account try codes again at once, after wrong ones.",
		"PASSWORD_CHANGED":    "The password of your account was changed.",
	},
	Advice:        "Not you? Call us at once.",
	AdviceNumber:  "Not you? Call us at once at %s.",
	NoticeSubject: "%s: a change to your account's security",
	NoticeEnd:     "If it was you, there is nothing to do. We never ask for your codes.",

	TextTo:     "Text to %s",
	CallTo:     "Call to %s",
	MailTo:     "Mail to %s",
	AppCode:    "Code from %s",
	AnyApp:     "your authenticator app",
	BackupCode: "Backup code",
}
