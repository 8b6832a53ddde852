package user

import (
	"context"

	"github.com/factordesk/factordesk/internal/auth"
)

// Credentials are what a sign-in is checked against. Several people may wait to prove
// one address; the one who has proved it owns it.
type Credentials struct {
	User         User
	PasswordHash string
}

// Query is one page of a look-up, in the store's terms.
type Query struct {
	InstitutionID string
	// Kind restricts to one kind, if it is not empty.
	Kind auth.Kind
	// From and To bound the terms that match: From <= term < To. Both empty: all
	// users, by their sort key.
	From, To string
	// AfterKey and AfterID are the sort key and id of the row before the page.
	AfterKey, AfterID string
	Limit             int
}

// Match is a found user and the key by which it was found: the next page goes on
// after it.
type Match struct {
	User User
	Key  string
}

// Leftover is an address or a number that was stored before there was one form of each,
// and could not be brought into it.
type Leftover struct {
	// Institution is its slug.
	Institution string
	UserID      string
	// DeviceID is the device whose number or address it is; empty for the address of the
	// account.
	DeviceID string
	Stored   string
	// Form is what it would be; empty for what is no address or number any more.
	Form string
	// TakenBy is the user or the device that has Form; empty for none.
	TakenBy string
}

// Store keeps users.
type Store interface {
	// CreateUser answers CONFLICT if the address is proved and another user of the
	// institution owns it.
	CreateUser(ctx context.Context, u User, passwordHash string) error
	// FindUser returns a user of an institution, or NOT_FOUND.
	FindUser(ctx context.Context, institutionID, id string) (User, error)
	// FindUsers returns those users of an institution that exist.
	FindUsers(ctx context.Context, institutionID string, ids []string) ([]User, error)
	// FindCredentials returns who owns an address with the password's hash, or NOT_FOUND.
	FindCredentials(ctx context.Context, institutionID, email string) (Credentials, error)
	// ListUsers returns users in the order of (Key, ID).
	ListUsers(ctx context.Context, q Query) ([]Match, error)
	// SetUserStatus changes the status.
	SetUserStatus(ctx context.Context, institutionID, id string, s Status) error
	// GrantRole returns a staff user a role of permissions, made if the institution
	// has none of that name.
	GrantRole(ctx context.Context, institutionID, userID string, r Role) error
	// RemovePermissions takes permissions from a staff user by name.
	RemovePermissions(ctx context.Context, institutionID, userID string, p []auth.Permission) error
}
