// Package message holds what the desk says to users by text, call and mail, and how
// it names the ways to sign in. Each language is one file; a new one is a file
// like en.go, its place in all and its value in the schema's enum Language.
//
// Texts go out in the letters of the GSM alphabet: package notification takes
// away the accents that it lacks, so files are written as the language is.
package message

import (
	"slices"

	"golang.org/x/text/language"
)

// Language is a language in which users are written and spoken to.
type Language string

// The languages.
const (
	English Language = "EN"
	Spanish Language = "ES"
)

// Words are everything in one language.
type Words struct {
	// Locale is what the voice of a call speaks, a tag of BCP 47.
	Locale string

	// CodeText carries a code: the institution's name comes first, so that the
	// recipient knows who writes, and the six digits stand unbroken and alone, so
	// that phones can offer to fill them in.
	CodeText string
	// TestText shows that texts arrive. It has no digits, so that no phone takes it for a
	// code.
	TestText string
	// TestMessage is what staff send a customer to see whether texts arrive, with the
	// institution's name, and TestCall is said in a call. They have no digits either.
	TestMessage, TestCall string
	// CodeSpoken carries it in a call, digit by digit.
	CodeSpoken string
	// PressKey asks in such a call for the key after which it says the code, and
	// NoKeyPressed ends a call in which none was pressed.
	PressKey, NoKeyPressed string
	// CodeSubject is of the mail that does, with the institution's name.
	CodeSubject string
	// InsteadOfText and InsteadOfCall explain a mail in UAT.
	InsteadOfText, InsteadOfCall string

	// Notices say what happened, in words that serve as text, speech and mail, by
	// the notice's name.
	Notices map[string]string
	// Advice is what to do about it; AdviceNumber has the number to call.
	Advice, AdviceNumber string
	// NoticeSubject is of the mail, with the institution's name, and NoticeEnd ends it.
	NoticeSubject, NoticeEnd string
	// NotYou has the link that a mail carries.
	NotYou string
	// Call, CallNumber and FrozenEnd stand in for advice and end where an account is
	// frozen: its owner has to call.
	Call, CallNumber, FrozenEnd string
	// Page is behind the link.
	Page NotYouPage

	// ResetSubject is of the mail with a link to choose a new password, with the
	// institution's name; ResetLink comes before the link, ResetEnd after it.
	ResetSubject, ResetLink, ResetEnd string
	// InviteSubject is of the mail by which somebody joins the staff, with the
	// institution's name; InviteLink, with the name of who invites and the
	// institution's, comes before the link, InviteEnd after it.
	InviteSubject, InviteLink, InviteEnd string
	// HasAccountSubject is of the mail, with the institution's name, and HasAccount its
	// text, to an account's owner with whose address somebody registers once more.
	HasAccountSubject, HasAccount string
	// Prompts say what a customer should do next, by the prompt's name.
	Prompts map[string]string

	// Unsent says that a code could not be sent, UnsentBecause why, by the provider's
	// code for what its recipient can do something about; MayCome is said where nobody
	// knows whether it was sent. TryInstead has the label of
	// another way, NothingInstead is for who has none, and AddInstead for who adds a
	// device.
	Unsent, MayCome string
	// Stopped says why where it is because its recipient replied STOP, with the number that
	// they text START to.
	Stopped                                string
	UnsentBecause                          map[int]string
	TryInstead, NothingInstead, AddInstead string

	// Delivery says what became of a code, by its channel, how far it came, and of calls
	// why; SLOW is for what takes longer than usual.
	Delivery map[string]string

	// TextTo, CallTo and MailTo name a way to get a code, with the masked number
	// or address; AppCode with the app's label, AnyApp for an app without one.
	TextTo, CallTo, MailTo, AppCode, AnyApp, BackupCode string

	// KeepCodes is for who made backup codes for themselves.
	KeepCodes string
}

// NotYouPage is the page behind the link of a notice: what it asks, and what it
// says once its button was pressed.
type NotYouPage struct {
	// Ask is the question; AskText explains it, Does lists what Button does, and
	// Otherwise is for who need not press it.
	Ask, AskText, DoesTitle string
	Does                    []string
	Undo, Button, Otherwise string
	// Done is said after it, with Call or, where there is a number, CallNumber with
	// the institution's name.
	Done, DoneText, Call, CallNumber, SignIn string
	// Over is said of a link that does nothing.
	Over, OverText, OverCall string
	// Wait is said to who pressed too often, Failed where something went wrong.
	Wait, WaitText, Failed, FailedText string
}

var all = map[Language]*Words{English: &english, Spanish: &spanish}

// In returns the words of a language; of English for one that there is not.
func In(l Language) *Words {
	if w, ok := all[l]; ok {
		return w
	}
	return &english
}

// WhyUnsent says why a code could not be sent, by the provider's code.
func (w *Words) WhyUnsent(providerCode int) string {
	if providerCode/100 == 5 { // a mail server's refusal, of which there are many numbers
		providerCode = 550
	}
	if why, ok := w.UnsentBecause[providerCode]; ok {
		return why
	}
	return w.Unsent
}

// Languages lists every language.
func Languages() []Language {
	list := make([]Language, 0, len(all))
	for l := range all {
		list = append(list, l)
	}
	slices.Sort(list)
	return list
}

// matched are the languages in the order in which matcher has them: English first, which
// it falls back to.
var matched = []Language{English, Spanish}

var matcher = language.NewMatcher([]language.Tag{language.English, language.Spanish})

// Preferred returns the language that an Accept-Language header asks for; ok is false if
// there is none of those.
func Preferred(acceptLanguage string) (l Language, ok bool) {
	if len(acceptLanguage) > 200 {
		return English, false
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return English, false
	}
	_, i, sure := matcher.Match(tags...)
	return matched[i], sure != language.No
}
