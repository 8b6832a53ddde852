package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// Staff look a number up however it comes to them: never is a number that got texts
// said to have got none.
func TestTyped_NumbersInAHistory(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		abroad := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "abroad@customer.example", Phone: "+44 (0)7700 900104"})
		if abroad.Phone.PhoneNumber != "+447700900104" {
			t.Fatalf("stored as %s", abroad.Phone.PhoneNumber)
		}
		d.Browser(auth.Customer).SignIn(abroad).OK()
		d.Browser(auth.Customer).SignIn(d.Harbor.Neighbor).OK() // +12025550102
		agent := d.As(d.Harbor.Agent)
		const formatted = `query($number: PhoneNumber!) { notificationHistory(phoneNumber: $number) {
			numbers messages { nodes { to toFormatted fromFormatted } } } }`
		for typed, want := range map[string]string{
			"+44 (0)7700 900104": "+44 7700 900104", "0044 7700 900104": "+44 7700 900104", "\u202a+44 7700 900104\u202c": "+44 7700 900104",
			"＋４４ ７７００ ９００１０４": "+44 7700 900104", "+44\u20117700\u2013900104": "+44 7700 900104",
			"2025550102": "+1 202-555-0102", "(202) 555-0102": "+1 202-555-0102", "1 202 555 0102": "+1 202-555-0102", "٢٠٢٥٥٥٠١٠٢": "+1 202-555-0102",
		} {
			a := agent.Do(formatted, V{"number": typed}).OK()
			if len(a.List("notificationHistory.messages.nodes")) != 1 || a.Text("notificationHistory.numbers.0") != want ||
				a.Text("notificationHistory.messages.nodes.0.toFormatted") != want || a.Text("notificationHistory.messages.nodes.0.fromFormatted") != "+1 202-555-0190" {
				t.Errorf("%+q: %s", typed, a.Body)
			}
		}
		if one := agent.Do(userHistory, V{"user": abroad.ID, "number": "0044 (0)7700 900104"}).OK(); len(one.List(ofUser+".messages.nodes")) != 1 {
			t.Error(one.Body)
		}
		if none := agent.Do(numberHistory, V{"number": "07700 900104"}); none.Code("notificationHistory") != "INVALID_INPUT" {
			t.Errorf("a number of another country: %s", none.Body)
		}
		d.As(d.Harbor.Admin).Do(updateSettings, V{"input": V{"country": "gb"}}).OK()
		if home := agent.Do(numberHistory, V{"number": "07700 900104"}).OK(); len(home.List("notificationHistory.messages.nodes")) != 1 {
			t.Errorf("a number as it is dialled at home: %s", home.Body)
		}
	})
}

// A number is one number, whichever way it is typed, wherever it is kept.
func TestTyped_NumbersThatAreKept(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		const number = "+491713920012"
		mine := d.As(d.Harbor.Customer)
		first := mine.Do(addPhone, V{"phone": "+49 (0)171 3920012"}).OK()
		v := V{"device": first.Text("addPhoneDevice.device.id"), "code": d.Twilio.NextCode(number)}
		mine.Do(confirmDevice, v).OK()
		if got := first.Text("addPhoneDevice.device.phoneNumber"); got != number {
			t.Errorf("stored as %s", got)
		}
		for _, typed := range []string{"0049 171 3920012", "+49 171\u2011392\u201100\u201112", "+４９ １７１ ３９２００１２", "\u202a+491713920012\u202c"} {
			d.Clock.Advance(30 * time.Second)
			if again := mine.Do(addPhone, V{"phone": typed}); again.Code("addPhoneDevice") != "CONFLICT" {
				t.Errorf("%+q: %s", typed, again.Body)
			}
		}

		d.Browser(auth.Customer).Do(register, V{"institution": "harbor", "email": "new@customer.example", "phone": "+49 (0)171 3920012"}).OK()
		devices := `query($search: String!) { users(search: $search) { nodes { devices { ... on PhoneDevice { phoneNumber formatted } } } } }`
		a := d.As(d.Harbor.Agent).Do(devices, V{"search": "new@customer.example"}).OK()
		if a.Text("users.nodes.0.devices.0.phoneNumber") != number || a.Text("users.nodes.0.devices.0.formatted") != "+49 171 3920012" {
			t.Error(a.Body)
		}

		admin := d.As(d.Harbor.Admin)
		for typed, want := range map[string]string{"+44 (0)20 7946 0018": "+442079460018", "(202) 555-0199": "+12025550199"} {
			a := admin.Do(`mutation($phone: PhoneNumber) { updateInstitution(input: {supportPhone: $phone}) { institution { supportPhone supportPhoneFormatted country } } }`, V{"phone": typed}).OK()
			if a.Text("updateInstitution.institution.supportPhone") != want || a.Text("updateInstitution.institution.country") != "US" {
				t.Errorf("%q: %s", typed, a.Body)
			}
		}
	})
}

// Codes are pasted from mails and tablets, and typed on keyboards of all scripts.
func TestTyped_Codes(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, browser := d.Harbor.Customer, d.Browser(auth.Customer)
		shifted := func(code string, zero rune) string {
			return strings.Map(func(r rune) rune { return zero + r - '0' }, code)
		}
		for _, typed := range []func(code string) string{
			func(code string) string { return code[:3] + "-" + code[3:] },
			func(code string) string { return shifted(code, '０') },
			func(code string) string { return shifted(code, '٠') },
			func(code string) string { return "\u200e" + code },
			func(code string) string { return code[:3] + "\u2013" + code[3:] + "\u202c" },
		} {
			v := browser.Challenge(customer)
			browser.Do(sendCode, v).OK()
			v["code"] = typed(d.Twilio.NextCode(customer.Phone.PhoneNumber))
			if a := browser.Do(verify, v); len(a.Errors) > 0 {
				t.Errorf("%+q: %s", v["code"], a.Body)
			}
			d.Clock.Advance(time.Hour)
		}
	})
}

