package graph_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/graph"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/gqlfast/contest"
	"github.com/factordesk/factordesk/internal/throttle"
)

// unlimited counts nothing, so that everybody may look up as many numbers as they like.
type unlimited struct{}

func (unlimited) TakeWindows(_ context.Context, _ time.Time, windows []throttle.Window) ([]throttle.Counted, error) {
	counted := make([]throttle.Counted, len(windows))
	for i, w := range windows {
		counted[i].Key = w.Key
	}
	return counted, nil
}
func (unlimited) ListWindows(context.Context, []string) ([]throttle.Counted, error) { return nil, nil }
func (unlimited) ReturnWindows(context.Context, time.Time, []throttle.Counted) error {
	return nil
}

// Random queries are answered alike with plain fields made fast and without,
// whoever asks.
func TestPlain_AnswersAsStock(t *testing.T) {
	t.Parallel()
	d := desktest.New(t)
	live(t, d)
	d.Notifications.Limiter = &throttle.Limiter{Store: unlimited{}, Clock: d.Clock}
	d.Institutions.Limiter, d.Challenges.Limiter = d.Notifications.Limiter, d.Notifications.Limiter
	before := `"` + d.Clock.Now().Format(time.RFC3339) + `"` // looks into histories are recorded, too, but later
	d.Clock.Advance(time.Minute)

	stock, fast, set := graph.Schemas(d.Services)
	contest.Contest{
		Pair: contest.NewPair(stock, fast, set),
		Questions: contest.Questions{
			Schema: stock.Schema(), Depth: 6, Width: 7, Size: 60,
			Arguments: arguments(d, before),
		},
		Documents: 2700,
		Context:   viewers(t, d),
		Kinds: map[string]string{
			"FORBIDDEN": "forbidden", "UNAUTHENTICATED": "unauthenticated", "NOT_FOUND": "not found", "INVALID_INPUT": "invalid input",
			"EXPIRED": "expired", // an invitation whose token nobody has
		},
	}.Run(t)
}

// arguments are what is worth asking for. Histories are read from the log: asking
// Twilio changes it.
func arguments(d *desktest.Desk, before string) map[string][]string {
	h := d.Harbor
	first := []string{"1", "2", "3", "50", "null", "null", "null", "0"}
	phones := quote(h.Customer.Phone.PhoneNumber, h.Agent.Phone.PhoneNumber, "+12025550103", "+12025550199", "no number")
	return map[string][]string{
		"Query.user.id": quote(h.Customer.ID, h.Customer.ID, h.Neighbor.ID, h.Neighbor.ID, h.Agent.ID, h.Admin.ID, d.Summit.Customer.ID, "usr_none"),
		"Query.node.id": quote(h.Customer.ID, h.Agent.ID, h.Customer.Phone.ID, h.Institution.ID, d.Summit.Customer.ID, "dev_none"),

		"Query.challenge.id":           quote(challenged(d), "none"),
		"Query.signInPage.institution": quote(h.Slug, "nowhere"),

		"Query.users.search": append(quote("cleo", "n", "nobody"), "null", "null", "null"),
		"Query.users.first":  first,

		"Query.auditLog.filter": {"{to: " + before + "}", "{to: " + before + ", action: GENERATE_BACKUP_CODES}", "{to: " + before + `, actorId: "` + h.Agent.ID + `"}`},
		"Query.auditLog.first":  first,

		"Query.notificationHistory.phoneNumber": phones,
		"Query.notificationHistory.source":      {"LOG"},
		"Query.notificationHistory.first":       first,
		"User.notificationHistory.phoneNumber":  append(slices.Repeat([]string{"null"}, 8), phones...),
		"User.notificationHistory.source":       {"LOG"},
		"User.notificationHistory.first":        first,

		"Query.__type.name": quote("User", "Device", "Permission", "none"),
	}
}

// challenged returns the id of a challenge for which a code was sent.
func challenged(d *desktest.Desk) string {
	browser := d.Browser(auth.Customer)
	v := browser.Challenge(d.Summit.Customer)
	browser.Do(desktest.SendCode, v).OK()
	id, _ := v["challenge"].(string)
	return id
}

func quote(texts ...string) []string {
	for i, text := range texts {
		texts[i] = fmt.Sprintf("%q", text)
	}
	return texts
}

// viewers returns the contexts of some who are signed in and of one who is not.
func viewers(t *testing.T, d *desktest.Desk) func(ctx context.Context, r *rand.Rand) (context.Context, string) {
	var who []auth.Actor
	for _, p := range []desktest.Person{d.Harbor.Admin, d.Harbor.AdminWithoutHistory, d.Harbor.Agent, d.Harbor.Viewer, d.Harbor.Customer, d.Summit.Admin} {
		token := ""
		for _, cookie := range d.As(p).Cookies {
			token = cookie
		}
		actor, err := d.Sessions.Resolve(t.Context(), token, p.Kind)
		if err != nil {
			t.Fatal(err)
		}
		who = append(who, actor)
	}
	return func(ctx context.Context, r *rand.Rand) (context.Context, string) {
		n := r.IntN(len(who) + 1)
		if n == len(who) {
			return auth.WithNobody(ctx), "nobody"
		}
		return auth.WithActor(ctx, who[n]), fmt.Sprintf("%s with %v", who[n].UserID, who[n].Permissions)
	}
}

// What staff do before questions are asked.
const (
	setVoIP = `mutation($device: ID!) {
		updateDeviceNumberType(input: {deviceId: $device, numberType: VOIP, reason: "Wants texts"}) { device { id } } }`
	prepare = `mutation($user: ID!) {
		prepareBackupCodes(input: {userId: $user, purpose: LOCKOUT, reason: "Lost the phone", identityCheck: CALL_BACK}) { confirmation { token } } }`
	generate = `mutation($token: String!) { generateBackupCodes(input: {confirmationToken: $token, handover: PHONE_CALL}) { codes } }`
	revoke   = `mutation($user: ID!) { revokeBackupCodes(input: {userId: $user, reason: "Read to the wrong person"}) { voidedCodes } }`
)

// live fills a desk with something of everything.
func live(t *testing.T, d *desktest.Desk) {
	t.Helper()
	h := d.Harbor
	d.AddApp(h.Customer.User)
	d.AddDevice(&device.Email{Base: d.Base(h.Customer), Address: "cleo@home.example"})
	voip := d.AddPhone(h.Neighbor.User, "+12025550152")
	d.Pause(d.AddApp(h.Neighbor.User).ID)
	d.Browser(auth.Customer).SignIn(h.Customer).OK()
	agent, admin := d.As(h.Agent), d.As(h.Admin)
	agent.Do(setVoIP, desktest.V{"device": voip.ID}).OK()
	for _, c := range []desktest.Person{h.Customer, h.Neighbor} {
		token := agent.Do(prepare, desktest.V{"user": c.ID}).OK().Text("prepareBackupCodes.confirmation.token")
		agent.Do(generate, desktest.V{"token": token}).OK()
	}
	admin.Do(revoke, desktest.V{"user": h.Neighbor.ID}).OK()
	d.As(h.Viewer).Do(setVoIP, desktest.V{"device": voip.ID}) // is refused, and recorded
	d.Freeze(h.Neighbor)
	d.SendNotices()
}
