package main

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestServe_Day is the day of a support agent, over HTTP, against the program
// that `make run` runs.
func TestServe_Day(t *testing.T) {
	for name, url := range databases(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &day{process: serve(t, []string{"DATABASE_URL=" + url, "FACTORDESK_LOG_LEVEL=debug"}, "--demo")}
			d.run(t)
			d.goesWrong()
			d.losesPatience()
			d.forgesReports(url)
			d.ownDevices(url)
			d.drivesTheRest()
			d.droveEverything(t)
			letters := mailbox(d.Dir + "/var/mail")
			eventually(t, "told by mail", func() bool { return len(letters.read(t)) >= 2 })
			d.enoughWasThere(t, d.leaksNothing(t, url, letters))
		})
	}
}

// day is what the steps hand on.
type day struct {
	*process
	agent           *client
	phoneID, abroad string
}

func (d *day) run(t *testing.T) {
	var who viewer
	d.agent, who = d.signIn("harbor", "agent@harbor.example", "+12025550182")
	want := []string{"GENERATE_LOCKOUT_CODES", "RESET_TWO_FACTOR_DEVICE", "UPDATE_NUMBER_TYPE", "VIEW_NOTIFICATION_HISTORY", "VIEW_USERS"}
	if who.User.Email != "agent@harbor.example" || !slices.Equal(sorted(who.Permissions), want) {
		t.Errorf("%+v", who)
	}
	d.phoneID = d.findsOutWhy()
	d.switchesToCalls()
	d.customerHearsTheCode()
	d.abroad = d.makesCodes()
	d.readsHistory()
	d.colleagueIsRefused()
}

// message is a text in a history.
type message struct {
	SID, Status, Body, From, To, Kind string
	Error                             *struct {
		Code                       int
		Title, Explanation, Remedy string
		WhoCanFix                  []string
	}
}

type history struct {
	Stale    bool
	Messages struct{ Nodes []message }
}

const historyFields = `{ stale messages { nodes { sid status body from to kind error { code title explanation remedy whoCanFix } } } }`

func (d day) findsOutWhy() (phoneID string) {
	var got struct {
		Users struct {
			Nodes []struct {
				ID, Email           string
				Devices             []struct{ ID, PhoneNumber, DetectedNumberType, NumberType, CommunicationMethod string }
				NotificationHistory history
			}
		}
	}
	d.agent.ask(&got, `{ users(search: "landline@customer.example") { nodes { id email
		devices { id ... on PhoneDevice { phoneNumber detectedNumberType numberType communicationMethod } }
		notificationHistory `+historyFields+` } } }`, nil)
	if len(got.Users.Nodes) != 1 || got.Users.Nodes[0].Email != "landline@customer.example" || len(got.Users.Nodes[0].Devices) != 1 {
		d.t.Fatalf("%+v", got)
	}
	found := got.Users.Nodes[0]
	phone := found.Devices[0]
	if phone.PhoneNumber != "+12025550102" || phone.DetectedNumberType != "MOBILE" || phone.NumberType != "MOBILE" || phone.CommunicationMethod != "TEXT" {
		d.t.Errorf("%+v", phone)
	}
	texts := found.NotificationHistory
	if texts.Stale || len(texts.Messages.Nodes) == 0 {
		d.t.Errorf("%+v", texts)
	}
	for _, m := range texts.Messages.Nodes {
		if m.Status != "UNDELIVERED" || m.Error == nil || m.Error.Code != 30006 || m.SID == "" {
			d.t.Errorf("%+v", m)
			continue
		}
		for _, words := range []string{m.Error.Title, m.Error.Explanation, m.Error.Remedy} {
			if words == "" {
				d.t.Errorf("nothing to read out: %+v", m.Error)
			}
		}
		if !slices.Contains(m.Error.WhoCanFix, "STAFF") {
			d.t.Errorf("staff can switch the number to calls, and %v don't know it", m.Error.WhoCanFix)
		}
	}
	return phone.ID
}

const switchNumber = `mutation($device: ID!) {
	updateDeviceNumberType(input: {deviceId: $device, numberType: LANDLINE, reason: "Texts end in 30006"}) {
		device { ... on PhoneDevice { numberType detectedNumberType communicationMethod numberTypeOverride { numberType reason by { email } at } } }
	}
}`

