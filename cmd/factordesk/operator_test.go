package main

import (
	"io/fs"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/factordesk/factordesk/migrations"
)

// eachDatabase runs a test with the settings of production on each database, which
// is migrated. A number looked up is asked of nobody.
func eachDatabase(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	eachEmpty(t, func(t *testing.T, url string) {
		succeeds(t, "", "migrate", "up")
		test(t, url)
	})
}

// eachEmpty is eachDatabase with a database to which nothing was done.
func eachEmpty(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	for name, url := range databases(t) {
		t.Run(name, func(t *testing.T) {
			settings := production(t)
			settings["DATABASE_URL"] = url
			maps.Copy(settings, twilioAccount())
			setenv(t, settings)
			test(t, url)
		})
	}
}

func TestMigrate(t *testing.T) {
	eachEmpty(t, func(t *testing.T, url string) {
		steps, err := fs.Glob(migrations.SQLite, "sqlite/*.sql")
		if err != nil || len(steps) == 0 {
			t.Fatal(steps, err)
		}
		status := func(state string) {
			t.Helper()
			lines := strings.Split(strings.TrimSpace(succeeds(t, "", "migrate", "status")), "\n")
			if len(lines) != len(steps) {
				t.Errorf("%d steps, want %d: %q", len(lines), len(steps), lines)
			}
			for _, line := range lines {
				if !strings.Contains(line, ".sql") || !strings.Contains(line, state) {
					t.Errorf("%q, want %s", line, state)
				}
			}
		}
		if strings.HasPrefix(url, "sqlite://") {
			fails(t, exitFailed, "migrate", "status") // there is no file, and it makes none
		} else {
			status("pending")
		}
		const done = "The schema is up to date.\n"
		var running sync.WaitGroup
		for range 2 { // at once
			running.Go(func() {
				if r := command(t, "", "migrate", "up"); r.code != exitOK || r.out != done || r.err != "" {
					t.Errorf("%+v", r)
				}
			})
		}
		running.Wait()
		status("applied")
		first := dump(t, url)
		if again := succeeds(t, "", "migrate", "up"); again != done {
			t.Errorf("%q", again)
		}
		for table, rows := range dump(t, url) {
			if !slices.Equal(rows, first[table]) {
				t.Errorf("the second time changed %s", table)
			}
		}
	})
}

var bank = []string{"institution", "create", "--slug", "bank", "--name", "Bank of Tests"}

func TestInstitutionCreate(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		counted := func(want int) {
			t.Helper()
			rows := dump(t, url)
			if len(rows["institutions"]) != want || len(rows["sms_providers"]) != want {
				t.Errorf("%d institutions and %d accounts, want %d", len(rows["institutions"]), len(rows["sms_providers"]), want)
			}
		}
		says := func(code int, want string, args ...string) {
			t.Helper()
			if said := fails(t, code, args...); !strings.Contains(said, want) || strings.Contains(said, "madeuptokenofatest") || strings.Contains(said, hidden) {
				t.Errorf("%q, want %q and no token", said, want)
			}
		}
		// What is wrong with the account leaves no institution behind.
		for setting, value := range map[string]string{
			"TWILIO_ACCOUNT_SID": "AC0", "TWILIO_AUTH_TOKEN": hidden + "!", "TWILIO_FROM": "202-555-0190",
		} {
			t.Run(setting, func(t *testing.T) {
				t.Setenv(setting, value)
				says(exitSettings, "", bank...)
				t.Setenv(setting, "")
				says(exitSettings, "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM", bank...)
			})
		}
		says(exitSettings, "slug", "institution", "create", "--slug", "B!", "--name", "Bank of Tests")
		says(exitSettings, "name", "institution", "create", "--slug", "bank", "--name", "1234567")
		says(exitSettings, "--name", "institution", "create", "--slug", "bank")
		if rows := dump(t, url); len(rows["institutions"])+len(rows["sms_providers"]) != 0 {
			t.Fatalf("half an institution: %+v", rows["institutions"])
		}

		made := succeeds(t, "", bank...)
		if !strings.Contains(made, "Made Bank of Tests (ins_") || !strings.Contains(made, "staff create --institution bank") {
			t.Error(made)
		}
		counted(1)
		says(exitFailed, "institution is there already", bank...)
		says(exitFailed, "account is there already", "institution", "create", "--slug", "other", "--name", "Other Bank")
		counted(1)
		for table, rows := range dump(t, url) {
			if strings.Contains(strings.Join(rows, ""), "madeuptokenofatest") {
				t.Errorf("the token lies open in %s", table)
			}
		}
	})
}

