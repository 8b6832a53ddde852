package message

var english = Words{
	Locale: "en-US",

	CodeText:      "%s: %s is your code. Never give it to anyone who calls or writes to you.",
	TestText:      "This is a test. Texts from us reach you.",
	CodeSpoken:    "Your code is %s.",
	CodeSubject:   "Your code from %s",
	InsteadOfText: "In production it would have gone to your phone by text.",
	InsteadOfCall: "In production it would have gone to your phone by call.",

	Notices: map[string]string{
		"CODES_MADE":           "Backup codes for signing in to your account were made.",
		"CODES_REVOKED":        "The backup codes for signing in to your account were made void.",
		"BACKUP_CODE_USED":     "A backup code was used to sign in to your account.",
		"NUMBER_TYPE_CHANGED":  "The way your sign-in codes reach one of your phones was changed.",
		"FACTOR_PAUSED":        "Someone who knows your password entered wrong codes for your account.",
		"FACTOR_OFF":           "After many wrong codes one of your devices is switched off until it is set up again.",
		"FACTOR_OFF_ELSEWHERE": "After many wrong codes one of your devices no longer signs you in to browsers that you have not used before.",
		"MANY_WRONG_PASSWORDS": "Someone entered many wrong passwords for your account.",
		"MANY_CODES_ASKED":     "Someone who knows your password asked for many codes, in a browser that you have not signed in with.",
		"AUTHENTICATOR_ADDED":  "An authenticator app was set up for signing in to your account.",
		"REGISTERED":           "Your email address was registered for online banking. Sign in to finish setting up your account.",
		"REGISTERED_AGAIN":     "Your email address was registered for online banking once more. You have an account already, and nothing was changed.",
		"DEVICE_ADDED":         "A device for signing in to your account was added.",
		"DEVICE_REMOVED":       "A device for signing in to your account was removed.",
		"DEVICE_RESET":         "Support took one of your devices off your account. It no longer signs you in.",
		"DEVICE_RESTORED":      "Support let one of your devices sign you in again.",
		"PAUSE_LIFTED":         "Support let your account try codes again at once, after wrong ones.",
		"PASSWORD_CHANGED":     "The password of your account was changed.",
		"SESSIONS_ENDED":       "Your account was signed out in other browsers.",
		"ACCOUNT_FROZEN":       "The devices of your account can't be changed until you have spoken to us.",
		"ACCOUNT_UNFROZEN":     "Support let the devices of your account be changed again.",
		"ACCOUNT_CLOSED":       "Your account was closed. Nobody can sign in to it any more.",
	},
	Advice:        "Not you? Call us at once.",
	AdviceNumber:  "Not you? Call us at once at %s.",
	NoticeSubject: "%s: a change to your account's security",
	NoticeEnd:     "If it was you, there is nothing to do. We never ask for your codes.",

	NotYou: "If it was not you, you can protect your account right here, also when you can't call:\n%s\n" +
		"The page asks before it does anything. The link is yours alone and works for 7 days.",
	Call:       "Call us.",
	CallNumber: "Call us at %s.",
	FrozenEnd:  "Before you sign in again, ask for a new password where you sign in. We never ask for your codes.",

	Page: NotYouPage{
		Ask:       "Was this not you?",
		AskText:   "We wrote to you about a change to your account’s security. If you did not make it and did not ask for it, protect your account now.",
		DoesTitle: "The button does this at once:",
		Does: []string{
			"It signs you out everywhere, and anyone else too.",
			"Codes that are on their way, and backup codes that are left, stop working.",
			"Devices that were added in the week before our message, or since, stop working.",
			"Your password stops working: you choose a new one before you sign in again.",
			"Nobody can change your devices until you have spoken to us.",
		},
		Undo:       "You can’t undo this here. We can, when you call us.",
		Button:     "It was not me: protect my account",
		Otherwise:  "If it was you, there is nothing to do. Close this page.",
		Done:       "Your account is protected",
		DoneText:   "You are signed out everywhere. Codes that were not used, devices that were added lately and your password no longer work.",
		Call:       "Call %s now, so that we can look at your account together.",
		CallNumber: "Call %s now, so that we can look at your account together:",
		SignIn:     "To sign in again, ask for a new password where you sign in. It takes a link that we mail to you and a device that you have had for longer.",
		Over:       "This link does nothing any more",
		OverText:   "It was used already, or it is too old. If you pressed the button before, your account is protected.",
		OverCall:   "If anything else looks wrong, call us at once, at a number that you know.",
		Wait:       "Please wait a little",
		WaitText:   "The button was pressed too often from your network. Try again in 15 minutes, or call us at once, at a number that you know.",
		Failed:     "This did not work",
		FailedText: "Something went wrong on our side, and nothing was done. Try again, or call us at once, at a number that you know.",
	},

	InviteSubject: "%s: you are invited",
	InviteLink:    "%s invites you to the Factordesk of %s. To choose a password, and how you get your codes, open this page within 72 hours:",
	InviteEnd:     "The link works once and is for you alone: never pass it on. If you did not expect it, there is nothing to do.",

	ResetSubject: "%s: choose a new password",
	ResetLink:    "Someone asked to choose a new password for your account. If it was you, open this page within an hour:",
	ResetEnd:     "There you are asked for a second factor, too; until then your password stays as it is. If it was not you, there is nothing to do: never pass the link on.",

	HasAccountSubject: "%s: you have an account already",
	HasAccount: "Someone who registered with your email address wants to sign in. If it was you: you have an account already, and need no code to prove your address. " +
		"Sign in with the password of your account, or choose a new one if you forgot it. If it was not you, there is nothing to do: nothing was changed.",

	Prompts: map[string]string{
		"ACCOUNT_FROZEN":       "Changes to your devices are stopped until you have spoken to us. Call us.",
		"COMPLETE_PREFERENCES": "Review your preferences to finish setting up your account.",
		"NO_BACKUP_CODES":      "You have no backup code left and no other way to sign in. Add a way before you sign out, or call us.",
		"LAST_BACKUP_CODE":     "You have one backup code left.",
		"ADD_AUTHENTICATOR":    "Add an authenticator app: it makes your codes by itself, also where nothing reaches your phone.",
	},

	Unsent:  "The code could not be sent.",
	MayCome: "The code may be on its way: we had no answer when we sent it. Wait a moment for it.",
	UnsentBecause: map[int]string{
		21211: "This number is not a valid one.", 21265: "This number is not a valid one.",
		21214: "This number can't be reached.", 21217: "This number can't be reached.", 13224: "This number can't be reached.", 21612: "This number can't be reached.",
		21610: "You once replied STOP to our messages. Text START to the number that they came from to get them again.",
		21614: "This number gets no texts.", 21635: "This number gets no texts.",
		550: "The mail server of this address refuses our mail.",
	},
	TryInstead: "Use another way: %s.", NothingInstead: "Call us: we can help you sign in.",
	AddInstead: "Check it, or add another device.",

	TextTo:     "Text to %s",
	CallTo:     "Call to %s",
	MailTo:     "Mail to %s",
	AppCode:    "Code from %s",
	AnyApp:     "your authenticator app",
	BackupCode: "Backup code",

	KeepCodes: "Print these codes or keep them in a password manager, apart from the phone that gets your other codes: they are not shown again. " +
		"Each works for one sign-in. They do not expire, and stop working when you make new ones. Never give one to anyone who calls or writes to you.",
}
