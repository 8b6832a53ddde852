// Package departure is how people leave an institution, and how one comes back who
// left by mistake:
//
//	Disable   keeps a staff user from signing in
//	Enable    lets them in again, with the password, devices and roles that they had
//	Close     closes a customer's account for good; its history and the record stay
//
// Who leaves is signed out everywhere, and what was under way for them is over: sign-ins
// that wait for a code, codes on their way, backup codes, and links in mails. What they
// type to sign in is answered as if it were wrong.
package departure

import (
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// MayDisable tells why the actor may not disable a user; nil if it may.
func MayDisable(actor auth.Actor, u user.User) error {
	if err := mayManage(actor, u); err != nil {
		return err
	}
	if u.DisabledAt != nil {
		return fault.Errorf(fault.Conflict, "This account is disabled already.")
	}
	return nil
}

// MayEnable tells why the actor may not enable a user; nil if it may.
func MayEnable(actor auth.Actor, u user.User) error {
	if err := mayManage(actor, u); err != nil {
		return err
	}
	if u.DisabledAt == nil {
		return fault.Errorf(fault.Conflict, "This account is not disabled.")
	}
	return nil
}

// mayManage tells why the actor may not say whether a user of the staff signs in.
func mayManage(actor auth.Actor, u user.User) error {
	switch {
	case !actor.Can(auth.ManageStaff):
		return auth.ErrMissing(auth.ManageStaff)
	case actor.UserID == u.ID:
		return fault.Errorf(fault.Forbidden, "Nobody does this on their own account here; ask a colleague.")
	case u.AdminLevel && !actor.AdminLevel:
		return fault.Errorf(fault.Forbidden, "Only Admin-level staff do this on the accounts of Admin-level staff.")
	case u.Kind != auth.Staff:
		return fault.Errorf(fault.Conflict, "This is for the accounts of staff. A customer’s account is closed instead.")
	case u.Status == user.Closed:
		return fault.Errorf(fault.Conflict, "This account is closed.")
	}
	return nil
}

// MayClose tells why the actor may not close a user's account; nil if it may.
func MayClose(actor auth.Actor, u user.User) error {
	if err := device.MayReset(actor, u); err != nil {
		return err
	}
	if u.Kind != auth.Customer {
		return fault.Errorf(fault.Conflict, "This is for the accounts of customers. Staff who leave are disabled instead.")
	}
	return nil
}
