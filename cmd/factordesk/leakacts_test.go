package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/demo"
)

// mark is what people type where it does not belong, hard to write and easy to
// find.
const mark = `s3cret "märk"/7Q4Z+&<x>`

// outcomes are how the operations of the API have been answered.
type outcomes struct{ succeeded, failed map[string]bool }

func (o *outcomes) note(a answer) {
	if o.succeeded == nil {
		o.succeeded, o.failed = map[string]bool{}, map[string]bool{}
	}
	var data map[string]json.RawMessage
	_ = json.Unmarshal(a.Data, &data) // there may be none
	for field, value := range data {
		o.succeeded[field] = o.succeeded[field] || string(value) != "null"
	}
	for _, e := range a.Errors {
		if len(e.Path) == 1 {
			o.failed[fmt.Sprint(e.Path[0])] = true
		}
	}
}

// drivesTheRest does what the day left out, so that every operation has been
// done.
func (d day) drivesTheRest() {
	const reason = "Reason-7Q4Z of staff"
	d.typed.add("reason", reason)
	admin, _ := d.signIn("harbor", "admin@harbor.example", "+12025550181")
	admin.ask(&struct{}{}, `query($id: ID!) { user(id: $id) { email } node(id: $id) { id } }`, vars{"id": d.abroad})
	admin.ask(&struct{}{}, `{ auditLog(first: 100) { nodes { action details { name value } address } } }`, nil)
	admin.ask(&struct{}{}, `mutation($device: ID!, $reason: String!) {
		clearDeviceNumberType(input: {deviceId: $device, reason: $reason}) { device { id } }
		updateDeviceNumberType(input: {deviceId: $device, numberType: VOIP, reason: $reason}) { device { id } } }`, vars{"device": d.phoneID, "reason": reason})
	mobile := admin.userID("mobile@customer.example") // who is told by text
	var asked prepared
	admin.ask(&asked, `mutation($user: ID!, $reason: String!) {
		prepareBackupCodes(input: {userId: $user, purpose: LOCKOUT, identityCheck: IN_PERSON, reason: $reason}) { confirmation { token } } }`, vars{"user": mobile, "reason": reason})
	var made generated
	admin.ask(&made, generateCodes, vars{"token": asked.PrepareBackupCodes.Confirmation.Token})
	d.typed.add("confirmation token", asked.PrepareBackupCodes.Confirmation.Token)
	d.typed.add("backup code", made.GenerateBackupCodes.Codes...)
	lockedOut := d.browser()
	asking := lockedOut.password("harbor", "mobile@customer.example", password)
	lockedOut.ask(&struct{}{}, `mutation($challenge: ID!, $code: String!) {
		verifyCode(input: {challengeId: $challenge, optionId: "BACKUP_CODE", code: $code}) { viewer { signedInWithBackupCode } } }`,
		vars{"challenge": asking.ID, "code": made.GenerateBackupCodes.Codes[0]})
	lockedOut.ask(&struct{}{}, `{ signInPage(institution: "harbor") { name supportPhone } }`, nil)
	lockedOut.ask(&struct{}{}, `query($id: ID!) { challenge(id: $id) { options { label sentAt } } }`, vars{"id": lockedOut.password("harbor", "mobile@customer.example", password).ID})
	lockedOut.ask(&struct{}{}, `mutation { changeLanguage(input: {language: EN}) { viewer { user { language } } } }`, nil)
	d.bindsAnApp(lockedOut)
	admin.ask(&struct{}{}, `mutation($user: ID!) { revokeBackupCodes(input: {userId: $user, reason: "lost"}) { voidedCodes } }`, vars{"user": mobile})
	d.pauses("mobile@customer.example")
	admin.ask(&struct{}{}, `mutation($user: ID!, $reason: String!) { liftPause(input: {userId: $user, reason: $reason}) { user { id devices { pausedUntil } } } }`, vars{"user": mobile, "reason": reason})
	d.isDone(admin, `mutation($device: ID!) { sendTestCode(input: {deviceId: $device}) { attempt { id to outcome events { kind } } } }`, vars{"device": d.phoneID})
	admin.ask(&struct{}{}, `query($user: ID!) { user(id: $user) { codeTimeline { nodes { to outcome error { title } events { kind detail } } } } }`, vars{"user": mobile})
	admin.ask(&struct{}{}, `mutation($device: ID!, $reason: String!) { resetDevice(input: {deviceId: $device, reason: $reason}) { removedDeviceId user { id } } }`, vars{"device": d.phoneID, "reason": reason})
	d.enrols()
	d.bindsAnApp(admin)
	admin.ask(&struct{}{}, `{ institution { name voipRisk { by at } supportPhone } }`, nil)
	d.typed.add("support number", supportNumber)
	admin.ask(&struct{}{}, `mutation($number: PhoneNumber!) { updateInstitution(input: {supportPhone: $number, highRiskActsPerHour: 1000}) { institution { version } } }`, vars{"number": supportNumber})
	d.saysNotMe("mobile@customer.example")
	var suspended struct {
		User struct {
			Devices []struct{ ID, SuspendedAt string }
		}
	}
	admin.ask(&suspended, `query($user: ID!) { user(id: $user) { devices { id suspendedAt suspensionReason } } }`, vars{"user": mobile})
	for _, found := range suspended.User.Devices {
		if found.SuspendedAt != "" {
			admin.ask(&struct{}{}, `mutation($device: ID!, $reason: String!) {
				restoreDevice(input: {deviceId: $device, reason: $reason}) { device { id suspendedAt } user { id } } }`, vars{"device": found.ID, "reason": reason})
		}
	}
	admin.ask(&struct{}{}, `mutation($user: ID!, $reason: String!) { unfreezeUser(input: {userId: $user, reason: $reason}) { user { status } } }`, vars{"user": mobile, "reason": reason})
	d.doesJobs(admin)
	d.keepsProviders(admin)
	d.keepsStaff(admin, reason)
	d.invites(admin)
	leaver := vars{"user": admin.userID("viewer@harbor.example"), "reason": reason}
	admin.ask(&struct{}{}, `mutation($user: ID!, $reason: String!) { disableUser(input: {userId: $user, reason: $reason}) { user { disabledAt } } }`, leaver)
	admin.ask(&struct{}{}, `mutation($user: ID!, $reason: String!) { enableUser(input: {userId: $user, reason: $reason}) { user { disabledAt } } }`, leaver)
	admin.ask(&struct{}{}, `mutation($user: ID!, $reason: String!) {
		endUserSessions(input: {userId: $user, reason: $reason}) { user { lastSignedInAt sessions { device address } } } }`, vars{"user": mobile, "reason": reason})
	admin.ask(&struct{}{}, `mutation($user: ID!, $reason: String!) { closeUser(input: {userId: $user, reason: $reason}) { user { status } } }`,
		vars{"user": admin.userID("customer12@customer.example"), "reason": reason})
	watched := admin.subscribe(watchTexts, vars{"user": admin.userID("customer13@customer.example")})
	codes := admin.subscribe(`subscription($user: ID!) { codeAttemptUpdated(userId: $user) { id to outcome error { title } events { kind detail } } }`,
		vars{"user": admin.userID("customer13@customer.example")})
	d.texts("customer13@customer.example")
	if a, ok := codes.next(); !ok || len(a.Errors) > 0 {
		d.t.Errorf("a code is not told of: %+v", a)
	}
	if a, ok := watched.next(); !ok || len(a.Errors) > 0 {
		d.t.Errorf("a text is not told of: %+v", a)
	}
	d.marks(admin)
	admin.ask(&struct{}{}, `mutation { signOut { signedOut } }`, nil)
	d.marks(d.browser())
	var mine struct {
		Viewer struct{ Sessions []struct{ ID string } }
	}
	const changed = "kettle-moss-7Q4Z"
	d.typed.add("password", changed)
	d.agent.ask(&struct{}{}, `mutation($current: String!, $new: String!) {
		changePassword(input: {currentPassword: $current, newPassword: $new}) { viewer { permissions } } }`, vars{"current": password, "new": changed})
	d.forgets("customer09@customer.example", "+13125550109")
	d.agent.ask(&mine, `{ viewer { sessions { id device address } } }`, nil)
	d.agent.ask(&struct{}{}, `mutation($session: ID!) { endSession(input: {sessionId: $session}) { endedSessionId } }`, vars{"session": mine.Viewer.Sessions[0].ID})
}

