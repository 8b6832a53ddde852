package notification_test

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
)

// Where accounts are only opened whoever is texted or called is staff, to whom the platform
// has a name of its own; mails and the history are the institution's all the same.
func TestService_Brand(t *testing.T) {
	d := newDesk(t)
	d.Brand = "Acme Desk"
	by := func(c notification.Channel) notification.Recipient {
		r := d.to(c, true)
		r.Institution.Products = []institution.Product{institution.AccountOpeningOnly}
		return r
	}
	for _, c := range []notification.Channel{notification.SMS, notification.Voice, notification.Email} {
		world.WantCode(t, d.SendCode(t.Context(), by(c), "482913", 5*time.Minute), "")
		if c == notification.SMS {
			world.WantCode(t, d.SendNotice(t.Context(), by(c), notification.DeviceAdded), "")
		}
	}
	world.WantCode(t, d.SendCode(t.Context(), d.to(notification.SMS, true), "482913", 5*time.Minute), "")

	if len(d.texts) != 3 || !strings.HasPrefix(d.texts[0], "Acme Desk: 482913") || !strings.HasPrefix(d.texts[1], "Acme Desk: A device") || !strings.HasPrefix(d.texts[2], "Harbor: 482913") {
		t.Errorf("texts %q", d.texts)
	}
	if len(d.callers) != 1 || d.callers[0] != "Acme Desk" {
		t.Errorf("calls by %q", d.callers)
	}
	if len(d.mails) != 1 || !strings.Contains(d.mails[0].Text, "Harbor") {
		t.Errorf("mails %+v", d.mails)
	}
	for _, n := range d.logged(t) {
		if strings.Contains(n.Body, "482913") {
			t.Errorf("logged %q", n.Body)
		}
	}
}

// What Twilio lists is known by either name.
func TestService_Brand_Found(t *testing.T) {
	d := newDesk(t)
	d.Brand = "Acme Desk"
	d.archive = func(string) ([]notification.Found, error) {
		texts := found(2)
		texts[0].Body = "Acme Desk: 482913 is your code."
		texts[1].Body = "Acme Desk: A device for signing in to your account was added. Call us."
		return texts, nil
	}

	page, err := d.UserHistory(d.Agent(t, auth.ViewNotificationHistory), "usr_ann", []string{number}, "", notification.Request{})

	world.WantCode(t, err, "")
	kinds := map[notification.Kind]int{}
	for _, n := range page.Messages {
		kinds[n.Kind]++
		if strings.Contains(n.Body, "482913") {
			t.Errorf("shows %q", n.Body)
		}
	}
	if kinds[notification.VerificationCode] != 1 || kinds[notification.SecurityNotice] != 1 {
		t.Errorf("found %v", kinds)
	}
}
