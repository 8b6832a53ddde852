package device

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
)

// Directory implements notice.Directory.
type Directory struct {
	Store interface {
		// ListNotifiable returns the devices of a user, with those removed since a time.
		ListNotifiable(ctx context.Context, institutionID, userID string, removedSince time.Time) ([]Device, error)
	}
}

// Ways implements notice.Directory.
func (d Directory) Ways(ctx context.Context, inst institution.Institution, userID string, removedSince time.Time) ([]notice.Way, error) {
	devices, err := d.Store.ListNotifiable(ctx, inst.ID, userID, removedSince)
	if err != nil {
		return nil, err
	}
	var ways []notice.Way
	for _, device := range devices {
		if channel, to, ok := reach(inst, device); ok && device.Common().ConfirmedAt != nil {
			ways = append(ways, notice.Way{DeviceID: device.Common().ID, Channel: channel, To: to, Linked: device.Common().trusted()})
		}
	}
	return ways, nil
}

// trustedAfter is how long a device was the user's before it is taken for theirs once
// it is gone.
const trustedAfter = 7 * 24 * time.Hour

// trusted reports whether a message to a device may carry a link. A suspended device
// may be a thief's, as may one that was removed soon after it was confirmed.
func (b *Base) trusted() bool {
	return b.SuspendedAt == nil && (b.RemovedAt == nil || b.ConfirmedAt != nil && b.RemovedAt.Sub(*b.ConfirmedAt) >= trustedAfter)
}

// reach returns the way to a device, if there is one. Mails need no permission: they
// go to the user's own address anyway.
func reach(inst institution.Institution, d Device) (c notification.Channel, to string, ok bool) {
	switch d := d.(type) {
	case *Phone:
		return notification.Channel(Method(d)), d.PhoneNumber, Permitted(inst, d)
	case *Email:
		return notification.Email, d.Address, true
	default:
		return "", "", false
	}
}
