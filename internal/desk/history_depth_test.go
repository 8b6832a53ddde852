package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

// deep is what a page of a walk needs to know.
const deep = `query($number: PhoneNumber!, $after: String) { notificationHistory(phoneNumber: $number) {
	stale staleReason messages(first: 100, after: $after) { nodes { sid } pageInfo { hasNextPage endCursor } } } }`

// walk reads a number's history to its end, and does something between pages.
// It returns the SIDs as they came.
func walk(t *testing.T, d *desktest.Desk, c *desktest.Client, number string, between func(page int)) []string {
	t.Helper()
	var seen []string
	after := any(nil)
	for page := 0; page < 200; page++ {
		a := c.Do(deep, V{"number": number, "after": after}).OK()
		if a.At("notificationHistory.stale") != false {
			t.Fatalf("page %d is stale: %s", page, a.Text("notificationHistory.staleReason"))
		}
		for _, sid := range column(a, "notificationHistory", "sid") {
			seen = append(seen, sid.(string))
		}
		if a.At("notificationHistory.messages.pageInfo.hasNextPage") != true {
			return seen
		}
		after = a.At("notificationHistory.messages.pageInfo.endCursor")
		between(page)
		d.Clock.Advance(3 * time.Second) // or a walk this fast would be throttled
	}
	t.Fatal("the history has no end")
	return nil
}

// 10,000 texts to one number are read to the last, each once, while new ones
// arrive, whether they were sent hours apart or a hundred in a second, which
// Twilio dates alike.
func TestHistory_TenThousandTextsToOneNumber(t *testing.T) {
	t.Parallel()
	const number, texts, burst = "+12025550153", 10_000, 3_000
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		seeded, want := make([]twiliosandbox.Seeded, texts), make([]string, texts)
		ago := time.Duration(0)
		for i := range seeded {
			if ago += time.Hour; i > 1000 && i <= 1000+burst {
				ago += 10*time.Millisecond - time.Hour
			}
			// The oldest first, as they came to be.
			seeded[texts-1-i] = atTwilio(d.Harbor, texts-i, number, ago, "delivered", 0, "a text")
			want[i] = sid(texts - i)
		}
		d.Twilio.Seed(seeded...)
		newest := texts

		seen := walk(t, d, d.As(d.Harbor.Agent), number, func(page int) {
			newest++
			d.Twilio.Seed(atTwilio(d.Harbor, newest, number, -time.Duration(page)*time.Second, "delivered", 0, "a new text"))
		})

		if newest == texts || len(seen) != texts {
			t.Errorf("%d texts, not %d, while %d came", len(seen), texts, newest-texts)
		}
		slices.Sort(seen) // texts of one second have no order but the log's own
		slices.Sort(want)
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Errorf("each once, and none that came later: %.2000s", diff)
		}
	})
}

// A text that was on its way for long, or never set out, is older than when it
// was sent, if it ever was.
func TestHistory_DeepPagesHoldTextsThatWereSentLate(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	const number = "+12025550154"
	var texts []twiliosandbox.Seeded
	var want []string
	for i := range 300 {
		s := atTwilio(d.Harbor, 1000-i, number, time.Duration(i)*time.Minute, "delivered", 0, "a text")
		if i%100 == 99 || i%100 == 0 { // where pages meet
			s.Sent = s.Created.Add(2 * time.Hour)
		}
		if i%100 == 50 {
			s.Sent, s.Status = time.Time{}, "canceled"
		}
		texts = append(texts, s)
		want = append(want, s.SID)
	}
	slices.Reverse(texts)
	d.Twilio.Seed(texts...)

	if diff := cmp.Diff(want, walk(t, d, d.As(d.Harbor.Agent), number, func(int) {})); diff != "" {
		t.Error(diff)
	}
}

// Ten colleagues who look at the same page ask Twilio once.
func TestHistory_ParallelReadersAskTwilioOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		customer, neighbor := d.Harbor.Customer, d.Harbor.Neighbor
		var texts []twiliosandbox.Seeded
		for i := range 40 {
			texts = append(texts, atTwilio(d.Harbor, i, customer.Phone.PhoneNumber, time.Duration(i)*time.Hour, "delivered", 0, "a text"))
		}
		d.Twilio.Seed(texts...)
		read := func(user desktest.Person, after any, times int) (asked []string, end any) {
			before := len(d.Twilio.Requests())
			var readers sync.WaitGroup
			answers := make([]desktest.Answer, times)
			for i := range answers {
				browser := d.As([]desktest.Person{d.Harbor.Agent, d.Harbor.Admin}[i%2])
				readers.Go(func() { answers[i] = browser.Do(userHistory, V{"user": user.ID, "after": after}) })
			}
			readers.Wait()
			for _, a := range answers {
				if a.OK().At(ofUser+".stale") != false || !cmp.Equal(column(a, ofUser, "sid"), column(answers[0], ofUser, "sid")) {
					t.Errorf("one reader sees %s", a.Body)
				}
			}
			return d.Twilio.Requests()[before:], answers[0].At(ofUser + ".messages.pageInfo.endCursor")
		}

		first, end := read(customer, nil, 10)
		again, _ := read(customer, nil, 1)
		second, _ := read(customer, end, 10)
		other, _ := read(neighbor, nil, 10)
		d.Clock.Advance(5 * time.Second)
		later, _ := read(customer, nil, 10)

		for what, asked := range map[string][]string{
			"the newest": first, "the second page": second, "another customer's": other, "the newest, 5 s later": later,
		} {
			if len(asked) != 1 {
				t.Errorf("%s: %q", what, asked)
			}
		}
		if len(again) != 0 {
			t.Errorf("within 5 s: %q", again)
		}
		if !strings.Contains(fmt.Sprint(other), "%2B"+neighbor.Phone.PhoneNumber[1:]) {
			t.Errorf("another customer's: %q", other)
		}
	})
}