func TestStaffCreate(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		succeeds(t, "", bank...)
		staff := func(more ...string) []string {
			args := []string{"staff", "create", "--institution", "bank", "--email", "bo@bank.example", "--first-name", "Bo", "--last-name", "Agent", "--phone", "+12025550182"}
			return append(args, more...)
		}
		for want, args := range map[string][]string{
			"FLY is not a permission: the permissions are [VIEW_USERS": staff("--permission", "FLY"),
			"email address":              staff("--email", "bo"),
			"phone number":               staff("--phone", "12"),
			"country code":               staff("--phone", "555-0182"),
			"12 to 200 characters":       staff("--password-stdin"),
			"missing flags: --last-name": {"staff", "create", "--institution", "bank", "--email", "bo@bank.example", "--first-name", "Bo", "--phone", "+12025550182"},
		} {
			if said := fails(t, exitSettings, args...); !strings.Contains(said, want) {
				t.Errorf("%q, want %q", said, want)
			}
		}
		if said := fails(t, exitFailed, staff("--institution", "nowhere")...); !strings.Contains(said, "no such institution") {
			t.Error(said)
		}
		if r := command(t, "short "+hidden[:4], staff("--password-stdin")...); r.code != exitSettings || strings.Contains(r.err+r.out, hidden[:4]) {
			t.Errorf("%+v", r)
		}
		if rows := dump(t, url); len(rows["users"])+len(rows["devices"])+len(rows["roles"]) != 0 {
			t.Fatalf("half a user: %q", rows["users"])
		}

		made := succeeds(t, "", staff("--permission", "VIEW_USERS", "--permission", "UPDATE_NUMBER_TYPE")...)
		_, shown, _ := strings.Cut(strings.TrimSpace(made), "shown this once: ")
		if !strings.HasPrefix(made, "Made bo@bank.example (usr_") || len(shown) < 20 {
			t.Error(made)
		}
		rows := dump(t, url)
		if len(rows["users"]) != 1 || len(rows["devices"]) != 1 || len(rows["roles"]) != 1 || strings.Contains(strings.Join(rows["users"], ""), shown) {
			t.Errorf("%q", rows["users"])
		}
		for _, want := range []string{"kind=STAFF\n", "status=ACTIVE\n", "admin_level="} {
			if !strings.Contains(rows["users"][0], want) {
				t.Errorf("%s is missing in %s", want, rows["users"][0])
			}
		}
		if want := "permissions=VIEW_USERS,UPDATE_NUMBER_TYPE\n"; !strings.Contains(rows["roles"][0], want) {
			t.Error(rows["roles"][0])
		}
		if said := fails(t, exitFailed, staff()...); !strings.Contains(said, "Bank of Tests has a user bo@bank.example already") {
			t.Error(said)
		}
		if again := dump(t, url); !maps.EqualFunc(rows, again, slices.Equal) {
			t.Error("the refusal changed something")
		}
	})
}

