package auth

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Kind tells the two kinds of user apart, and both from operators.
type Kind string

// The kinds of user.
const (
	Customer Kind = "CUSTOMER"
	Staff    Kind = "STAFF"
)

// Permission is one thing that a staff role may allow.
type Permission string

// The permissions, in the order in which a client should list them.
const (
	ViewUsers               Permission = "VIEW_USERS"
	GenerateLockoutCodes    Permission = "GENERATE_LOCKOUT_CODES"
	UpdateNumberType        Permission = "UPDATE_NUMBER_TYPE"
	ViewNotificationHistory Permission = "VIEW_NOTIFICATION_HISTORY"
	ResetTwoFactorDevice    Permission = "RESET_TWO_FACTOR_DEVICE"
	ManageSettings          Permission = "MANAGE_SETTINGS"
	ManageProviders         Permission = "MANAGE_PROVIDERS"
	ManageRoles             Permission = "MANAGE_ROLES"
	ManageStaff             Permission = "MANAGE_STAFF"
	ViewAuditLog            Permission = "VIEW_AUDIT_LOG"
)

// names are what staff call the permissions.
var names = map[Permission]string{
	ViewUsers:               "Can view users",
	GenerateLockoutCodes:    "Can generate lockout codes user",
	UpdateNumberType:        "Can update 2FA device number type",
	ViewNotificationHistory: "Can view notification history",
	ResetTwoFactorDevice:    "Can reset 2FA devices",
	ManageSettings:          "Can manage institution settings",
	ManageProviders:         "Can manage SMS providers",
	ManageRoles:             "Can manage roles",
	ManageStaff:             "Can manage staff",
	ViewAuditLog:            "Can view audit log",
}

// Name returns what staff call the permission.
func (p Permission) Name() string { return names[p] }

// ErrMissing returns the one error for who lacks a permission.
func ErrMissing(p Permission) error {
	return fault.Errorf(fault.Forbidden, "This needs the permission “%s”. An administrator can give it to you.", p.Name())
}

// Permissions lists every permission.
func Permissions() []Permission {
	return []Permission{
		ViewUsers, GenerateLockoutCodes, UpdateNumberType, ViewNotificationHistory,
		ResetTwoFactorDevice, ManageSettings, ManageProviders, ManageRoles, ManageStaff, ViewAuditLog,
	}
}

// Effective returns the permissions of a staff user: what the roles grant, plus
// what Admin-level staff hold by default (product requirement H4), less what was
// taken from this user by name, which wins. Unknown names grant nothing.
func Effective(adminLevel bool, granted, removed []Permission) []Permission {
	held := make([]Permission, 0, len(granted)+1)
	for _, p := range Permissions() {
		has := slices.Contains(granted, p) || adminLevel && p == ViewNotificationHistory
		if has && !slices.Contains(removed, p) {
			held = append(held, p)
		}
	}
	return held
}

// Actor is the signed-in user on whose behalf a request runs.
type Actor struct {
	UserID        string
	InstitutionID string
	SessionID     string
	Kind          Kind
	// Frozen tells that the account is frozen.
	Frozen bool
	// AdminLevel staff may make codes for other staff; see package backupcode.
	AdminLevel  bool
	Permissions []Permission
	// FactorAt is when the session last proved a second factor that counts for
	// step-up; zero if never.
	FactorAt time.Time
	// ByBackupCode tells that a backup code began the session.
	ByBackupCode bool
	// BackupCodeUsedAt is when the backup code was used that the session comes from,
	// itself or by an app that was bound in its session; zero if from none.
	BackupCodeUsedAt time.Time
	// SessionEndsAt is when the session ends however much it is used.
	SessionEndsAt time.Time
	// PasswordExpiresAt is until when the actor may choose a password of their own, in
	// the place of one that somebody else has seen; until it is chosen nothing else is
	// theirs to do. It is zero for who has done so.
	PasswordExpiresAt time.Time
	// TokenHash is the hash of the session's token.
	TokenHash string
	// Known tells that Sessions knew the actor from the last time; others were just read.
	Known bool
}

