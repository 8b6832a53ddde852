package enrollment

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Registration is what a person gives to become a customer online.
type Registration struct {
	// Institution is its slug.
	Institution string
	Email       string
	Password    string
	FirstName   string
	LastName    string
	PhoneNumber string
	// Language is English if it is left out.
	Language message.Language
}

// How often may be registered: from one place, counting what is not accepted, too;
// and with one address, counting what looks a number up, which costs money, and
// writes to the owner.
var (
	perSource  = throttle.Limit{Events: 20, Per: time.Hour}
	perAddress = throttle.Limit{Events: 3, Per: time.Hour}
)

// Register makes a REGISTERED customer with an unconfirmed phone. Where the
// institution has a user of that address already, nothing changes, its owner is
// told by mail, and the answer and the time that it takes are the same.
// INVALID_INPUT for what can be no registration, THROTTLED.
func (s *Service) Register(ctx context.Context, r Registration) error {
	source := auth.ClientFrom(ctx).Source()
	if err := s.Limiter.Take(ctx, throttle.Key("register-source", source), perSource); err != nil {
		return err
	}
	inst, err := s.Institutions.FindBySlug(ctx, r.Institution)
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Invalid("institution", "There is no such institution.")
	}
	if err != nil {
		return err
	}
	made, hash, err := s.Users.Draft(ctx, user.New{
		InstitutionID: inst.ID, Kind: auth.Customer, Status: user.Registered, Email: r.Email,
		FirstName: r.FirstName, LastName: r.LastName, Password: r.Password, Language: r.Language,
	})
	if err != nil {
		return err
	}
	if err := s.Limiter.Take(ctx, throttle.Key("register-address", inst.ID, made.Email), perAddress); err != nil {
		return err
	}
	phone, err := s.Phones.DraftPhone(ctx, made, device.NewPhone{PhoneNumber: r.PhoneNumber})
	if err != nil {
		return err
	}
	err = s.create(ctx, made, hash, phone)
	if fault.CodeOf(err) == fault.Conflict {
		return s.tellOwner(ctx, inst, made.Email)
	}
	return err
}

func (s *Service) create(ctx context.Context, u user.User, hash string, phone *device.Phone) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.CreateUser(ctx, u, hash); err != nil {
			return err
		}
		if err := s.Store.CreateDevice(ctx, phone); err != nil {
			return err
		}
		return s.Notices.TellByMail(ctx, u, notification.Registered)
	})
}

func (s *Service) tellOwner(ctx context.Context, inst institution.Institution, email string) error {
	owner, err := s.Store.FindCredentials(ctx, inst.ID, email)
	if err != nil || owner.User.Status == user.Closed {
		return err
	}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		return s.Notices.TellByMail(ctx, owner.User, notification.RegisteredAgain)
	})
}