// doesJobs does again what Twilio turned away, and gives it up.
func (d day) doesJobs(admin *client) {
	d.order(http.MethodPost, "faults", `{"path": "/2010-04-01/", "status": 401}`)
	var asked prepared
	admin.ask(&asked, `mutation($user: ID!) {
		prepareBackupCodes(input: {userId: $user, purpose: LOCKOUT, identityCheck: IN_PERSON, reason: "lost"}) { confirmation { token } } }`,
		vars{"user": admin.userID("landline@customer.example")})
	var made generated
	admin.ask(&made, generateCodes, vars{"token": asked.PrepareBackupCodes.Confirmation.Token})
	d.typed.add("confirmation token", asked.PrepareBackupCodes.Confirmation.Token)
	d.typed.add("backup code", made.GenerateBackupCodes.Codes...)
	var list struct {
		Institution struct {
			Jobs struct {
				Nodes []struct {
					ID, Queue string
					Attempts  int
					User      struct{ Email string }
				}
			}
		}
	}
	job := vars{}
	eventually(d.t, "a text that waits", func() bool {
		admin.ask(&list, `{ institution { jobs { nodes { id kind queue user { email } state attempts reason } } } }`, nil)
		for _, j := range list.Institution.Jobs.Nodes {
			if j.Queue == "PHONE" && j.Attempts > 0 && j.User.Email == "landline@customer.example" { // another is on its way
				job["job"] = j.ID
			}
		}
		return len(job) > 0
	})
	admin.ask(&struct{}{}, `mutation($job: ID!) { dropJob(input: {jobId: $job, reason: "Reason-7Q4Z of staff"}) { job { id } } }`, job)
	admin.ask(&struct{}{}, `mutation($job: ID!) { retryJob(input: {jobId: $job, reason: "Reason-7Q4Z of staff"}) { job { id } } }`, job)
	d.order(http.MethodDelete, "faults", "")
}

