package desk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

const (
	providerFields = ` fragment provider on SmsProvider { id name accountSid tokenLastFour tokenChangedAt tokenChangedBy { email } apiKeySid sender senderFormatted
		messagingServiceSid enabled priority balanceThreshold version health { status checkedAt checks { id status explanation fixableBy } balance { amount currency } } }`
	listProviders  = `{ institution { smsProviders { ...provider } } }` + providerFields
	saveProvider   = `mutation($input: SaveSmsProviderInput!) { saveSmsProvider(input: $input) { provider { ...provider } } }` + providerFields
	checkProvider  = `mutation($provider: ID!) { checkSmsProvider(input: {providerId: $provider}) { provider { ...provider } } }` + providerFields
	testProvider   = `mutation($provider: ID!, $device: ID!) { sendProviderTest(input: {providerId: $provider, deviceId: $device}) { accepted } }`
	removeProvider = `mutation($provider: ID!, $reason: String = "Moves away", $known: Boolean) {
		removeSmsProvider(input: {providerId: $provider, reason: $reason, acceptNoProvider: $known}) { provider { id } } }`
)

// providerPermissions are the rows of accounts at Twilio.
func providerPermissions() []permission {
	allowed := [9]string{yes, yes, yes, no, no, no, no, who, out}
	return []permission{
		{"Institution.smsProviders", `{ me: __typename institution { smsProviders { id } } }`,
			"institution.smsProviders", [9]string{yes, yes, yes, no, no, no, no, far, yes}},
		{"SmsProvider.tokenChangedBy", `mutation($provider: ID!) { saveSmsProvider(input: {providerId: $provider, priority: 9}) { provider { tokenChangedBy { id } } } }`,
			"saveSmsProvider.provider.tokenChangedBy", [9]string{yes, yes, yes, far, far, far, far, far, far}},
		{"Mutation.saveSmsProvider", `mutation($provider: ID!) { saveSmsProvider(input: {providerId: $provider, priority: 8}) { provider { id } } }`, "saveSmsProvider", allowed},
		{"Mutation.checkSmsProvider", checkProvider, "checkSmsProvider", allowed},
		{"Mutation.sendProviderTest/to the customer's phone", testProvider, "sendProviderTest", [9]string{out, out, out, no, no, no, no, who, out}},
		{"Mutation.removeSmsProvider", removeProvider, "removeSmsProvider", allowed},
	}
}

// spareProvider adds an account of harbor's that Twilio does not know, and that an
// administrator changed last.
func spareProvider(d *desktest.Desk) string {
	p := provider.Row{
		ID: id.New(id.Provider), InstitutionID: d.Harbor.ID, Name: "Spare", AccountSID: fmt.Sprintf("AC%016x%016x", rand.Uint64(), rand.Uint64()),
		From: "+12025550198", Priority: 9, Version: 1, TokenSetBy: d.Harbor.Admin.ID, CreatedAt: d.Clock.Now(),
	}
	sealed, err := secret.Development().Seal(secret.NewText("madeUpSpareToken"), secret.Place{Table: "sms_providers", Row: p.ID, Column: "token"})
	if err != nil {
		panic(err) // the keyset is there
	}
	p.Token = sealed
	if err := d.DB.CreateProvider(context.Background(), p); err != nil {
		panic(err) // and so are the tables
	}
	return p.ID
}

