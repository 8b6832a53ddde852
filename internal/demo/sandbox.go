package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/provider"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

const (
	harborName = "Harbor Credit Union"
	summitName = "Summit Bank"

	mobilePhone       = "+12025550101"
	landlinePhone     = "+12025550102"
	voipPhone         = "+12025550103"
	summitMobilePhone = "+12025550111"
)

type account = twiliosandbox.Account

var (
	harborAccount = account{SID: "AC00000000000000000000000000000001", Token: "harborsandboxtoken", From: "+12025550190", FriendlyName: harborName}
	summitAccount = account{SID: "AC00000000000000000000000000000002", Token: "summitsandboxtoken", From: "+12025550195", FriendlyName: summitName}
)

// Accounts are the sandbox's accounts of the demo's institutions.
func Accounts() []twiliosandbox.Account { return []twiliosandbox.Account{harborAccount, summitAccount} }

// Prepare puts the phones and the histories that the demo needs into the sandbox.
// The SIDs are the same at every start.
func Prepare(s *twiliosandbox.Sandbox, now time.Time) {
	// Lookup takes the landline for a mobile, which is the mistake to find.
	s.SetPhone(landlinePhone, twiliosandbox.Phone{LineType: "mobile", Carrier: "Sandbox Wireless", Outcome: "undelivered:30006", CallOutcome: "completed"})
	s.SetPhone(voipPhone, twiliosandbox.Phone{LineType: "nonFixedVoip", Carrier: "Sandbox Internet Phone"})
	s.Seed(histories(now)...)
}

// Hear has the sandbox post what phones text to the accounts of a desk, at its public address.
func Hear(s *twiliosandbox.Sandbox, accounts []provider.Account, public *url.URL) {
	for _, a := range accounts {
		if slices.ContainsFunc(Accounts(), func(known account) bool { return known.SID == a.AccountSID }) {
			s.SetSMSURL(a.AccountSID, public.JoinPath("webhooks", "twilio", a.ID, "inbound").String())
		}
	}
}

// text is one text of a history, so long ago.
type text struct {
	ago    time.Duration
	body   string
	status string
	code   int
}

func histories(now time.Time) []twiliosandbox.Seeded {
	code := func(institution, digits string) string {
		body, _ := notification.CodeText(message.English, institution, digits)
		return body
	}
	const day = 24 * time.Hour
	mobile := []text{
		{25 * time.Minute, code(harborName, "508241"), "delivered", 0},
		{3 * time.Hour, "Harbor Credit Union alert: your card ending in 4821 was used for $54.20 at GREEN GROCER on 11/21.", "delivered", 0},
		{5 * time.Hour, code(harborName, "914067"), "sent", 0},
		{day, code(harborName, "337150"), "delivered", 0},
		{day + 2*time.Hour, "Harbor Credit Union alert: a deposit of $1,250.00 was posted to your account ending in 9033.", "delivered", 0},
		{3 * day, code(harborName, "760912"), "undelivered", 30003},
		{3*day - 2*time.Minute, code(harborName, "225984"), "delivered", 0},
		{6 * day, "Harbor Credit Union alert: your balance fell below $100.00. Available: $87.45.", "delivered", 0},
		{9 * day, "G-481526 is your Harbor Bill Pay verification code.", "delivered", 0},
		{12 * day, "Harbor Credit Union alert: your statement for October is ready in online banking.", "delivered", 0},
		{15 * day, code(harborName, "648203"), "failed", 30001},
	}
	landline := []text{
		{40 * time.Minute, code(harborName, "119375"), "undelivered", 30006},
		{42 * time.Minute, code(harborName, "802664"), "undelivered", 30006},
		{2 * day, code(harborName, "573918"), "undelivered", 30006},
	}
	summit := []text{
		{2 * time.Hour, code(summitName, "430817"), "delivered", 0},
		{2 * day, "Summit Bank alert: your card ending in 7702 was used for $18.00.", "delivered", 0},
	}
	var all []twiliosandbox.Seeded
	all = append(all, history(now, harborAccount, mobilePhone, mobile)...)
	all = append(all, history(now, harborAccount, landlinePhone, landline)...)
	return append(all, history(now, summitAccount, summitMobilePhone, summit)...)
}

func history(now time.Time, a account, to string, texts []text) []twiliosandbox.Seeded {
	seeded := make([]twiliosandbox.Seeded, len(texts))
	for i, t := range texts {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", a.SID, to, i))
		created := now.Add(-t.ago).Truncate(time.Second)
		seeded[i] = twiliosandbox.Seeded{
			AccountSID: a.SID, SID: "SM" + hex.EncodeToString(sum[:16]), From: a.From, To: to, Body: t.body,
			Status: t.status, ErrorCode: t.code, Created: created, Sent: created.Add(time.Second),
		}
	}
	return seeded
}