// keepsProviders changes and checks the account at Twilio, is refused what Twilio turns
// away, and takes the account away and adds it again.
func (d day) keepsProviders(admin *client) {
	const token, key = "madeUp7Q4ZToken", "madeUp7Q4ZSecret"
	d.typed.add("provider token", token)
	d.typed.add("API key", key)
	var list struct {
		Institution struct{ SMSProviders []struct{ ID string } }
	}
	admin.ask(&list, `{ institution { smsProviders { id accountSid tokenLastFour health { status } } } }`, nil)
	which := vars{"id": list.Institution.SMSProviders[0].ID, "token": token, "key": key, "keySid": "SK00000000000000000000000000007a4c"}
	for _, document := range []string{
		`mutation($id: ID!, $token: String!) { saveSmsProvider(input: {providerId: $id, authToken: $token}) { provider { id } } }`,
		`mutation($id: ID!, $keySid: String!, $key: String!) { saveSmsProvider(input: {providerId: $id, apiKeySid: $keySid, apiKeySecret: $key}) { provider { id } } }`,
		`mutation($id: ID!) { removeSmsProvider(input: {providerId: $id, reason: "Reason-7Q4Z of staff"}) { provider { id } } }`,
	} {
		if _, a := admin.post(document, which); len(a.Errors) == 0 {
			d.t.Errorf("%s was done", document)
		}
	}
	admin.ask(&struct{}{}, `mutation($id: ID!) { saveSmsProvider(input: {providerId: $id, priority: 2}) { provider { version } } }`, which)
	admin.ask(&struct{}{}, `mutation($id: ID!) { checkSmsProvider(input: {providerId: $id}) { provider { health { status } } } }`, which)
	if _, a := admin.post(`mutation($id: ID!) { sendProviderTest(input: {providerId: $id, deviceId: "dev_none"}) { accepted } }`, which); len(a.Errors) == 0 {
		d.t.Error("a test went to no phone")
	}
	d.textsItself(admin, which)
	admin.ask(&struct{}{}, `mutation($id: ID!) { removeSmsProvider(input: {providerId: $id, reason: "Reason-7Q4Z of staff", acceptNoProvider: true}) { provider { id } } }`, which)
	account := demo.Accounts()[0]
	d.typed.add("provider token", account.Token)
	admin.ask(&struct{}{}, `mutation($sid: String!, $token: String!, $sender: String!) {
		saveSmsProvider(input: {accountSid: $sid, authToken: $token, sender: $sender}) { provider { id health { status } } } }`,
		vars{"sid": account.SID, "token": account.Token, "sender": account.From})
}

// textsItself sends a test to the admin's phone, as soon as it may get another text.
func (d day) textsItself(admin *client, which vars) {
	var me struct {
		Viewer struct {
			User struct {
				Devices []struct{ ID, PhoneNumber string }
			}
		}
	}
	admin.ask(&me, `{ viewer { user { devices { id ... on PhoneDevice { phoneNumber } } } } }`, nil)
	for _, own := range me.Viewer.User.Devices {
		if own.PhoneNumber == "+12025550181" {
			which["device"] = own.ID
		}
	}
	d.isDone(admin, `mutation($id: ID!, $device: ID!) { sendProviderTest(input: {providerId: $id, deviceId: $device}) { accepted } }`, which)
}

