package main

import (
	"time"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/user"
)

// shownUser is a user as JSON has them.
type shownUser struct {
	ID               string        `json:"id"`
	Email            string        `json:"email"`
	Name             string        `json:"name"`
	Kind             string        `json:"kind"`
	Status           user.Status   `json:"status"`
	AdminLevel       bool          `json:"adminLevel"`
	CreatedAt        time.Time     `json:"createdAt"`
	AddressProvedAt  *time.Time    `json:"addressProvedAt"`
	PasswordVoidedAt *time.Time    `json:"passwordVoidedAt"`
	MailRefusedAt    *time.Time    `json:"mailRefusedAt"`
	DisabledAt       *time.Time    `json:"disabledAt"`
	LastSignedInAt   *time.Time    `json:"lastSignedInAt"`
	Devices          []shownDevice `json:"devices"`
}

// shownDevice is a device as JSON has it. Its address is a number or an email address.
type shownDevice struct {
	ID               string             `json:"id"`
	Kind             institution.Method `json:"kind"`
	Address          string             `json:"address"`
	Label            string             `json:"label"`
	Default          bool               `json:"default"`
	AddedAt          time.Time          `json:"addedAt"`
	ConfirmedAt      *time.Time         `json:"confirmedAt"`
	LastUsedAt       *time.Time         `json:"lastUsedAt"`
	DisabledAt       *time.Time         `json:"disabledAt"`
	SuspendedAt      *time.Time         `json:"suspendedAt"`
	SuspensionReason *string            `json:"suspensionReason"`
	MailRefusedAt    *time.Time         `json:"mailRefusedAt"`
}

func userShown(u user.User, devices []device.Device) shownUser {
	return shownUser{
		u.ID, u.Email, u.Name(), string(u.Kind), u.Status, u.AdminLevel, u.CreatedAt.UTC(), inUTC(u.AddressProvedAt()), inUTC(u.PasswordVoidedAt),
		inUTC(u.MailRefusedAt), inUTC(u.DisabledAt), inUTC(u.LastSignedInAt), mapped(devices, deviceShown),
	}
}

func deviceShown(d device.Device) shownDevice {
	b := d.Common()
	return shownDevice{
		b.ID, device.Method(d), addressOf(d), b.Label, b.IsDefault, b.AddedAt.UTC(), inUTC(b.ConfirmedAt), inUTC(b.LastUsedAt), inUTC(b.DisabledAt),
		inUTC(b.SuspendedAt), b.SuspensionReason(), inUTC(b.MailRefusedAt),
	}
}

// addressOf returns where a device gets its codes; empty for an app.
func addressOf(d device.Device) string {
	switch d := d.(type) {
	case *device.Phone:
		return d.PhoneNumber
	case *device.Email:
		return d.Address
	}
	return ""
}
