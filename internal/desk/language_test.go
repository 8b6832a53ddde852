package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/platform/message"
)

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