// isDone does what has to wait until a number may be texted again.
func (d day) isDone(by *client, document string, v vars) {
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Second) {
		_, a := by.post(document, v)
		if len(a.Errors) == 0 {
			return
		}
		if time.Now().After(deadline) {
			d.t.Fatalf("%s was not done: %v", document, a.Errors)
		}
	}
}

// page is where a link in a mail leads, and what it carries.
var page = regexp.MustCompile(`http://\S+/banking/reset-password#(\S+)`)

// notYou is the link in a mail.
var notYou = regexp.MustCompile(`http://\S+/not-you/(\S+)`)

// goesWrong does what makes programs talk: wrong codes, broken requests, and a
// Twilio that refuses, fails and cuts the line.
func (d day) goesWrong() {
	const wrongPassword, wrongCode, wrongToken = "a wrong guess of mine", "918273", "confirm-918273-nothing"
	d.typed.add("wrong password", wrongPassword)
	d.typed.add("wrong code", wrongCode)
	d.typed.add("wrong token", wrongToken)
	c := d.browser()
	for _, document := range []string{
		`mutation { signIn(input: {institution: "harbor", username: "agent@harbor.example", password: "` + wrongPassword + `"}) { challenge { id } } }`,
		`mutation { signIn(input: {institution: "harbor", username: "agent@harbor.example", password: "` + wrongPassword + `", nothing: 1}) { challenge { id } } }`,
		`mutation { verifyCode(input: {challengeId: "` + wrongToken + `", optionId: "` + wrongCode + `", code: "` + wrongCode + `"}) { viewer { permissions } } }`,
		`mutation { verifyCode(input: {challengeId: "` + wrongToken + `", optionId: 1.5, code: ` + wrongCode + `}) { viewer { permissions } } }`,
		`mutation { verifyCode(input: {code: "` + wrongCode + `" `,
	} {
		if _, a := c.post(document, nil); len(a.Errors) == 0 || len(d.typed.leaks("errors", fmt.Sprint(a.Errors))) != 0 {
			d.t.Errorf("%s is answered %+v", document, a.Errors)
		}
	}
	for _, body := range []string{`{"query": "mutation", "variables": {"password": "` + wrongPassword + `"`, `"` + wrongCode + `"`, `[{"query": "` + wrongCode + `"}]`} {
		if status, text := c.send(http.MethodPost, d.API+"/graphql", []byte(body)); status != http.StatusBadRequest || len(d.typed.leaks("errors", string(text))) != 0 {
			d.t.Errorf("%s is answered %d %s", body, status, text)
		}
	}
	c.send(http.MethodGet, d.API+"/graphql?query="+wrongCode+"&password="+wrongToken, nil)
	c.send(http.MethodGet, d.API+"/"+wrongCode, nil)

	if _, a := d.agent.post(generateCodes, vars{"token": wrongToken}); len(a.Errors) == 0 {
		d.t.Error("a guessed token made codes")
	}
	for n, fault := range []string{
		`{"path": "/2010-04-01/", "status": 400, "code": 21610, "times": 1}`,
		`{"path": "/2010-04-01/", "status": 500, "body": "<html>", "times": 1}`,
		`{"path": "/2010-04-01/", "cut": "after", "times": 1}`,
		`{"path": "/2010-04-01/", "status": 401, "code": 20003, "times": 1}`,
		`{"path": "/2010-04-01/", "status": 400, "body": {"status": 400, "code": 21211, "message": "Invalid 'To': +12025550133, (202) 555-0133, 12025550133"}, "times": 1}`,
		`{"path": "/2010-04-01/", "status": 200, "body": {"to": "+12025550133", "sid": 5, "body": "202-555-0133"}, "times": 1}`,
	} {
		asked := c.password("harbor", fmt.Sprintf("customer%02d@customer.example", n+1), password)
		d.order(http.MethodPost, "faults", fault)
		if _, a := c.post(sendCode, vars{"challenge": asked.ID, "option": asked.Options[0].ID}); len(a.Errors) == 0 {
			d.t.Errorf("a Twilio that does %s made no error", fault)
		}
		_, a := c.post(verifyCode, vars{"challenge": asked.ID, "option": asked.Options[0].ID, "code": wrongCode})
		if a.refused()["verifyCode"] != "WRONG_CODE" {
			d.t.Errorf("%+v", a.Errors)
		}
	}
	d.order(http.MethodPost, "faults", `{"path": "/2010-04-01/", "status": 500}`)
	var got struct{ NotificationHistory history }
	d.agent.ask(&got, `{ notificationHistory(phoneNumber: "+12025550103") `+historyFields+` }`, nil)
	if !got.NotificationHistory.Stale {
		d.t.Error("the history of a Twilio that fails is not stale")
	}
	d.order(http.MethodDelete, "faults", "")
}