// TestStaffCreate_Phone looks the number up at a Twilio that says it gets no
// codes. Nothing is made.
func TestStaffCreate_Phone(t *testing.T) {
	for name, url := range databases(t) {
		t.Run(name, func(t *testing.T) {
			phones := serve(t, []string{"FACTORDESK_ENVIRONMENT=development", "DATABASE_URL=" + sqlite(t)})
			setenv(t, map[string]string{
				"FACTORDESK_ENVIRONMENT": "development", "DATABASE_URL": url, "FACTORDESK_SANDBOX_ADDR": strings.TrimPrefix(phones.Sandbox, "http://"),
			})
			succeeds(t, "", "migrate", "up")
			succeeds(t, "", bank...)
			staff := []string{"staff", "create", "--institution", "bank", "--admin", "--email", "ann@bank.example", "--first-name", "Ann", "--last-name", "Boss", "--phone", "+12025550181"}
			phones.order(http.MethodPut, "phones/+12025550181", `{"lineType": "tollFree"}`)

			if said := fails(t, exitSettings, staff...); !strings.Contains(said, "--phone: This kind of number (tollFree) cannot get codes.") {
				t.Error(said)
			}

			rows := dump(t, url)
			if n := len(rows["users"]) + len(rows["roles"]) + len(rows["user_roles"]) + len(rows["devices"]) + len(rows["user_terms"]); n != 0 {
				t.Errorf("half a user: %q", rows["users"])
			}
			phones.order(http.MethodPut, "phones/+12025550181", `{"lineType": "mobile"}`)
			succeeds(t, "", staff...)
		})
	}
}

// TestServe_FirstStaff signs in with the password that staff create printed, in
// development, where a sandbox is Twilio for every institution, and chooses another;
// then with the one that staff first-password printed, by a phone that she got in place
// of a lost one.
func TestServe_FirstStaff(t *testing.T) {
	t.Parallel()
	settings := []string{"FACTORDESK_ENVIRONMENT=development", "DATABASE_URL=" + sqlite(t), "FACTORDESK_SANDBOX_ADDR=127.0.0.1:0"}
	if made := program(t, settings, "", "migrate", "up"); made.code != exitOK {
		t.Fatalf("%+v", made)
	}
	if made := program(t, settings, "", bank...); made.code != exitOK {
		t.Fatalf("%+v", made)
	}
	made := program(t, settings, "", "staff", "create", "--institution", "bank", "--admin",
		"--email", "ann@bank.example", "--first-name", "Ann", "--last-name", "Boss", "--phone", "+12025550181")
	_, shown, ok := strings.Cut(strings.TrimSpace(made.out), "shown this once: ")
	if made.code != exitOK || !ok {
		t.Fatalf("%+v", made)
	}
	p := serve(t, settings)
	ann := p.browser()
	asked := ann.password("bank", "ann@bank.example", shown)
	heard := p.listen("+12025550181")
	ann.code(asked)
	if who := ann.enter(asked, heard()); who.User.Email != "ann@bank.example" || len(who.Permissions) != 0 {
		t.Errorf("%+v", who)
	}
	var chosen struct {
		ChangePassword struct {
			Viewer struct{ Permissions []string }
		}
	}
	ann.ask(&chosen, `mutation($current: String!, $new: String!) { changePassword(input: {currentPassword: $current, newPassword: $new}) { viewer { permissions } } }`,
		map[string]any{"current": shown, "new": staffPassword})
	if n := len(chosen.ChangePassword.Viewer.Permissions); n != 10 {
		t.Errorf("%d permissions by a password of one's own", n)
	}

	given := program(t, settings, "", "staff", "first-password", "--institution", "bank", "--email", "ann@bank.example")
	_, again, ok := strings.Cut(strings.TrimSpace(given.out), "shown this once: ")
	if given.code != exitOK || !ok || again == shown {
		t.Fatalf("%+v", given)
	}
	if _, a := ann.post(`mutation { endOtherSessions { endedSessions } }`, nil); a.refused()["endOtherSessions"] != "UNAUTHENTICATED" {
		t.Errorf("the session before goes on: %+v", a)
	}
	// Her phone is lost, and nobody else is there to help.
	settings[2] = "FACTORDESK_SANDBOX_ADDR=" + strings.TrimPrefix(p.Sandbox, "http://")
	if reset := program(t, settings, "", "staff", "reset-factors", "--institution", "bank", "--email", "ann@bank.example", "--phone", "+12025550199", "--reason", "Lost"); reset.code != exitOK {
		t.Fatalf("%+v", reset)
	}
	bob := p.browser()
	asked = bob.password("bank", "ann@bank.example", again)
	heard = p.listen("+12025550199")
	bob.code(asked)
	if who := bob.enter(asked, heard()); who.User.Email != "ann@bank.example" {
		t.Errorf("%+v", who)
	}
}
