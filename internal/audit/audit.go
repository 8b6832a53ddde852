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
// logged every hour, and a check against a logged head finds that, too.
//
// Record appends inside the transaction of the act itself, as the last thing in
// it, so that nobody holds the next number and waits for anything else: what may
// not be done unaudited is not done if its entry can't be written. A look has no
// transaction: its entry is written with those that wait at the same time, and
// nothing is shown before it stands. Failed sign-ins of nobody in particular are
// counted by the minute and summed up in one entry.
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
	UpdatedSettings      Action = "UPDATE_SETTINGS"
	// FrozeUser is what a user did by the link in a notice, signed in or not.
	FrozeUser   Action = "FREEZE_USER"
	UnfrozeUser Action = "UNFREEZE_USER"
	// ReadHistory is a look into a history, had or refused.
	ReadHistory Action = "READ_NOTIFICATION_HISTORY"
	// Refused is a mutation that staff were refused; its detail "operation" names
	// it.
	Refused Action = "REFUSED"
)

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
	// TargetID is the user, device or number acted on; numbers are masked.
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
