package desk_test

import (
	"slices"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

// V are variables.
type V = desktest.V

// onBoth runs a test on a desk of each database.
func onBoth(t *testing.T, test func(t *testing.T, d *desktest.Desk), more ...desktest.Option) {
	for name, database := range desktest.Databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, desktest.New(t, append(slices.Clone(more), database)...))
		})
	}
}

// Documents that many tests send.
const (
	prepare = `mutation($user: ID!, $reason: String = "Lost the phone") {
		prepareBackupCodes(input: {userId: $user, purpose: LOCKOUT, reason: $reason, identityCheck: CALL_BACK}) {
			confirmation { token expiresAt warning voidsCodes } } }`
	generate = `mutation($token: String!) {
		generateBackupCodes(input: {confirmationToken: $token, handover: PHONE_CALL}) { codes expiresAt instructions user { id } } }`
	revoke = `mutation($user: ID!, $reason: String = "Read to the wrong person") {
		revokeBackupCodes(input: {userId: $user, reason: $reason}) { voidedCodes user { id } } }`
	setType = `mutation($device: ID!, $type: NumberType = MOBILE, $reason: String = "Wants texts") {
		updateDeviceNumberType(input: {deviceId: $device, numberType: $type, reason: $reason}) { device { id ...phone } } }` + phoneFacts
	clearType = `mutation($device: ID!, $reason: String = "Set by mistake") {
		clearDeviceNumberType(input: {deviceId: $device, reason: $reason}) { device { id ...phone } } }` + phoneFacts
	reset = `mutation($lost: ID!, $reason: String = "Lost it") {
		resetDevice(input: {deviceId: $lost, reason: $reason}) { removedDeviceId user { id devices { id } } } }`
	restore = `mutation($suspended: ID!, $reason: String = "It is hers") {
		restoreDevice(input: {deviceId: $suspended, reason: $reason}) { device { id suspendedAt suspensionReason } user { id } } }`
	lift = `mutation($user: ID!, $reason: String = "Typed the wrong app's codes") {
		liftPause(input: {userId: $user, reason: $reason}) { user { id devices { id pausedUntil } } } }`
	unfreeze = `mutation($frozen: ID!, $reason: String = "Spoke to her") {
		unfreezeUser(input: {userId: $frozen, reason: $reason}) { user { id status } } }`
	disableUser = `mutation($leaver: ID!, $reason: String = "Left us") {
		disableUser(input: {userId: $leaver, reason: $reason}) { user { id disabledAt } } }`
	enableUser = `mutation($disabled: ID!, $reason: String = "Came back") {
		enableUser(input: {userId: $disabled, reason: $reason}) { user { id disabledAt } } }`
	closeUser = `mutation($closing: ID!, $reason: String = "Moved away") {
		closeUser(input: {userId: $closing, reason: $reason}) { user { id status } } }`
	endUserSessions = `mutation($closing: ID!, $reason: String = "Lost a laptop") {
		endUserSessions(input: {userId: $closing, reason: $reason}) { user { id sessions { id } } } }`
	phoneFacts = ` fragment phone on PhoneDevice {
		phoneNumber numberType detectedNumberType communicationMethod numberTypeOverride { numberType reason at by { id } } }`
	profile = `query($user: ID!) { user(id: $user) {
		id email devices { id label ...phone } backupCodes { total remaining purpose codes { status usedAt } } } }` + phoneFacts
)
