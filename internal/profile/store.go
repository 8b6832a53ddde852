package profile

import (
	"context"

	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/user"
)

// Row is a profile as it is stored.
type Row struct {
	user.Match
	// Devices are in the order in which they were added.
	Devices []device.Device
	// Sets are the newest of each origin, the newer first, as far as a Summary is
	// made of them.
	Sets []backupcode.Set
}

// Store reads profiles.
type Store interface {
	// FindProfile returns a user of an institution, or NOT_FOUND.
	FindProfile(ctx context.Context, institutionID, userID string, parts Parts) (Row, error)
	// ListProfiles returns users in the order of (Key, ID).
	ListProfiles(ctx context.Context, q user.Query, parts Parts) ([]Row, error)
}
