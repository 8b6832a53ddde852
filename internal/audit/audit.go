// Package audit keeps the record of who did what: every act of staff, done or
// refused, every look into a history, every sign-in. It is append-only, and a
// change to it shows.
//
// The entries of an institution are numbered without a gap, and each carries a
// MAC under the keyset over itself and the MAC before it:
//
//	entry 1 ── MAC 1 ──> entry 2 ── MAC 2 ──> entry 3 ── MAC 3 = the head
//
// So whoever can write to the database but has no key can't change, add, remove
// or reorder an entry unseen. They could cut entries off at the end: the head is
// logged with every act of very high risk and every five minutes, and a check against
// a logged head finds that, too.
//
// Record appends inside the transaction of the act itself, as the last thing in
// it, so that nobody holds the next number and waits for anything else: what may
// not be done unaudited is not done if its entry can't be written. A look has no
// transaction: its entry is written with those that wait at the same time, and
// nothing is shown before it stands. Failed sign-ins are counted by address, name and
// minute, and each count becomes one entry when its minute is over.
package audit

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Action is what was done, or tried.
type Action string

// The actions.
const (
	SignedIn             Action = "SIGNED_IN"
	SignInFailed         Action = "SIGN_IN_FAILED"
	SecondFactorFailed   Action = "SECOND_FACTOR_FAILED"
	SteppedUp            Action = "STEPPED_UP"
	VerifiedEmail        Action = "VERIFIED_EMAIL"
	CompletedEnrollment  Action = "COMPLETED_ENROLLMENT"
	ChangedLanguage      Action = "CHANGED_LANGUAGE"
	SignedOut            Action = "SIGNED_OUT"
	EndedSessions        Action = "END_SESSIONS"
	ChangedPassword      Action = "CHANGE_PASSWORD"
	GeneratedOwnCodes    Action = "GENERATE_MY_BACKUP_CODES"
	PreparedCodes        Action = "PREPARE_BACKUP_CODES"
	GeneratedCodes       Action = "GENERATE_BACKUP_CODES"
	RevokedCodes         Action = "REVOKE_BACKUP_CODES"
	UpdatedNumberType    Action = "UPDATE_NUMBER_TYPE"
	ClearedNumberType    Action = "CLEAR_NUMBER_TYPE"
	StartedAuthenticator Action = "START_AUTHENTICATOR"
	ConfirmedDevice      Action = "CONFIRM_DEVICE"
	AddedDevice          Action = "ADD_DEVICE"
	RenamedDevice        Action = "RENAME_DEVICE"
	SetDefaultDevice     Action = "SET_DEFAULT_DEVICE"
	RemovedDevice        Action = "REMOVE_DEVICE"
	ResetDevice          Action = "RESET_DEVICE"
	RestoredDevice       Action = "RESTORE_DEVICE"
	LiftedPause          Action = "LIFT_PAUSE"
	TestedDevice         Action = "SEND_TEST_CODE"
	UpdatedSettings      Action = "UPDATE_SETTINGS"
	RetriedJob           Action = "RETRY_JOB"
	DroppedJob           Action = "DROP_JOB"
	SavedProvider        Action = "SAVE_SMS_PROVIDER"
	CheckedProvider      Action = "CHECK_SMS_PROVIDER"
	TestedProvider       Action = "SEND_PROVIDER_TEST"
	RemovedProvider      Action = "REMOVE_SMS_PROVIDER"
	// FrozeUser is what a user did by the link in a notice, signed in or not.
	FrozeUser   Action = "FREEZE_USER"
	UnfrozeUser Action = "UNFREEZE_USER"
	// Who leaves, and who comes back.
	DisabledUser Action = "DISABLE_USER"
	EnabledUser  Action = "ENABLE_USER"
	ClosedUser   Action = "CLOSE_USER"
	// Who joins the staff.
	InvitedStaff       Action = "INVITE_STAFF"
	AcceptedInvitation Action = "ACCEPT_INVITE"
	// What staff may do.
	SavedRole      Action = "SAVE_STAFF_ROLE"
	RemovedRole    Action = "REMOVE_STAFF_ROLE"
	SavedStaff     Action = "SAVE_STAFF"
	ExportedAccess Action = "EXPORT_ACCESS_REVIEW"
	// ReadHistory is a look into a history, had or refused, as are the other reads.
	// Their detail "operation" is the name of the field.
	ReadHistory  Action = "READ_NOTIFICATION_HISTORY"
	ReadProfile  Action = "READ_PROFILE"
	ReadUsers    Action = "READ_USERS"
	ReadStaff    Action = "READ_STAFF"
	ReadAuditLog Action = "READ_AUDIT_LOG"
	// Refused is a mutation that staff were refused, or a query that has no action of
	// its own; its detail "operation" names it.
	Refused Action = "REFUSED"

	// What operators do by commands.
	CreatedInstitution Action = "CREATE_INSTITUTION"
	CreatedStaff       Action = "CREATE_STAFF"
	GaveFirstPassword  Action = "GIVE_FIRST_PASSWORD"
	ReencryptedSecrets Action = "REENCRYPT_SECRETS" //nolint:gosec // the name of an act
	RetiredKey         Action = "RETIRE_KEY"
)