func (d day) switchesToCalls() {
	var got struct {
		UpdateDeviceNumberType struct {
			Device struct {
				NumberType, DetectedNumberType, CommunicationMethod string
				NumberTypeOverride                                  struct {
					NumberType, Reason, At string
					By                     struct{ Email string }
				}
			}
		}
	}
	d.agent.ask(&got, switchNumber, vars{"device": d.phoneID})
	phone := got.UpdateDeviceNumberType.Device
	if phone.NumberType != "LANDLINE" || phone.DetectedNumberType != "MOBILE" || phone.CommunicationMethod != "CALL" {
		d.t.Errorf("%+v", phone)
	}
	by := phone.NumberTypeOverride
	if by.NumberType != "LANDLINE" || by.Reason != "Texts end in 30006" || by.By.Email != "agent@harbor.example" || by.At == "" {
		d.t.Errorf("%+v", by)
	}
}

func (d day) customerHearsTheCode() {
	before := d.phone("+12025550102")
	customer := d.browser()
	asked := customer.password("harbor", "landline@customer.example", password)
	if o := asked.Options[0]; o.Kind != "VOICE" || strings.Contains(o.Label, "+12025550102") {
		d.t.Errorf("%+v", o)
	}
	heard := d.listen("+12025550102")
	customer.code(asked)
	who := customer.enter(asked, heard())
	if who.User.Email != "landline@customer.example" || len(who.Permissions) != 0 {
		d.t.Errorf("%+v", who)
	}
	now := d.phone("+12025550102")
	if len(now.Calls) != len(before.Calls)+1 || len(now.Messages) != len(before.Messages) {
		d.t.Errorf("%d calls and %d texts, want one call more than %d and %d texts", len(now.Calls), len(now.Messages), len(before.Calls), len(before.Messages))
	}
	if said := now.Calls[0].Said; !strings.HasPrefix(said, "Harbor Credit Union") {
		d.t.Errorf("the call does not say first who calls: %q", said)
	}
}

const (
	prepareCodes = `mutation($user: ID!, $purpose: BackupCodePurpose = LOCKOUT) {
		prepareBackupCodes(input: {userId: $user, purpose: $purpose, identityCheck: CALL_BACK, reason: "Enrols from abroad"}) {
			confirmation { token warning voidsCodes } } }`
	generateCodes = `mutation($token: String!) {
		generateBackupCodes(input: {confirmationToken: $token, handover: PHONE_CALL}) {
			codes instructions user { id email backupCodes { total remaining codes { status } } } } }`
)

// prepared is the answer to prepareCodes.
type prepared struct {
	PrepareBackupCodes struct {
		Confirmation struct {
			Token, Warning string
			VoidsCodes     int
		}
	}
}

// generated is the answer to generateCodes.
type generated struct {
	GenerateBackupCodes struct {
		Codes        []string
		Instructions string
		User         struct {
			ID, Email   string
			BackupCodes struct{ Total, Remaining int }
		}
	}
}

// userID finds a user by email.
func (c *client) userID(email string) string {
	c.t.Helper()
	var found struct {
		Users struct{ Nodes []struct{ ID string } }
	}
	c.ask(&found, `query($search: String!) { users(search: $search) { nodes { id } } }`, vars{"search": email})
	if len(found.Users.Nodes) != 1 {
		c.t.Fatalf("%d users are called %s", len(found.Users.Nodes), email)
	}
	return found.Users.Nodes[0].ID
}

