package desk_test

import (
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const (
	users = `query($search: String!) { users(search: $search) { nodes { id status email firstName addressProvedAt devices { id } } } }`
	// kettle is what newcomers choose.
	kettle = "kettle-moss-41"
)

// permitMails has an institution send codes by mail.
func permitMails(d *desktest.Desk, admin desktest.Person) {
	d.As(admin).Do(updateSettings, V{"input": V{"permittedMethods": []string{"SMS", "VOICE", "EMAIL", "AUTHENTICATOR_APP"}, "acceptRisk": true}}).OK()
}

// alike fails the test unless two answers differ in nothing but what is random.
func alike(t *testing.T, what string, a, b desktest.Answer) {
	t.Helper()
	random := regexp.MustCompile(`"id":"[\w-]{43}"`)
	if random.ReplaceAllString(a.Body, "") != random.ReplaceAllString(b.Body, "") {
		t.Errorf("%s: %s\n%s", what, a.Body, b.Body)
	}
}

// A stranger who registers with an address and signs in learns nothing of it.
func TestRegister_TellsNobodyWhoIsACustomer(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		d.Add(d.Summit.Institution, desktest.Newcomer{Email: "cara@summit.example", Phone: "+12025550187", Permissions: []auth.Permission{auth.ViewUsers}})
		permitMails(d, d.Summit.Admin)
		for _, at := range []struct{ slug, taken, free string }{
			{"harbor", d.Harbor.Customer.Email, "cora@customer.example"},
			{"harbor", d.Harbor.Admin.Email, "ally@harbor.example"},
			{"summit", d.Summit.Customer.Email, "cody@customer.example"},
			{"summit", "cara@summit.example", "cleo@summit.example"},
		} {
			before := len(d.Mails.To(at.taken))
			both := [2]string{at.taken, at.free}
			var browsers [2]*desktest.Client
			var registered [2]desktest.Answer
			for i, email := range both {
				browsers[i] = d.Browser(auth.Customer)
				registered[i] = browsers[i].Do(register, V{"institution": at.slug, "email": email, "language": "ES"}).OK()
			}
			alike(t, "register", registered[0], registered[1])
			if len(browsers[0].Cookies) != len(browsers[1].Cookies) {
				t.Errorf("cookies %v and %v", browsers[0].Cookies, browsers[1].Cookies)
			}
			signsIn := func(i int, browser *desktest.Client, password string) desktest.Answer {
				return browser.Do(`mutation($institution: String!, $username: String!, $password: String!) {
					signIn(input: {institution: $institution, username: $username, password: $password}) {
						challenge { id step options { id kind label } unavailable { kind } supportPhone } } }`,
					V{"institution": at.slug, "username": both[i], "password": password})
			}
			var known, unknown [2]desktest.Answer
			for i := range both {
				unknown[i] = signsIn(i, d.Browser(auth.Customer), kettle)
				known[i] = signsIn(i, browsers[i], kettle).OK()
			}
			alike(t, "signIn in the same browser", known[0], known[1])
			alike(t, "signIn in another browser", unknown[0], unknown[1])
			alike(t, "signIn with another password", signsIn(0, browsers[0], "wrong"), signsIn(1, browsers[1], "wrong"))
			if known[0].Text("signIn.challenge.step") != "EMAIL_VERIFICATION" {
				t.Error(known[0].Body)
			}
			for _, act := range []string{sendCode, sendCode, enter, enter, enter, enter, enter, enter} {
				var answers [2]desktest.Answer
				for i := range both {
					answers[i] = browsers[i].Do(act, V{"challenge": known[i].Text("signIn.challenge.id"), "option": "EMAIL", "code": "000000"})
				}
				alike(t, act, answers[0], answers[1])
			}

			mails := d.Mails.To(at.taken)[before:]
			if len(mails) != 1 || !strings.Contains(mails[0].Text, "you have an account already") || sixDigits.MatchString(mails[0].Text) {
				t.Errorf("the owner got %v", mails)
			}
			if mails := d.Mails.To(at.free); len(mails) != 1 || !sixDigits.MatchString(mails[0].Text) || !strings.Contains(mails[0].Text, "su código") {
				t.Errorf("the newcomer got %v", mails)
			}
		}
	})
}

