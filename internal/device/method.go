package device

import "github.com/factordesk/factordesk/internal/institution"

// Method is the way in which a device proves who its owner is.
func Method(d Device) institution.Method {
	switch d := d.(type) {
	case *Phone:
		if d.CommunicationMethod() == Call {
			return institution.Voice
		}
		return institution.SMS
	case *Email:
		return institution.Email
	default:
		return institution.AuthenticatorApp
	}
}

// Permitted reports whether an institution lets its users sign in by a device.
func Permitted(inst institution.Institution, d Device) bool {
	if p, ok := d.(*Phone); ok && p.NumberType() == VoIP && inst.VoIPRisk == nil {
		return false
	}
	return inst.Permits(Method(d))
}

// Usable reports whether its owner can sign in by a device.
func Usable(inst institution.Institution, d Device) bool {
	b := d.Common()
	return b.ConfirmedAt != nil && b.DisabledAt == nil && b.SuspendedAt == nil && Permitted(inst, d)
}