// losesPatience leaves while Twilio does not answer, and waits until the desk
// does not wait any longer.
func (d day) losesPatience() {
	d.order(http.MethodPost, "faults", `{"path": "/2010-04-01/", "hang": true, "times": 2}`)
	var got struct{ NotificationHistory history }
	d.agent.ask(&got, `{ notificationHistory(phoneNumber: "+12025550111") `+historyFields+` }`, nil)
	if !got.NotificationHistory.Stale {
		d.t.Error("the history of a Twilio that hangs is not stale")
	}
	inFlight := func(n string) func() bool {
		return func() bool {
			_, metrics := d.browser().send(http.MethodGet, d.Ops+"/metrics", nil)
			return strings.Contains(string(metrics), "factordesk_http_requests_in_flight "+n+"\n")
		}
	}
	ctx, leave := context.WithCancel(d.t.Context())
	left := make(chan error, 1)
	go func() {
		left <- d.agent.leaves(ctx, `{"query": "{ notificationHistory(phoneNumber: \"+12025550112\") { stale } }", "variables": {"password": "a cancelled secret"}}`)
	}()
	d.typed.add("password", "a cancelled secret")
	eventually(d.t, "asking", inFlight("1"))
	leave()
	if err := <-left; err == nil {
		d.t.Error("the request that was left was answered")
	}
	eventually(d.t, "over", inFlight("0"))
	d.order(http.MethodDelete, "faults", "")
}

// leaves sends a request that nobody waits for once ctx ends.
func (c *client) leaves(ctx context.Context, body string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.api+"/graphql", strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	for name, value := range c.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := http.DefaultClient.Do(req)
	if err == nil {
		_ = res.Body.Close()
	}
	return err
}

// forgesReports posts to the webhooks as Twilio would, but for the signature.
func (d day) forgesReports(databaseURL string) {
	const forged = "forged-7Q4Z-signature"
	d.typed.add("signature", forged)
	providers := strings.Fields(columns(d.t, databaseURL)["sms_providers.id"])
	for _, provider := range append(providers, "prv_"+mark) {
		for _, kind := range []string{"messages", "calls"} {
			c := d.browser()
			c.header.Set("X-Twilio-Signature", forged)
			c.form = true
			status, _ := c.send(http.MethodPost, d.API+"/webhooks/twilio/"+strings.ReplaceAll(url.PathEscape(provider), "/", "%2F")+"/"+kind+"?attempt="+url.QueryEscape(mark),
				[]byte(url.Values{"AccountSid": {"AC00000000000000000000000000000001"}, "To": {"+12025550112"}, "Body": {"Your code is 564738"}, "MessageStatus": {mark}}.Encode()))
			if status != http.StatusForbidden {
				d.t.Errorf("a forged report is answered %d", status)
			}
		}
	}
	d.typed.add("one-time code", "564738")
}

// keepsStaff makes a role, gives and takes it, and takes the access review out.
func (d day) keepsStaff(admin *client, reason string) {
	var made struct {
		SaveStaffRole struct{ Role struct{ ID string } }
	}
	admin.ask(&made, `mutation($reason: String!) { saveStaffRole(input: {name: "Night desk", permissions: [VIEW_USERS], reason: $reason}) { role { id } } }`, vars{"reason": reason})
	of := vars{"user": admin.userID("viewer@harbor.example"), "role": made.SaveStaffRole.Role.ID, "reason": reason}
	const save = `mutation($user: ID!, $roles: [ID!], $reason: String!) { saveStaff(input: {userId: $user, roleIds: $roles, reason: $reason}) { user { roles { name } staffAccess { permissions factors } } } }`
	admin.ask(&struct{}{}, save, vars{"user": of["user"], "roles": []any{of["role"]}, "reason": reason})
	admin.ask(&struct{}{}, save, vars{"user": of["user"], "roles": []any{}, "reason": reason})
	admin.ask(&struct{}{}, `mutation($role: ID!, $reason: String!) { removeStaffRole(input: {roleId: $role, reason: $reason}) { role { name } } }`, vars{"role": of["role"], "reason": reason})
	admin.ask(&struct{}{}, `{ staffRoles { name } grantableRoles { name } staff { nodes { email } } accessReview { nodes { email grants { permission lastUsedAt } } } }`, nil)
	admin.ask(&struct{}{}, `mutation { exportAccessReview { fileName } }`, nil)
}
