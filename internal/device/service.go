package device

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/platform/text"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Detection is what a look-up says of a number.
type Detection struct {
	// Valid is false if the number cannot exist.
	Valid bool
	// LineType is Twilio's word: mobile, landline, fixedVoip and so on.
	LineType string
	Carrier  string
}

// Detector looks numbers up.
type Detector interface {
	Detect(ctx context.Context, institutionID, number string) (Detection, error)
}

// Users finds the owners of devices.
type Users interface {
	Target(ctx context.Context, userID string) (user.User, error)
}

// Service keeps the rules of devices.
type Service struct {
	Store        Store
	Detector     Detector
	Users        Users
	Institutions institution.Finder
	Notices      notice.Teller
	Audit        audit.Recorder
	Codes        *onetimecode.Service
	Limiter      *throttle.Limiter
	Attempts     *throttle.Attempts
	Tests        Tester
	Clock        clock.Clock
	Log          *slog.Logger
}

// NewPhone is what is given to add a phone.
type NewPhone struct {
	// PhoneNumber is as it was typed, Country where it may be dialled so (ISO 3166, two
	// letters; empty for none).
	PhoneNumber string
	Country     string
	Label       string
	// Confirmed is set only where someone vouches for the number.
	Confirmed bool
}

// AddPhone looks a number up and adds it to a user's devices: INVALID_INPUT for
// what is no number or a kind of number that gets no codes, CONFLICT if the user
// has it already. Who may add it is the caller's business.
func (s *Service) AddPhone(ctx context.Context, owner user.User, n NewPhone) (*Phone, error) {
	added, err := s.DraftPhone(ctx, owner, n)
	if err != nil {
		return nil, err
	}
	if err := s.Store.CreateDevice(ctx, added); err != nil {
		return nil, err
	}
	found, err := s.Store.FindDevice(ctx, owner.InstitutionID, added.ID)
	if err != nil {
		return nil, err
	}
	return found.(*Phone), nil
}

// DraftPhone looks a number up and returns the device, for whoever writes it
// together with more: INVALID_INPUT, as AddPhone.
func (s *Service) DraftPhone(ctx context.Context, owner user.User, n NewPhone) (*Phone, error) {
	number, err := phone.Parse("phoneNumber", n.PhoneNumber, n.Country)
	if err != nil {
		return nil, err
	}
	label, err := CheckLabel(n.Label)
	if err != nil {
		return nil, err
	}
	detected, carrier, err := s.detect(ctx, owner.InstitutionID, number)
	if err != nil {
		return nil, err
	}
	now := s.Clock.Now()
	draft := &Phone{
		Base: Base{
			ID: id.New(id.Device), InstitutionID: owner.InstitutionID, UserID: owner.ID,
			Label: label, AddedAt: now,
		},
		PhoneNumber: number, DetectedNumberType: detected, Carrier: carrier,
	}
	if n.Confirmed {
		draft.ConfirmedAt = &now
	}
	return draft, nil
}

// lineTypes maps Twilio's words to number types. Words that are missing here and
// not refused say nothing.
var lineTypes = map[string]NumberType{
	"mobile": Mobile, "landline": Landline, "fixedVoip": VoIP, "nonFixedVoip": VoIP,
}

var refusedLineTypes = []string{"premium", "tollFree", "pager", "voicemail", "sharedCost", "uan"}

// detect asks for the number's type. A look-up that fails is no reason to turn
// the number away: staff can set the type by hand.
func (s *Service) detect(ctx context.Context, institutionID, number string) (*NumberType, *string, error) {
	found, err := s.Detector.Detect(ctx, institutionID, number)
	switch {
	case err != nil:
		s.Log.WarnContext(ctx, "number look-up failed", "number", phone.Mask(number), "error", err)
		return nil, nil, nil
	case !found.Valid:
		return nil, nil, fault.Invalid("phoneNumber", "This phone number does not exist.")
	case slices.Contains(refusedLineTypes, found.LineType):
		return nil, nil, fault.Invalid("phoneNumber", "This kind of number (%s) cannot get codes.", found.LineType)
	}
	var carrier *string
	if found.Carrier != "" {
		carrier = &found.Carrier
	}
	if t, ok := lineTypes[found.LineType]; ok {
		return &t, carrier, nil
	}
	return nil, carrier, nil
}

// CheckLabel returns a label without the spaces around it, or INVALID_INPUT.
func CheckLabel(label string) (string, error) {
	label = strings.TrimSpace(label)
	if !text.IsLine(label, 50) {
		return "", fault.Invalid("label", "A label has 50 characters at most, all of which can be seen.")
	}
	return label, nil
}

// List returns the devices of users of the actor's institution, by user, to staff
// who hold VIEW_USERS and to a user who asks for its own.
func (s *Service) List(ctx context.Context, userIDs []string) (map[string][]Device, error) {
	for _, userID := range userIDs {
		if _, err := auth.RequireOwnerOr(ctx, userID, auth.ViewUsers); err != nil {
			return nil, err
		}
	}
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	devices, err := s.Store.ListDevices(ctx, actor.InstitutionID, userIDs)
	if err != nil {
		return nil, err
	}
	now := s.Clock.Now()
	byUser := make(map[string][]Device, len(userIDs))
	for _, d := range devices {
		b := d.Common()
		b.EndPause(now)
		byUser[b.UserID] = append(byUser[b.UserID], d)
	}
	return byUser, nil
}

// Find returns a device to its owner and to staff who hold VIEW_USERS: NOT_FOUND
// if it was removed, is another institution's, or is not the caller's to see.
func (s *Service) Find(ctx context.Context, deviceID string) (Device, error) {
	d, actor, err := s.find(ctx, deviceID)
	if err != nil {
		return nil, err
	}
	if d.Common().UserID != actor.UserID && !actor.Can(auth.ViewUsers) {
		return nil, errNoDevice()
	}
	return d, nil
}

func (s *Service) find(ctx context.Context, deviceID string) (Device, auth.Actor, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, auth.Actor{}, err
	}
	if !id.Is(id.Device, deviceID) {
		return nil, auth.Actor{}, errNoDevice()
	}
	d, err := s.Store.FindDevice(ctx, actor.InstitutionID, deviceID)
	if err != nil {
		return nil, auth.Actor{}, err
	}
	d.Common().EndPause(s.Clock.Now())
	return d, actor, nil
}

func errNoDevice() error {
	return fault.Errorf(fault.NotFound, "There is no such device; it may have been removed.")
}
