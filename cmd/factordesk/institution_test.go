package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
)

func TestInstitutionList(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		if said := succeeds(t, "", "institution", "list") + succeeds(t, "", "institution", "list", "--json"); said != "" {
			t.Errorf("none are %q", said)
		}
		succeeds(t, "", append(slices.Clone(bank), "--support-phone", "+12025550177")...)
		found, err := storetest.Open(t, url).FindInstitutionBySlug(t.Context(), "bank")
		if err != nil {
			t.Fatal(err)
		}
		before := dump(t, url)["audit_entries"]

		if said := succeeds(t, "", "institution", "list"); !strings.HasPrefix(said, "bank  Bank of Tests  "+found.ID+"  FULL  since 20") {
			t.Error(said)
		}
		wantJSON(t, succeeds(t, "", "institution", "list", "--json"),
			`{"createdAt":"TIME","demo":false,"id":"`+found.ID+`","name":"Bank of Tests","products":["FULL"],"slug":"bank"}`)

		settings := []string{"institution", "settings", "--institution", "bank"}
		said := succeeds(t, "", settings...)
		for _, want := range []string{"permittedMethods     SMS, VOICE, AUTHENTICATOR_APP, BACKUP_CODES\n", "supportPhone         +12025550177\n", "staffCodeLifetime    24h0m0s\n"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q is not in %s", want, said)
			}
		}
		wantJSON(t, succeeds(t, "", append(settings, "--json")...), `{"backupCodesPerSet":10,"codeLifetimeSeconds":300,"country":"US","dailySends":10000,"emailRisk":null,`+
			`"highRiskActsPerHour":20,"languages":["EN","ES"],"permittedMethods":["SMS","VOICE","AUTHENTICATOR_APP","BACKUP_CODES"],"products":["FULL"],`+
			`"staffCodeLifetimeMinutes":1440,"supportPhone":"+12025550177","twoFactorRequired":true,"version":0,"voipNumbersAllowed":false,"voipRisk":null}`)
		if said := fails(t, exitFailed, "institution", "settings", "--institution", "nowhere"); !strings.Contains(said, "no such institution") {
			t.Error(said)
		}
		if after := dump(t, url)["audit_entries"]; len(after) != len(before) {
			t.Errorf("looks at settings wrote something: %q", after)
		}
	})
}
