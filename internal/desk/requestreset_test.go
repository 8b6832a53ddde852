package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/user"
)

// asks asks for a link for whoever has a name.
func asks(d *desktest.Desk, slug, username string) desktest.Answer {
	return d.Browser(auth.Customer).Do(requestReset, V{"institution": slug, "username": username})
}

// Nobody learns who has an account: neither from the answer nor from the limits.
func TestRequestPasswordReset_AnswersEverybodyTheSame(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		closed, frozen := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "cora@customer.example"}), d.Harbor.Neighbor
		d.Freeze(frozen)
		if err := d.DB.SetUserStatus(t.Context(), d.Harbor.ID, closed.ID, user.Closed); err != nil {
			t.Fatal(err)
		}
		for _, who := range [][2]string{
			{"harbor", d.Harbor.Customer.Email}, {"harbor", closed.Email}, {"harbor", frozen.Email}, {"harbor", d.Harbor.Admin.Email},
			{"harbor", "nobody@customer.example"}, {"nowhere", "nobody@customer.example"}, {"harbor", "no address at all"},
		} {
			for n, want := range []string{yes, yes, yes, "THROTTLED"} {
				a := asks(d, who[0], who[1])
				if a.Code("requestPasswordReset") != want || want == yes && a.Body != asks0 {
					t.Errorf("%s, time %d: %s", who, n, a.Body)
				}
			}
		}
		d.SendNotices()
		for address, want := range map[string]string{
			d.Harbor.Customer.Email: "#", d.Harbor.Admin.Email: "#", frozen.Email: "#",
		} {
			mails := d.Mails.To(address)
			if len(mails) != 3 || !strings.Contains(mails[2].Text, want) || (want == "#") != strings.Contains(mails[2].Text, "http") {
				t.Errorf("%s got %v", address, mails)
			}
		}
		if mails := append(d.Mails.To(closed.Email), d.Mails.To("nobody@customer.example")...); len(mails) != 0 {
			t.Errorf("%v", mails)
		}
		if strings.Contains(d.Log.String(), "was not sent") {
			t.Error(d.Log)
		}
	})
}

const asks0 = `{"data":{"requestPasswordReset":{"requested":true}}}`

func TestRequestPasswordReset_IsLimitedBySource(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	for n := range 60 {
		asks(d, "harbor", fmt.Sprintf("customer%d@customer.example", n)).OK()
	}
	if a := asks(d, "harbor", d.Harbor.Customer.Email); a.Code("requestPasswordReset") != "THROTTLED" {
		t.Error(a.Body)
	}
	elsewhere := d.Browser(auth.Customer)
	elsewhere.Address = "198.51.100.7"
	elsewhere.Do(requestReset, V{"institution": "harbor", "username": d.Harbor.Customer.Email}).OK()
	for _, name := range []string{"", "a\x00b", strings.Repeat("x", 255)} {
		a := elsewhere.Do(requestReset, V{"institution": "harbor", "username": name})
		if a.Code("requestPasswordReset") != "INVALID_INPUT" || a.Error("requestPasswordReset").Extensions["field"] != "username" {
			t.Errorf("%q: %s", name, a.Body)
		}
	}
}
