package main

import (
	"slices"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

// enrolling is what a customer who enrols is answered.
type enrolling struct {
	SignIn, VerifyCode struct {
		Challenge struct {
			challenge
			Step string
		}
		Viewer struct {
			User                   struct{ Status string }
			SignedInWithBackupCode bool
			Notices                []struct{ Kind, Message, Link string }
		}
	}
	CompletePreferences struct {
		Viewer struct {
			User    struct{ Status, Language string }
			Notices []struct{ Kind, Message, Link string }
		}
	}
	StartAuthenticator struct {
		Secret string
		Device struct{ ID string }
	}
	Viewer struct{ Notices []struct{ Kind string } }
}

const (
	askPassword = `mutation($email: String!) { signIn(input: {institution: "harbor", username: $email, password: "factordesk-demo"}) {
		challenge { id step options { id kind label } } } }`
	enterCode = `mutation($challenge: ID!, $option: ID!, $code: String!) { verifyCode(input: {challengeId: $challenge, optionId: $option, code: $code}) {
		viewer { user { status } signedInWithBackupCode notices { kind message link } } challenge { id step options { id kind label } } } }`
	finish     = `mutation { completePreferences(input: {language: ES}) { viewer { user { status language } notices { kind message link } } } }`
	startApp   = `mutation { startAuthenticator(input: {label: "My app"}) { secret device { id } } }`
	confirmApp = `mutation($device: ID!, $code: String!) { confirmDevice(input: {deviceId: $device, code: $code}) { device { id } } }`
)

// TestServe_EnrolsFromAbroad enrols a customer whom no code reaches (product
// requirements, part 6), with what goes wrong at each step, until the app signs
// them in.
func TestServe_EnrolsFromAbroad(t *testing.T) {
	for name, url := range demoDatabases(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const email = "abroad@customer.example"
			p := serve(t, []string{"DATABASE_URL=" + url}, "--demo")
			agent, _ := p.signIn("harbor", "agent@harbor.example", "+12025550182")
			codes := agent.codesFor(email)
			others := agent.codesFor("customer01@customer.example")

			var got enrolling
			c := p.browser()
			c.ask(&got, askPassword, vars{"email": email})
			if asked := got.SignIn.Challenge; asked.Step != "EMAIL_VERIFICATION" || len(asked.Options) != 1 || asked.Options[0].Kind != "EMAIL" {
				t.Fatalf("%+v", asked)
			}
			v := vars{"challenge": got.SignIn.Challenge.ID, "option": "EMAIL", "code": "000000"}
			c.wants(enterCode, v, "WRONG_CODE")
			c.wants(enterCode, vars{"challenge": v["challenge"], "option": "BACKUP_CODE", "code": codes[0]}, "INVALID_INPUT") // no skipping
			c.ask(&struct{}{}, sendCode, v)
			v["code"] = p.codeMailedTo(email)
			var other enrolling
			p.browser().ask(&other, askPassword, vars{"email": email})
			c.wants(enterCode, vars{"challenge": other.SignIn.Challenge.ID, "option": "EMAIL", "code": v["code"]}, "WRONG_CODE") // it was for the first
			c.ask(&got, enterCode, v)
			c.wants(enterCode, v, "EXPIRED")
			if next := got.VerifyCode.Challenge; next.Step != "SECOND_FACTOR" || next.by(t, "BACKUP_CODE") != "BACKUP_CODE" {
				t.Fatalf("%+v", next)
			}

			v = vars{"challenge": got.VerifyCode.Challenge.ID, "option": "BACKUP_CODE", "code": others[0]}
			c.wants(enterCode, v, "WRONG_CODE") // another customer's
			v["code"] = codes[0]
			got = enrolling{}
			c.ask(&got, enterCode, v)
			if who := got.VerifyCode.Viewer; who.User.Status != "ENROLLING" || !who.SignedInWithBackupCode || len(who.Notices) != 1 || who.Notices[0].Kind != "COMPLETE_PREFERENCES" {
				t.Fatalf("%+v", who)
			}
			c.wants(startApp, nil, "CONFLICT") // no skipping

			c.ask(&got, finish, nil)
			if who := got.CompletePreferences.Viewer; who.User.Status != "ACTIVE" || who.User.Language != "ES" ||
				len(who.Notices) != 1 || who.Notices[0].Kind != "ADD_AUTHENTICATOR" || who.Notices[0].Link != "/banking/add/app" {
				t.Errorf("%+v", who)
			}
			c.wants(finish, nil, "CONFLICT")

			c.ask(&got, startApp, nil)
			confirm := vars{"device": got.StartAuthenticator.Device.ID, "code": "000000"}
			c.wants(confirmApp, confirm, "WRONG_CODE")
			secret, now := got.StartAuthenticator.Secret, time.Now()
			confirm["code"] = shown(t, secret, now)
			c.ask(&struct{}{}, confirmApp, confirm)
			c.ask(&got, `{ viewer { notices { kind } } }`, nil)
			if len(got.Viewer.Notices) != 0 {
				t.Errorf("reminded of %+v", got.Viewer.Notices)
			}
			c.ask(&struct{}{}, `mutation { signOut { signedOut } }`, nil)

			got = enrolling{}
			c.ask(&got, askPassword, vars{"email": email})
			asked := got.SignIn.Challenge
			kinds := make([]string, len(asked.Options))
			for i, o := range asked.Options {
				kinds[i] = o.Kind
			}
			if asked.Step != "SECOND_FACTOR" || !slices.Equal(kinds, []string{"AUTHENTICATOR_APP", "BACKUP_CODE"}) {
				t.Errorf("%+v", asked)
			}
			app := vars{"challenge": asked.ID, "option": asked.by(t, "AUTHENTICATOR_APP"), "code": confirm["code"]}
			c.wants(enterCode, app, "WRONG_CODE") // spent by binding the app
			app["code"] = shown(t, secret, now.Add(30*time.Second))
			c.ask(&got, enterCode, app)
			if who := got.VerifyCode.Viewer; who.User.Status != "ACTIVE" || who.SignedInWithBackupCode {
				t.Errorf("%+v", who)
			}
		})
	}
}

// wants asks for what must be refused by a code.
func (c *client) wants(document string, v vars, code string) {
	c.t.Helper()
	_, a := c.post(document, v)
	for _, got := range a.refused() {
		if got == code {
			return
		}
	}
	c.t.Errorf("%v, not %s, in answer to %s", a.refused(), code, document)
}

// shown is what an app of a secret shows at a time.
func shown(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}
