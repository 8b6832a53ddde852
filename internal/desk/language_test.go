package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/platform/message"
)

const changeLanguage = `mutation($language: Language! = EN) { changeLanguage(input: {language: $language}) { viewer { user { language } } } }`

// What a page shows is in its own language; what is sent in the one that the user chose.
func TestLanguage_IsThePagesInAllThatIsShown(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		browser := d.Browser(auth.Customer)
		browser.Header.Set("Accept-Language", "es-MX,es;q=0.9")
		a := browser.Do(signIn, V{"institution": "harbor", "username": d.Harbor.Customer.Email, "password": desktest.Password}).OK()
		if label := a.Text("signIn.challenge.options.0.label"); !strings.HasPrefix(label, "Mensaje de texto al ") {
			t.Error(label)
		}
		v := V{"challenge": a.Text("signIn.challenge.id"), "option": a.Text("signIn.challenge.options.0.id")}
		if a := browser.Do(findChallenge, V{"id": v["challenge"]}).OK(); !strings.HasPrefix(a.Text("challenge.options.0.label"), "Mensaje de texto al ") {
			t.Error(a.Body)
		}
		browser.Do(sendCode, v).OK()
		v["code"] = d.Twilio.NextCode(d.Harbor.Customer.Phone.PhoneNumber)
		if text := d.Twilio.Phone(d.Harbor.Customer.Phone.PhoneNumber).Messages[0].Body; !strings.Contains(text, " is your code") {
			t.Errorf("the text says %q", text)
		}
		browser.Do(verify, v).OK()
		const prompts = `{ viewer { notices { kind message } } }`
		if a := browser.Do(prompts).OK(); a.Text("viewer.notices.0.kind") != "ADD_AUTHENTICATOR" || !strings.HasPrefix(a.Text("viewer.notices.0.message"), "Añada ") {
			t.Error(a.Body)
		}
		browser.Header.Set("Accept-Language", "fr")
		if a := browser.Do(prompts).OK(); !strings.HasPrefix(a.Text("viewer.notices.0.message"), "Add ") {
			t.Error(a.Body)
		}

		if a := browser.Do(changeLanguage, V{"language": "ES"}).OK(); a.Text("changeLanguage.viewer.user.language") != "ES" {
			t.Error(a.Body)
		}
		d.Clock.Advance(time.Minute)
		d.Browser(auth.Customer).SignIn(d.Harbor.Customer).OK()
		if text := d.Twilio.Phone(d.Harbor.Customer.Phone.PhoneNumber).Messages[0].Body; !strings.Contains(text, " es su codigo") {
			t.Errorf("the text says %q", text)
		}
		d.As(d.Harbor.Admin).Do(updateSettings, V{"input": V{"languages": []string{"ES"}}}).OK()
		if a := browser.Do(changeLanguage, V{"language": "EN"}); a.Code("changeLanguage") != "INVALID_INPUT" || a.Error("changeLanguage").Extensions["field"] != "language" {
			t.Error(a.Body)
		}
	})
}

// Whoever speaks Spanish gets texts, calls and mails in Spanish, and staff see of
// them what they see of others.
func TestLanguage_IsTheUsersInAllThatIsSent(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		const number = "+12025550114"
		rosa := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "rosa@customer.example", Phone: number, Language: message.Spanish})
		agent := d.As(d.Harbor.Agent)
		d.Browser(auth.Customer).SignIn(rosa).OK()
		a := d.As(rosa).Do(`{ viewer { user { language } } }`).OK()
		if a.Text("viewer.user.language") != "ES" {
			t.Error(a.Body)
		}
		if text := d.Twilio.Phone(number).Messages[0].Body; !strings.Contains(text, " es su codigo. No se lo dé a nadie") || !strings.HasPrefix(text, "Harbor Credit Union: ") {
			t.Errorf("the text says %q", text)
		}
		history := agent.Do(userHistory, V{"user": rosa.ID, "source": "PROVIDER"}).OK()
		if !strings.Contains(history.Body, "Harbor Credit Union: •••••• es su codigo.") {
			t.Error(history.Body)
		}

		agent.Do(setType, V{"device": rosa.Phone.ID, "type": "LANDLINE"}).OK()
		d.Clock.Advance(30 * time.Second)
		d.Browser(auth.Customer).SignIn(rosa).OK()
		d.SendNotices()

		if said := d.Twilio.Phone(number).Calls[0].Said; !strings.Contains(said, "Su código es ") {
			t.Errorf("the call says %q", said)
		}
		if mails := d.Mails.To(rosa.Email); len(mails) != 1 || !strings.Contains(mails[0].Text, "¿No ha sido usted?") {
			t.Errorf("mails: %v", mails)
		}
	})
}