// Whoever registers with it, an owner's account stays what it is.
func TestRegister_LeavesTheOwnerAlone(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		owner, admin := d.Harbor.Customer, d.As(d.Harbor.Admin)
		before := admin.Do(users, V{"search": owner.Email}).OK()
		stranger := d.Browser(auth.Customer)
		stranger.Do(register, V{"email": owner.Email, "first": "Cleo", "last": "Customer"}).OK()
		stranger.Do(signIn, V{"institution": "harbor", "username": owner.Email, "password": kettle}).OK()

		for _, search := range []string{owner.Email, "cleo customer", "447700900142"} {
			after := admin.Do(users, V{"search": search}).OK()
			if search == "447700900142" && len(after.List("users.nodes")) != 0 || search != "447700900142" && !cmp.Equal(before.At("users"), after.At("users")) {
				t.Errorf("%s finds %s", search, after.Body)
			}
		}
		for _, browser := range []*desktest.Client{d.Browser(auth.Customer), stranger} { // which may be a shared one
			if !signedIn(t, signedInAs(browser, owner)) {
				t.Error("the owner can't sign in")
			}
			d.Clock.Advance(30 * time.Second)
		}
	})
}

func signedInAs(browser *desktest.Client, p desktest.Person) *desktest.Client {
	browser.SignIn(p).OK()
	return browser
}

// The first who proves an address has it, whoever registered with it first.
func TestRegister_TheFirstProofWins(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin := d.As(d.Harbor.Admin)
		stranger, owner := registers(t, d, V{"first": "Mallory", "password": "marble-otter-57"}), registers(t, d, V{"phone": "+447700900143"})
		challengeIn := func(n newcomer, password string) V { // in the browser that registered
			a := n.browser.Do(signIn, V{"institution": "harbor", "username": n.email, "password": password}).OK()
			return V{"challenge": a.Text("signIn.challenge.id"), "option": "EMAIL"}
		}
		if found := admin.Do(users, V{"search": "nora@"}).OK().List("users.nodes"); len(found) != 2 || found[0].(V)["addressProvedAt"] != nil {
			t.Errorf("staff see %v", found)
		}
		early, late := challengeIn(stranger, "marble-otter-57"), challengeIn(owner, kettle)
		stranger.browser.Do(sendCode, early).OK()
		early["code"] = stranger.mailed() // which the owner of the mailbox would have to tell
		d.Clock.Advance(30 * time.Second)
		owner.browser.Do(sendCode, late).OK()
		late["code"] = owner.mailed()

		next := owner.browser.Do(enter, late).OK()

		if got := kinds(next, "verifyCode.challenge.options"); !cmp.Equal(got, []string{"SMS"}) {
			t.Errorf("then: %s", next.Body)
		}
		if a := stranger.browser.Do(enter, early); a.Code("verifyCode") != "EXPIRED" {
			t.Errorf("the code of another who registered: %s", a.Body)
		}
		found := admin.Do(users, V{"search": "nora@"}).OK()
		if list := found.List("users.nodes"); len(list) != 1 || list[0].(V)["firstName"] != "Nora" || list[0].(V)["addressProvedAt"] == nil {
			t.Errorf("staff see %s", found.Body)
		}
		d.Clock.Advance(30 * time.Second)
		again := challengeIn(stranger, "marble-otter-57")
		mails := len(d.Mails.To(stranger.email))
		stranger.browser.Do(sendCode, again).OK()
		if got := d.Mails.To(stranger.email)[mails:]; len(got) != 1 || sixDigits.MatchString(got[0].Text) {
			t.Errorf("a code for who came too late: %v", got)
		}
	})
}

