package role

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/user"
)

// Store keeps roles and who holds them.
type Store interface {
	InTx(ctx context.Context, f func(ctx context.Context) error) error
	// HoldInstitution makes others who hold an institution wait for the end of the
	// transaction. It comes before LockUser.
	HoldInstitution(ctx context.Context, institutionID string) error
	// LockUser returns a user and holds what they sign in with still until the end of
	// the transaction.
	LockUser(ctx context.Context, institutionID, userID string) (user.User, error)
	// ListHolders returns the staff who hold all of some permissions when they are signed
	// in and not frozen; who is disabled or closed does not.
	ListHolders(ctx context.Context, institutionID string, all []auth.Permission) (userIDs []string, err error)

	// ListRoles returns the roles of an institution in the order of their names.
	ListRoles(ctx context.Context, institutionID string) ([]Role, error)
	// CreateRole adds a role.
	CreateRole(ctx context.Context, institutionID string, r Role) error
	// UpdateRole writes a role whose version it raises by one; false if it is not r's any
	// more.
	UpdateRole(ctx context.Context, institutionID string, r Role) (bool, error)
	// DeleteRole takes a role away, from whoever holds it, too.
	DeleteRole(ctx context.Context, institutionID, roleID string) error
	// ListMembers returns who holds a role, whether or not they are disabled.
	ListMembers(ctx context.Context, institutionID, roleID string) ([]user.User, error)

	// ListAccess returns what users of the staff may do; other users are left out.
	ListAccess(ctx context.Context, institutionID string, userIDs []string) ([]Access, error)
	// SetAccess writes the level and what was taken by name, gives the roles that a user
	// does not hold yet and takes those that they hold besides; false if the version of
	// what they may do is not a's any more.
	SetAccess(ctx context.Context, institutionID string, a Access) (bool, error)

	// FindUsers returns those users of an institution that exist.
	FindUsers(ctx context.Context, institutionID string, ids []string) ([]user.User, error)
	// ListUsers returns users in the order of (Key, ID).
	ListUsers(ctx context.Context, q user.Query) ([]user.Match, error)
	// ListDevices returns the devices of users.
	ListDevices(ctx context.Context, institutionID string, userIDs []string) ([]device.Device, error)
	// LastUses returns when users last did what the record calls by the names of actions,
	// to others than themselves.
	LastUses(ctx context.Context, institutionID string, userIDs []string) (map[string]map[string]time.Time, error)
}