func (d day) makesCodes() (userID string) {
	userID = d.agent.userID("abroad@customer.example")
	var asked prepared
	d.agent.ask(&asked, prepareCodes, vars{"user": userID, "purpose": "ENROLLMENT"})
	confirmation := asked.PrepareBackupCodes.Confirmation
	if confirmation.Token == "" || confirmation.Warning == "" || confirmation.VoidsCodes != 0 {
		d.t.Errorf("%+v", confirmation)
	}
	var made generated
	d.agent.ask(&made, generateCodes, vars{"token": confirmation.Token})
	got := made.GenerateBackupCodes
	form := regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){2}$`)
	d.typed.add("confirmation token", confirmation.Token)
	d.typed.add("backup code", got.Codes...)
	different := map[string]bool{}
	for _, code := range got.Codes {
		different[code] = form.MatchString(code)
	}
	if len(different) != 10 || slices.Contains(slices.Collect(maps.Values(different)), false) {
		d.t.Errorf("%q", got.Codes)
	}
	if got.User.Email != "abroad@customer.example" || got.User.BackupCodes.Total != 10 || got.User.BackupCodes.Remaining != 10 || got.Instructions == "" {
		d.t.Errorf("%+v", got.User)
	}
	if _, again := d.agent.post(generateCodes, vars{"token": confirmation.Token}); !maps.Equal(again.refused(), map[string]string{"generateBackupCodes": "CONFLICT"}) {
		d.t.Errorf("the token worked twice: %+v", again.refused())
	}
	return userID
}

func (d day) readsHistory() {
	var got struct{ NotificationHistory history }
	d.agent.ask(&got, `{ notificationHistory(phoneNumber: "+12025550101") `+historyFields+` }`, nil)
	texts := got.NotificationHistory.Messages.Nodes
	codes, delivered := 0, 0
	for _, m := range texts {
		if regexp.MustCompile(`\d{6}`).MatchString(m.Body) {
			d.t.Errorf("a code shows: %q", m.Body)
		}
		if m.Kind == "VERIFICATION_CODE" {
			codes++
		}
		if m.Status == "DELIVERED" {
			delivered++
		}
		if (m.Error != nil) != (m.Status == "FAILED" || m.Status == "UNDELIVERED" || m.Status == "DELIVERY_UNKNOWN") {
			d.t.Errorf("%+v", m)
		}
	}
	if len(texts) < 8 || codes == 0 || codes == len(texts) || delivered*2 <= len(texts) || got.NotificationHistory.Stale {
		d.t.Errorf("%d texts, %d with codes, %d delivered", len(texts), codes, delivered)
	}
}

func (d day) colleagueIsRefused() {
	colleague, who := d.signIn("harbor", "viewer@harbor.example", "+12025550183")
	if !slices.Equal(who.Permissions, []string{"VIEW_USERS"}) {
		d.t.Errorf("%+v", who)
	}
	_, a := colleague.post(`{
		users(search: "landline@customer.example") { nodes { email devices { id } notificationHistory { stale }
			viewerCan { generateBackupCodes { allowed reason } updateDeviceNumberType { allowed } notificationHistory { allowed } } } }
		notificationHistory(phoneNumber: "+12025550101") { stale }
		viewer { user { email } }
	}`, nil)
	if want := map[string]string{"users.nodes.0.notificationHistory": "FORBIDDEN", "notificationHistory": "FORBIDDEN"}; !maps.Equal(a.refused(), want) {
		d.t.Errorf("%+v", a.Errors)
	}
	var got struct {
		Users struct {
			Nodes []struct {
				Email               string
				Devices             []struct{ ID string }
				NotificationHistory *history
				ViewerCan           map[string]struct{ Allowed bool }
			}
		}
		NotificationHistory *history
		Viewer              viewer
	}
	read(d.t, a.Data, &got)
	if len(got.Users.Nodes) != 1 || len(got.Users.Nodes[0].Devices) != 1 || got.NotificationHistory != nil || got.Users.Nodes[0].NotificationHistory != nil ||
		got.Viewer.User.Email != "viewer@harbor.example" {
		d.t.Fatalf("the rest of the answer fell, or too much stands: %s", a.Data)
	}
	for act, may := range got.Users.Nodes[0].ViewerCan {
		if may.Allowed {
			d.t.Errorf("the viewer may %s", act)
		}
	}
	_, a = colleague.post(`mutation($user: ID!, $device: ID!) {
		updateDeviceNumberType(input: {deviceId: $device, numberType: MOBILE, reason: "no"}) { device { id } }
		clearDeviceNumberType(input: {deviceId: $device, reason: "no"}) { device { id } }
		prepareBackupCodes(input: {userId: $user, purpose: LOCKOUT, identityCheck: IN_PERSON, reason: "no"}) { confirmation { token } }
		generateBackupCodes(input: {confirmationToken: "guessed", handover: IN_PERSON}) { codes }
		revokeBackupCodes(input: {userId: $user, reason: "no"}) { voidedCodes }
		startStepUp { challenge { step } }
	}`, vars{"user": d.abroad, "device": d.phoneID})
	for _, act := range []string{"updateDeviceNumberType", "clearDeviceNumberType", "prepareBackupCodes", "generateBackupCodes", "revokeBackupCodes"} {
		if a.refused()[act] != "FORBIDDEN" {
			d.t.Errorf("%s: %q, want FORBIDDEN", act, a.refused()[act])
		}
	}
	if !strings.Contains(string(a.Data), `"startStepUp":{"challenge":{"step":"STEP_UP"}}`) {
		d.t.Errorf("the rest of the answer fell: %s", a.Data)
	}
}
