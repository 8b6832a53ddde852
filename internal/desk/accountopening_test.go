package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

var noBanking = map[string]string{"page": who, "code": "FORBIDDEN", "challenge": "FORBIDDEN", "backup code": "FORBIDDEN", "reset": "FORBIDDEN"}

// sells says how much of the platform harbor uses.
func sells(admin *desktest.Client, product string, more ...V) desktest.Answer {
	input := V{"products": []string{product}}
	for _, v := range more {
		for name, value := range v {
			input[name] = value
		}
	}
	return admin.Do(updateSettings, V{"input": input})
}

// Where accounts are only opened customers are signed out at once, on every process, and
// what was under way leads nowhere, until there is digital banking again. Staff go on.
func TestAccountOpeningOnly_EndsWhatCustomersHave(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, admin, second := d.Harbor.Customer, d.As(d.Harbor.Admin), d.Second()
		w := begun(t, d, customer)
		elsewhere := second.Browser(auth.Customer)
		elsewhere.Cookies["fd_customer"] = w.page.Cookies["fd_customer"]
		neighbor := d.As(d.Summit.Customer)

		warned := sells(admin, "ACCOUNT_OPENING_ONLY", V{"dryRun": true}).OK()
		if said := fmt.Sprint(warned.List("updateInstitution.institution.settingsWarnings")); !strings.Contains(said, " customers can't sign in: there is no online banking") {
			t.Error(said)
		}
		if !signedIn(t, w.page) || !signedIn(t, elsewhere) {
			t.Fatal("a dry run did something")
		}

		sells(admin, "ACCOUNT_OPENING_ONLY").OK()

		if signedIn(t, w.page) {
			t.Error("the page of a customer still works")
		}
		if a := elsewhere.Do(endOtherSessions); a.Code("endOtherSessions") != who {
			t.Errorf("a mutation at the other process: %s", a.Body)
		}
		d.Clock.Advance(auth.RevokedWithin)
		if signedIn(t, elsewhere) {
			t.Error("the other process still takes the session")
		}
		if diff := cmp.Diff(noBanking, w.answers(t, d)); diff != "" {
			t.Error(diff)
		}
		if !signedIn(t, admin) || !signedIn(t, neighbor) {
			t.Error("staff, or customers of another institution, are signed out")
		}
		d.Browser(auth.Staff).SignIn(d.Harbor.Agent).OK()
		texts := d.Twilio.Phone(d.Harbor.Agent.Phone.PhoneNumber).Messages
		if len(texts) == 0 || !strings.HasPrefix(texts[0].Body, "Factordesk: ") {
			t.Errorf("staff read %+v", texts)
		}

		sells(admin, "FULL").OK()
		if signedIn(t, w.page) {
			t.Error("the session comes back")
		}
		if !opens(d, customer, desktest.Password) {
			t.Error("digital banking does not come back")
		}
	})
}

// Nobody learns who has an account: the refusal is of the institution alone.
func TestAccountOpeningOnly_TellsOfNobody(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer := d.Harbor.Customer
		page := func() any {
			return d.Browser("").Do(`{ signInPage(institution: "harbor") { digitalBanking } }`).OK().At("signInPage.digitalBanking")
		}
		if page() != true {
			t.Error("there is none before")
		}
		sells(d.As(d.Harbor.Admin), "ACCOUNT_OPENING_ONLY").OK()
		if page() != false {
			t.Error("the page of sign-in does not say so")
		}
		signs := func(kind auth.Kind, name, password string) desktest.Answer {
			return d.Browser(kind).Do(signIn, V{"institution": "harbor", "username": name, "password": password})
		}
		first := signs(auth.Customer, customer.Email, desktest.Password)
		if first.Code("signIn") != "FORBIDDEN" || !strings.Contains(first.Body, d.Harbor.Name+" has no online banking here. Questions? Call +1 202-555-0199.") {
			t.Error(first.Body)
		}
		for _, typed := range [][2]string{{customer.Email, "a wrong guess"}, {"nobody@customer.example", "a wrong guess"}, {d.Harbor.Agent.Email, desktest.Password}} {
			if a := signs(auth.Customer, typed[0], typed[1]); a.Body != first.Body {
				t.Errorf("%s: %s", typed[0], a.Body)
			}
		}
		for _, test := range []struct{ name, password, want string }{
			{customer.Email, desktest.Password, "FORBIDDEN"}, {customer.Email, "a wrong guess", "WRONG_CREDENTIALS"}, {"nobody@customer.example", "a wrong guess", "WRONG_CREDENTIALS"},
		} {
			if a := signs("", test.name, test.password); a.Code("signIn") != test.want {
				t.Errorf("by no client in particular, %s: %s", test.name, a.Body)
			}
		}
		if a := d.Browser(auth.Customer).Do(register, V{}); a.Code("register") != "FORBIDDEN" {
			t.Error(a.Body)
		}
		d.SendNotices()
		mails := len(d.Mails.To(customer.Email))
		for _, name := range []string{customer.Email, "nobody@customer.example"} {
			if a := asks(d, "harbor", name); a.Code("requestPasswordReset") != "FORBIDDEN" {
				t.Errorf("%s: %s", name, a.Body)
			}
			if a := d.Browser("").Do(requestReset, V{"institution": "harbor", "username": name}).OK(); a.Body != asks0 {
				t.Errorf("%s: %s", name, a.Body)
			}
		}
		d.SendNotices()
		if n := len(d.Mails.To(customer.Email)) - mails; n != 0 {
			t.Errorf("%d mails for a new password", n)
		}
	})
}