// An account's credentials are turned away at Twilio: nobody gets a code, the check says
// why, and whoever manages providers stores the token that is good. No secret is shown.
func TestProviders_AreMendedByTheInstitution(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		admin, account := d.As(d.Harbor.Admin), d.Twilio.Harbor()
		listed := admin.Do(listProviders).OK()
		providerID := listed.Text("institution.smsProviders.0.id")
		if listed.Text("institution.smsProviders.0.accountSid") != account.SID[30:] || listed.Text("institution.smsProviders.0.tokenLastFour") != account.Token[len(account.Token)-4:] ||
			listed.At("institution.smsProviders.0.health") != nil || strings.Contains(listed.Body, account.Token) || strings.Contains(listed.Body, account.SID) {
			t.Error(listed.Body)
		}
		healthy := admin.Do(checkProvider, V{"provider": providerID}).OK()
		if healthy.Text("checkSmsProvider.provider.health.status") != "PASS" || healthy.Text("checkSmsProvider.provider.health.balance.amount") != "100.00" {
			t.Error(healthy.Body)
		}

		d.Twilio.Control(http.MethodPut, "/sandbox/account", `{"statusPage": "major"}`)
		outage := admin.Do(checkProvider, V{"provider": providerID}).OK()
		if outage.Text("checkSmsProvider.provider.health.checks.5.id") != "STATUS_PAGE" || outage.Text("checkSmsProvider.provider.health.checks.5.status") != "FAIL" ||
			outage.Text("checkSmsProvider.provider.health.checks.5.fixableBy") != "PROVIDER" {
			t.Error(outage.Body)
		}
		if banner := admin.Do(`{ institution { sendingTrouble { explanation } } }`).OK(); banner.At("institution.sendingTrouble") != nil {
			t.Errorf("a status page alone says that codes can't leave: %s", banner.Body)
		}

		d.Twilio.Control(http.MethodPut, "/sandbox/account", `{"sid": "`+account.SID+`", "authFails": true}`)
		broken := admin.Do(checkProvider, V{"provider": providerID}).OK()
		if broken.Text("checkSmsProvider.provider.health.status") != "FAIL" || broken.Text("checkSmsProvider.provider.health.checks.1.id") != "CREDENTIALS" ||
			broken.Text("checkSmsProvider.provider.health.checks.1.fixableBy") != "INSTITUTION_ADMIN" {
			t.Error(broken.Body)
		}
		wrong := admin.Do(saveProvider, V{"input": V{"providerId": providerID, "authToken": "madeUpWrongToken"}})
		if wrong.Code("saveSmsProvider") != "INVALID_INPUT" || wrong.Error("saveSmsProvider").Extensions["field"] != "authToken" || strings.Contains(wrong.Body, "madeUpWrongToken") {
			t.Error(wrong.Body)
		}

		d.Twilio.Control(http.MethodPut, "/sandbox/account", `{"sid": "`+account.SID+`", "authFails": false, "balance": "4.20", "statusPage": "none"}`)
		d.Clock.Advance(time.Minute)
		mended := admin.Do(saveProvider, V{"input": V{"providerId": providerID, "version": 1, "authToken": account.Token, "balanceThreshold": "5.00", "name": "Main"}}).OK()
		at := func(place string) any { return mended.At("saveSmsProvider.provider." + place) }
		if at("name") != "Main" || at("tokenChangedBy.email") != d.Harbor.Admin.Email || at("balanceThreshold") != "5.00" || at("version") != 2.0 ||
			at("health.status") != "WARNING" || at("health.balance.amount") != "4.20" || at("senderFormatted") == nil {
			t.Error(mended.Body)
		}
		d.Browser("").SignIn(d.Harbor.Customer).OK() // a code arrives

		if again := d.As(d.Harbor.AdminWithoutCodes).Do(saveProvider, V{"input": V{"providerId": providerID, "version": 1, "name": "Other"}}); again.Code("saveSmsProvider") != "CONFLICT" {
			t.Error(again.Body)
		}
		if only := admin.Do(saveProvider, V{"input": V{"providerId": providerID, "enabled": false}}); only.Code("saveSmsProvider") != "CONFLICT" {
			t.Error(only.Body)
		}
		if only := admin.Do(removeProvider, V{"provider": providerID}); only.Code("removeSmsProvider") != "CONFLICT" {
			t.Error(only.Body)
		}
		admin.Do(removeProvider, V{"provider": providerID, "known": true}).OK()
		if none := admin.Do(listProviders).OK(); len(none.List("institution.smsProviders")) != 0 {
			t.Error(none.Body)
		}
	})
}