// Where accents are composed depends on the system: the password is the same.
func TestTyped_Passwords(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		const composed, apart = "brújula cañón ñandú té", "bru\u0301jula can\u0303o\u0301n n\u0303andu\u0301 te\u0301"
		customer := d.Harbor.Customer
		mine := d.As(customer)
		change := `mutation($current: String!, $new: String!) { changePassword(input: {currentPassword: $current, newPassword: $new}) { viewer { user { id } } } }`
		mine.Do(change, V{"current": desktest.Password, "new": composed}).OK()
		for _, typed := range []string{composed, apart} {
			d.Browser(auth.Customer).Do(signIn, V{"institution": "harbor", "username": customer.Email, "password": typed}).OK()
		}
		if same := mine.Do(change, V{"current": apart, "new": composed}); same.Code("changePassword") != "INVALID_INPUT" {
			t.Errorf("the same one, composed: %s", same.Body)
		}
		mine.Do(change, V{"current": apart, "new": apart + " más"}).OK()

		jose := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "jg@customer.example", First: "José", Last: "García", Phone: "+12025550117"})
		for _, forbidden := range []string{"josegarcia1234", "JoséGarcía1234", "ｊｏｓｅｇａｒｃｉａ１２３４", "ｐａｓｓｗｏｒｄ２０２６！", "harborcreditunión26"} {
			if a := d.As(jose).Do(change, V{"current": desktest.Password, "new": forbidden}); a.Code("changePassword") != "INVALID_INPUT" {
				t.Errorf("%q: %s", forbidden, a.Body)
			}
		}
	})
}

// An address is one, in whatever spelling, and mail goes to the one that every server
// knows.
func TestTyped_Addresses(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		const stored = "ann@xn--bcher-kva.example"
		ann := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "Ann@Bücher.example", Phone: "+12025550118"})
		for _, username := range []string{"ann@bücher.example", "ANN@BÜCHER.example", "ann@bu\u0308cher.example", stored} {
			d.Browser(auth.Customer).Do(signIn, V{"institution": "harbor", "username": username, "password": desktest.Password}).OK()
		}
		d.Browser(auth.Customer).Do(register, V{"institution": "harbor", "email": stored}).OK()
		d.SendNotices()
		if mails := d.Mails.To(stored); len(mails) != 1 { // that somebody registered with it: she has it
			t.Errorf("mails: %v", mails)
		}
		for _, search := range []string{"ann@bücher", "ann@xn--b", "ANN@BÜCHER.EXAMPLE"} {
			if a := d.As(d.Harbor.Agent).Do(users, V{"search": search}).OK(); len(a.List("users.nodes")) != 1 || a.Text("users.nodes.0.id") != ann.ID {
				t.Errorf("%s: %s", search, a.Body)
			}
		}
		for _, email := range []string{"ann@[192.0.2.1]", "ann@192.0.2.1", "ann@localhost", "аnn@customer.example", "ann@cuѕtomer.example"} {
			a := d.Browser(auth.Customer).Do(register, V{"institution": "harbor", "email": email})
			if a.Code("register") != "INVALID_INPUT" || a.Error("register").Extensions["field"] != "email" {
				t.Errorf("%s: %s", email, a.Body)
			}
		}
	})
}

// A name shows what it holds.
func TestTyped_Names(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		for _, test := range []struct{ first, last, field string }{
			{"Ann\u202e", "nimdA adA", "firstName"}, {"Ann", "\u200b", "lastName"}, {"\u2066Ann\u2069", "Archer", "firstName"}, {"Ann", "Arch\u00ader", "lastName"},
		} {
			a := d.Browser(auth.Customer).Do(register, V{"institution": "harbor", "email": "ann@customer.example", "first": test.first, "last": test.last})
			if a.Code("register") != "INVALID_INPUT" || a.Error("register").Extensions["field"] != test.field {
				t.Errorf("%+q %+q: %s", test.first, test.last, a.Body)
			}
		}
		d.Browser(auth.Customer).Do(register, V{"institution": "harbor", "email": "ann@customer.example", "first": "می\u200cخواهم", "last": "क्\u200dष"}).OK()
	})
}

// What the list of users shows of somebody finds them.
func TestTyped_Searches(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		agent := d.As(d.Harbor.Agent)
		obrien := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "ob@customer.example", First: "Zoë Ana", Last: "O’Brien-Núñez", Phone: "+447700900155"})
		for search, want := range map[string]string{
			"0102": d.Harbor.Neighbor.ID, "555-0102": d.Harbor.Neighbor.ID, "(202) 555-0102": d.Harbor.Neighbor.ID, d.Harbor.Neighbor.ID: d.Harbor.Neighbor.ID,
			" " + d.Harbor.Neighbor.ID + "\u200e": d.Harbor.Neighbor.ID,
			"O'Brien":                             obrien.ID, "o’brien": obrien.ID, "obrien": obrien.ID, "nunez": obrien.ID, "ana o'b": obrien.ID, "0155": obrien.ID, "900 155": obrien.ID,
			"+44 (0)7700 900155": obrien.ID, "０１５５": obrien.ID,
		} {
			if a := agent.Do(users, V{"search": search}).OK(); len(a.List("users.nodes")) != 1 || a.Text("users.nodes.0.id") != want {
				t.Errorf("%+q: %s", search, a.Body)
			}
		}
		if a := agent.Do(users, V{"search": d.Summit.Customer.ID}).OK(); len(a.List("users.nodes")) != 0 {
			t.Errorf("another institution's: %s", a.Body)
		}
	})
}