// highRisk are the acts of staff and operators that open an account to others or
// change the rules for all. They want a recent factor (package auth), have a budget,
// and log the head of the record.
var highRisk = map[Action]bool{
	GeneratedCodes: true, RevokedCodes: true, UpdatedNumberType: true, ClearedNumberType: true,
	ResetDevice: true, RestoredDevice: true, LiftedPause: true, UpdatedSettings: true, UnfrozeUser: true, SavedProvider: true, RemovedProvider: true,
	DisabledUser: true, EnabledUser: true, ClosedUser: true, SavedRole: true, RemovedRole: true, SavedStaff: true, InvitedStaff: true,
	CreatedInstitution: true, CreatedStaff: true, GaveFirstPassword: true, ReencryptedSecrets: true, RetiredKey: true,
}

// HighRisk reports whether an act is one of very high risk.
func (a Action) HighRisk() bool { return highRisk[a] }

// Done is the outcome of an act that was done. Any other outcome is the code of
// the error that it met.
const Done = "DONE"

// Entry is one line of the record.
type Entry struct {
	InstitutionID string
	// Sequence counts from 1 without a gap.
	Sequence int64
	At       time.Time
	// ActorID is who acted; empty for nobody in particular.
	ActorID   string
	ActorKind auth.Kind
	Action    Action
	// TargetID is the user, device or institution acted on or looked at.
	TargetID string
	Outcome  string
	// Details hold what else matters, such as the reason given: no secret.
	Details map[string]string
	// Address is where the request came from.
	Address string
	// MAC covers all of the above and the MAC of the entry before.
	MAC []byte
	// DeviceOwnerID is whose device TargetID is, as the devices say when the entry
	// is listed: no part of the record.
	DeviceOwnerID string
}

// covered is what the MAC of an entry is over. The names of the parts stand
// beside them, and the details come in the order of their names.
func (e Entry) covered(before []byte, details string) []string {
	return []string{
		"audit entry 1", hex.EncodeToString(before), e.InstitutionID, strconv.FormatInt(e.Sequence, 10), e.At.UTC().Format(time.RFC3339Nano),
		e.ActorID, string(e.ActorKind), string(e.Action), e.TargetID, e.Outcome, details, e.Address,
	}
}

// Event is what a service reports; Record fills in the rest.
type Event struct {
	Action   Action
	TargetID string
	Details  map[string]string
	// Outcome is Done if it is empty.
	Outcome fault.Code
}

// Recorder writes the record.
type Recorder interface {
	// Record records what the actor of the context did, as the last thing in the
	// transaction of it.
	Record(ctx context.Context, e Event) error
	// RecordFor records what somebody did who is not signed in yet.
	RecordFor(ctx context.Context, actor auth.Actor, e Event) error
}