// Two hold codes that are right and enter them 64 times at once, over two processes.
func TestRegister_OfTwoProofsAtOnceOneWins(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		var typed [2]V
		for i := range typed {
			n := registers(t, d, nil)
			a := n.browser.Do(signIn, V{"institution": "harbor", "username": n.email, "password": kettle}).OK()
			typed[i] = V{"challenge": a.Text("signIn.challenge.id"), "option": "EMAIL"}
			n.browser.Do(sendCode, typed[i]).OK()
			typed[i]["code"] = n.mailed()
			d.Clock.Advance(30 * time.Second)
		}
		processes := [2]*desktest.Desk{d, d.Second()}
		var answers [64]desktest.Answer
		var tries sync.WaitGroup
		for i := range answers {
			browser := processes[i%2].Browser(auth.Customer)
			tries.Go(func() { answers[i] = browser.Do(enter, typed[i/2%2]) })
		}
		tries.Wait()
		proved := 0
		for _, a := range answers {
			switch code := a.Code("verifyCode"); code {
			case "":
				proved++
			case "WRONG_CODE", "THROTTLED", "EXPIRED":
			default:
				t.Error(a.Body)
			}
		}
		found := d.As(d.Harbor.Admin).Do(users, V{"search": "nora@"}).OK()
		if proved != 1 || len(found.List("users.nodes")) != 1 || found.At("users.nodes.0.addressProvedAt") == nil {
			t.Errorf("%d proved it: %s", proved, found.Body)
		}
	})
}

// Where codes by mail are permitted, one is the proof and the second factor.
func TestRegister_WhereMailsArePermitted(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		permitMails(d, d.Summit.Admin)
		n := registers(t, d, V{"institution": "summit"})
		asked := n.signsIn()
		if asked.Text("signIn.challenge.step") != "EMAIL_VERIFICATION" || !cmp.Equal(kinds(asked, "signIn.challenge.options"), []string{"EMAIL"}) {
			t.Fatalf("the stranger's phone would do: %s", asked.Body)
		}

		in := n.provesAddress(asked)

		if in.At("verifyCode.viewer.user.status") != "ENROLLING" || in.At("verifyCode.challenge") != nil {
			t.Fatal(in.Body)
		}
		n.browser.Do(completePreferences).OK()
		again := n.signsIn()
		if again.Text("signIn.challenge.step") != "SECOND_FACTOR" || !cmp.Equal(kinds(again, "signIn.challenge.options"), []string{"EMAIL"}) {
			t.Errorf("the next sign-in: %s", again.Body)
		}
	})
}

// What is not proved in seven days goes, and leaves what names it readable.
func TestRegister_LapsesAfterSevenDays(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		n := registers(t, d, nil)
		id := d.As(d.Harbor.Admin).Do(users, V{"search": "nora@"}).OK().Text("users.nodes.0.id")
		sweep := func() { storetest.Sweep(t, d.DB, d.Clock.Now()) }
		d.Clock.Advance(7 * 24 * time.Hour)
		sweep()
		n.signsIn()
		d.Clock.Advance(time.Second)
		sweep()

		a := n.browser.Do(signIn, V{"institution": "harbor", "username": n.email, "password": kettle})
		if a.Code("signIn") != "WRONG_CREDENTIALS" {
			t.Errorf("it signs in: %s", a.Body)
		}
		admin := d.As(d.Harbor.Admin)
		if left := admin.Do(users, V{"search": "nora@"}).OK(); len(left.List("users.nodes")) > 0 {
			t.Errorf("it is found: %s", left.Body)
		}
		stone := admin.Do(`query($id: ID!) { user(id: $id) { status addressProvedAt devices { id } } }`, V{"id": id}).OK()
		if diff := cmp.Diff(V{"status": "CLOSED", "addressProvedAt": nil, "devices": []any{}}, stone.At("user")); diff != "" {
			t.Error(diff)
		}
		again := registers(t, d, nil)
		again.provesAddress(again.signsIn())
	})
}
