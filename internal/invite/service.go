package invite

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Users checks what is given of a user.
type Users interface {
	DraftInvited(ctx context.Context, n user.New) (u user.User, hash string, err error)
}

// Roles tells what somebody may give, and gives it.
type Roles interface {
	MayInvite(ctx context.Context, n role.New) (auth.Actor, role.Access, error)
	Give(ctx context.Context, u user.User, a role.Access) error
}

// Phones looks a number up.
type Phones interface {
	DraftPhone(ctx context.Context, owner user.User, n device.NewPhone) (*device.Phone, error)
}

// Apps draws the secret of an authenticator app.
type Apps interface {
	Draft(inst institution.Institution, owner user.User) (authenticator.Started, authenticator.Row, error)
}

// Challenges asks for second factors.
type Challenges interface {
	// StartReset makes a challenge on which the hash of a new password waits.
	StartReset(ctx context.Context, inst institution.Institution, u user.User, hash string) (challenge.Challenge, error)
}

// Hasher hashes passwords.
type Hasher interface {
	Hash(ctx context.Context, plain string) (string, error)
}

// Sender sends the mails.
type Sender interface {
	SendInvitation(ctx context.Context, r notification.Recipient, by, link string) error
}

// Service keeps the rules of invitations.
type Service struct {
	Store        Store
	Institutions institution.Finder
	Users        Users
	Roles        Roles
	Phones       Phones
	Apps         Apps
	Challenges   Challenges
	Hasher       Hasher
	Sender       Sender
	Audit        audit.Recorder
	Limiter      *throttle.Limiter
	Jobs         job.Enqueuer
	Clock        clock.Clock
	// Page is where staff accept; the token is put into the fragment.
	Page *url.URL
}

// New is whom to invite, and to what.
type New struct {
	Email      string
	FirstName  string
	LastName   string
	AdminLevel bool
	RoleIDs    []string
}

// Invite makes a user of the staff who signs in once they have accepted, and mails them.
// Who was invited before and has not accepted gets another invitation in the place of
// that one, with this name, level and roles. FORBIDDEN without MANAGE_STAFF and by the
// rules of role.Service.MayInvite; STEP_UP_REQUIRED; INVALID_INPUT; NOT_FOUND for a role;
// CONFLICT for an address that has an account.
func (s *Service) Invite(ctx context.Context, n New) (user.User, error) {
	actor, err := auth.Require(ctx, auth.ManageStaff)
	if err != nil {
		return user.User{}, err
	}
	now := s.Clock.Now()
	if err := actor.RequireRecentFactor(now); err != nil {
		return user.User{}, err
	}
	u, hash, err := s.Users.DraftInvited(ctx, user.New{
		InstitutionID: actor.InstitutionID, Kind: auth.Staff, Status: user.Registered,
		Email: n.Email, FirstName: n.FirstName, LastName: n.LastName, AdminLevel: n.AdminLevel,
	})
	if err != nil {
		return user.User{}, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		actor, access, err := s.Roles.MayInvite(ctx, role.New{AdminLevel: n.AdminLevel, RoleIDs: n.RoleIDs})
		if err != nil {
			return err
		}
		if u, err = s.place(ctx, actor, u, hash); err != nil {
			return err
		}
		if err := s.Roles.Give(ctx, u, access); err != nil {
			return err
		}
		u.AdminLevel = n.AdminLevel
		i := Invitation{
			ID: id.New(id.Invite), UserID: u.ID, InstitutionID: u.InstitutionID, InvitedBy: actor.UserID,
			// Nobody has this token: the one that works is made when the mail is.
			TokenHash: auth.HashToken(auth.NewToken()), CreatedAt: now, ExpiresAt: now.Add(Lifetime),
		}
		if err := s.Store.PutInvite(ctx, i); err != nil {
			return err
		}
		if err := s.Jobs.Enqueue(ctx, job.Job{Queue: job.Mail, Kind: SendInvitation, Subject: i.ID}); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.InvitedStaff, TargetID: u.ID, Details: map[string]string{
			"adminLevel": strconv.FormatBool(n.AdminLevel), "roles": strings.Join(access.RoleNames(), ", "),
		}})
	})
	return u, err
}

// place stores whom the actor invites: somebody new, or who was invited before by the
// name that is given now.
func (s *Service) place(ctx context.Context, actor auth.Actor, u user.User, hash string) (user.User, error) {
	owner, err := s.Store.FindCredentials(ctx, u.InstitutionID, u.Email)
	if fault.CodeOf(err) == fault.NotFound {
		return u, s.Store.CreateUser(ctx, u, hash)
	}
	if err != nil {
		return user.User{}, err
	}
	before, err := s.Store.LockUser(ctx, u.InstitutionID, owner.User.ID)
	if err != nil {
		return user.User{}, err
	}
	switch {
	case before.DisabledAt != nil && before.Invited():
		return user.User{}, fault.Errorf(fault.Conflict, "This person was invited and then disabled. Enable them first.")
	case !before.Invited():
		return user.User{}, fault.Errorf(fault.Conflict, "This address has an account here already. Invite another one, or change what the account may do.")
	}
	if err := role.MayChange(actor, before); err != nil {
		return user.User{}, err
	}
	before.FirstName, before.LastName = u.FirstName, u.LastName
	if err := s.Store.RenameUser(ctx, before); err != nil {
		return user.User{}, err
	}
	if err := s.Store.EndPending(ctx, before.InstitutionID, before.ID, s.Clock.Now()); err != nil {
		return user.User{}, err
	}
	return before, s.removeDevices(ctx, before)
}

// removeDevices takes away what somebody gave who did not go on to the end.
func (s *Service) removeDevices(ctx context.Context, u user.User) error {
	devices, err := s.Store.ListDevices(ctx, u.InstitutionID, []string{u.ID})
	if err != nil {
		return err
	}
	for _, d := range devices {
		if err := s.Store.RemoveDevice(ctx, u.InstitutionID, d.Common().ID, s.Clock.Now()); err != nil {
			return err
		}
	}
	return nil
}