// restrain takes the permissions of an actor whom somebody else may be.
func (a *Actor) restrain() {
	if a.Frozen || !a.PasswordExpiresAt.IsZero() {
		a.Permissions = nil
	}
}

// Can reports whether the actor holds a permission. Customers hold none.
func (a Actor) Can(p Permission) bool {
	return (a.Kind == Staff || a.Kind == Operator) && slices.Contains(a.Permissions, p)
}

type actorKey struct{}

// WithActor returns a context in which a is calling.
func WithActor(ctx context.Context, a Actor) context.Context {
	ctx = WithNobody(ctx)
	Become(ctx, &a)
	return ctx
}

// WithNobody returns a context in which nobody is signed in yet: Become changes
// that for the whole request.
func WithNobody(ctx context.Context) context.Context {
	return context.WithValue(ctx, actorKey{}, &atomic.Pointer[Actor]{})
}

// Become makes a the caller for the rest of the request, after a sign-in; nil
// makes it nobody, after signing out.
func Become(ctx context.Context, a *Actor) {
	if cell, ok := ctx.Value(actorKey{}).(*atomic.Pointer[Actor]); ok {
		cell.Store(a)
	}
}

// FromContext returns the actor, if someone is signed in.
func FromContext(ctx context.Context) (Actor, bool) {
	cell, ok := ctx.Value(actorKey{}).(*atomic.Pointer[Actor])
	if !ok {
		return Actor{}, false
	}
	a := cell.Load()
	if a == nil {
		return Actor{}, false
	}
	return *a, true
}

// InSession returns the actor, who may have to choose a password of their own before
// anything else: UNAUTHENTICATED. It is for what is allowed until then; everything else
// asks SignedIn or what stands on it.
func InSession(ctx context.Context) (Actor, error) {
	a, ok := FromContext(ctx)
	if !ok {
		return Actor{}, fault.Errorf(fault.Unauthenticated, "Sign in first.")
	}
	return a, nil
}

// SignedIn returns the actor: UNAUTHENTICATED, and FORBIDDEN until the actor has a
// password that nobody else has seen.
func SignedIn(ctx context.Context) (Actor, error) {
	a, err := InSession(ctx)
	if err == nil && !a.PasswordExpiresAt.IsZero() {
		return Actor{}, fault.Errorf(fault.Forbidden, "Choose a password of your own first: somebody else has seen this one.")
	}
	return a, err
}

// Require returns the actor if it holds permission p: UNAUTHENTICATED if nobody is
// signed in, FORBIDDEN if the permission is missing.
func Require(ctx context.Context, p Permission) (Actor, error) {
	a, err := SignedIn(ctx)
	if err != nil {
		return Actor{}, err
	}
	if !a.Can(p) {
		return Actor{}, ErrMissing(p)
	}
	return a, nil
}

// RequireOwnerOr returns the actor if it is the user owner, or holds permission p.
func RequireOwnerOr(ctx context.Context, owner string, p Permission) (Actor, error) {
	a, err := SignedIn(ctx)
	if err == nil && owner != "" && a.UserID == owner {
		return a, nil
	}
	return Require(ctx, p)
}

// How old a second factor may be for an act that needs step-up.
const (
	StaffStepUp    = 15 * time.Minute
	CustomerStepUp = 5 * time.Minute
)

// RequireRecentFactor answers STEP_UP_REQUIRED if the actor's last second factor
// is older than its kind allows.
func (a Actor) RequireRecentFactor(now time.Time) error {
	limit := CustomerStepUp
	if a.Kind == Staff {
		limit = StaffStepUp
	}
	if a.FactorAt.IsZero() || now.Sub(a.FactorAt) > limit {
		return fault.Errorf(fault.StepUpRequired,
			"Confirm that it is you with a second factor first; the last one is more than %d minutes old.", int(limit.Minutes()))
	}
	return nil
}
