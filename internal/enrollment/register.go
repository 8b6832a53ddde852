package enrollment

import (
	"cmp"
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

// Who waits for an address: how many at most, and how long.
const (
	mostWaiting = 3
	waitsFor    = 7 * 24 * time.Hour
)

// Register makes a REGISTERED customer with an unconfirmed phone, who owns nothing
// before the address is proved, and returns the token by which the browser is told
// from others. Where somebody owns the address already, that owner is told by mail
// and staff don't see who was made; answer, time and sign-in are the same.
// INVALID_INPUT for what can be no registration, THROTTLED, FORBIDDEN where there is no
// digital banking.
func (s *Service) Register(ctx context.Context, r Registration) (browser string, err error) {
	client := auth.ClientFrom(ctx)
	if err := s.Limiter.Take(ctx, throttle.Key("register-source", client.Source()), perSource); err != nil {
		return "", err
	}
	inst, err := s.Institutions.FindBySlug(ctx, r.Institution)
	if fault.CodeOf(err) == fault.NotFound {
		return "", fault.Invalid("institution", "There is no such institution.")
	}
	if err != nil {
		return "", err
	}
	if !inst.DigitalBanking() {
		return "", inst.NoBanking()
	}
	browser = cmp.Or(client.Browser, auth.NewToken())
	made, err := s.draft(ctx, inst, r, browser)
	if err != nil {
		return "", err
	}
	if err := s.Limiter.Take(ctx, throttle.Key("register-address", inst.ID, made.user.Email), perAddress); err != nil {
		return "", err
	}
	if made.phone, err = s.Phones.DraftPhone(ctx, made.user, device.NewPhone{PhoneNumber: r.PhoneNumber, Country: inst.Country}); err != nil {
		return "", err
	}
	return browser, s.create(ctx, made)
}

// registered is somebody on the way into the database.
type registered struct {
	user    user.User
	hash    string
	phone   *device.Phone
	browser string
	// owner is who owns the address already; nil for nobody.
	owner *user.User
}

// draft hashes the password beside that of somebody who has the address, so that a
// sign-in checks both at once.
func (s *Service) draft(ctx context.Context, inst institution.Institution, r Registration, browser string) (registered, error) {
	email, err := user.ParseEmail("email", r.Email)
	if err != nil {
		return registered{}, err
	}
	made := registered{browser: auth.HashToken(browser)}
	others, err := s.Store.ListCredentials(ctx, inst.ID, email, made.browser)
	if err != nil {
		return registered{}, err
	}
	n := user.New{
		InstitutionID: inst.ID, Kind: auth.Customer, Status: user.Registered, Email: email,
		FirstName: r.FirstName, LastName: r.LastName, Password: r.Password, Language: r.Language,
	}
	if len(others) > 0 {
		n.Beside = others[0].PasswordHash
		if !others[0].User.Waits() {
			made.owner, n.Status = &others[0].User, user.Closed
		}
	}
	made.user, made.hash, err = s.Users.Draft(ctx, n)
	made.user.EmailProvedAt = time.Time{}
	return made, err
}

func (s *Service) create(ctx context.Context, r registered) error {
	u := r.user
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.CreateUser(ctx, u, r.hash); err != nil {
			return err
		}
		if err := s.Store.CreateDevice(ctx, r.phone); err != nil {
			return err
		}
		if err := s.Store.CreateWaiting(ctx, Waiting{
			UserID: u.ID, InstitutionID: u.InstitutionID, Email: u.Email, BrowserHash: r.browser,
			MadeAt: u.CreatedAt, LapsesAt: u.CreatedAt.Add(waitsFor),
		}, mostWaiting); err != nil {
			return err
		}
		switch {
		case r.owner == nil:
			return s.Notices.TellByMail(ctx, u, notification.Registered)
		case r.owner.Left():
			return nil
		}
		return s.Notices.TellByMail(ctx, *r.owner, notification.RegisteredAgain)
	})
}
