package invite

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// perInvite bounds what accepting can ask for: hashes, and numbers to look up.
var perInvite = throttle.Limit{Events: 10, Per: time.Hour}

// Shown is what an invitation says to who holds its token.
type Shown struct {
	Institution institution.Institution
	User        user.User
	// By is the name of who invites.
	By        string
	ExpiresAt time.Time
}

// Find returns what an invitation says: EXPIRED for a token that is not good.
func (s *Service) Find(ctx context.Context, token string) (Shown, error) {
	i, inst, u, err := s.find(ctx, token)
	if err != nil {
		return Shown{}, err
	}
	by, err := s.inviter(ctx, i, inst)
	return Shown{Institution: inst, User: u, By: by, ExpiresAt: i.ExpiresAt}, err
}

// inviter returns the name of who invites: the institution's for no user of it.
func (s *Service) inviter(ctx context.Context, i Invitation, inst institution.Institution) (string, error) {
	by, err := s.Store.FindUser(ctx, i.InstitutionID, i.InvitedBy)
	if fault.CodeOf(err) == fault.NotFound {
		return inst.Name, nil
	}
	return by.Name(), err
}

// Acceptance is how somebody accepts.
type Acceptance struct {
	Token    string
	Password string
	// PhoneNumber is where codes go; empty for who uses an authenticator app.
	PhoneNumber string
}

// Accepted is what follows: a challenge, and the app to set up that meets it, where it is
// not a phone.
type Accepted struct {
	challenge.Challenge
	App *authenticator.Started
}

// Accept exchanges a token, a password and a way to get codes for a challenge; all of it
// takes effect once that is met. EXPIRED for a token that is unknown, too old, used,
// replaced or of who was disabled; INVALID_INPUT for a password that is not good enough and a
// number that gets no codes here; CONFLICT where the institution permits no app;
// THROTTLED. None of them spends the token.
func (s *Service) Accept(ctx context.Context, a Acceptance) (Accepted, error) {
	i, inst, u, err := s.find(ctx, a.Token)
	if err != nil {
		return Accepted{}, err
	}
	if err := user.CheckPassword("newPassword", a.Password, inst.Name, u.Email, u.FirstName, u.LastName); err != nil {
		return Accepted{}, err
	}
	if err := s.Limiter.Take(ctx, throttle.Key("invite", i.ID), perInvite); err != nil {
		return Accepted{}, err
	}
	var accepted Accepted
	add, err := s.way(ctx, inst, u, a.PhoneNumber, &accepted)
	if err != nil {
		return Accepted{}, err
	}
	hash, err := s.Hasher.Hash(ctx, user.Hashed(a.Password)) // before the transaction: it takes long
	if err != nil {
		return Accepted{}, err
	}
	err = s.exchange(ctx, i, inst, hash, add, &accepted)
	return accepted, err
}

// way checks the way by which codes are to come, and returns how to add it.
func (s *Service) way(ctx context.Context, inst institution.Institution, u user.User, number string, accepted *Accepted) (add func(ctx context.Context) error, err error) {
	if number != "" {
		p, err := s.Phones.DraftPhone(ctx, u, device.NewPhone{PhoneNumber: number, Country: inst.Country})
		if err != nil {
			return nil, err
		}
		if !device.Permitted(inst, p) {
			return nil, fault.Invalid("phoneNumber", "%s sends no codes to this kind of number (%s).", inst.Name, p.NumberType())
		}
		return func(ctx context.Context) error { return s.Store.CreateDevice(ctx, p) }, nil
	}
	if !inst.Permits(institution.AuthenticatorApp) {
		return nil, fault.Errorf(fault.Conflict, "%s does not use authenticator apps. Give a phone number.", inst.Name)
	}
	started, row, err := s.Apps.Draft(inst, u)
	if err != nil {
		return nil, err
	}
	accepted.App = &started
	return func(ctx context.Context) error { return s.Store.CreateAuthenticator(ctx, started.Device, row) }, nil
}

// exchange puts the way in the place of one that was given before, and asks for its code.
func (s *Service) exchange(ctx context.Context, i Invitation, inst institution.Institution, hash string, add func(ctx context.Context) error, accepted *Accepted) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		u, err := s.Store.LockUser(ctx, i.InstitutionID, i.UserID)
		if err != nil {
			return err
		}
		if !u.Invited() || u.Left() {
			return errOver()
		}
		if err := s.removeDevices(ctx, u); err != nil {
			return err
		}
		if err := add(ctx); err != nil {
			return err
		}
		if accepted.Challenge, err = s.Challenges.StartReset(ctx, inst, u, hash); err != nil {
			return err
		}
		ok, err := s.Store.ExchangeInvite(ctx, i, accepted.TokenHash, s.Clock.Now())
		if err == nil && !ok {
			err = errOver()
		}
		return err
	})
}

// find returns whose token it is, if it is good.
func (s *Service) find(ctx context.Context, token string) (i Invitation, inst institution.Institution, u user.User, err error) {
	if i, err = s.Store.FindInviteByToken(ctx, auth.HashToken(token), s.Clock.Now()); err != nil {
		if fault.CodeOf(err) == fault.NotFound {
			err = errOver()
		}
		return i, inst, u, err
	}
	if inst, err = s.Institutions.Find(ctx, i.InstitutionID); err != nil {
		return i, inst, u, err
	}
	u, err = s.Store.FindUser(ctx, i.InstitutionID, i.UserID)
	kind := auth.ClientFrom(ctx).Kind
	if err == nil && (u.Left() || !u.Invited() || kind != "" && kind != auth.Staff) {
		err = errOver()
	}
	return i, inst, u, err
}

// Until returns until when users of the actor's institution are invited; those whose
// invitation is not open are left out.
func (s *Service) Until(ctx context.Context, userIDs []string) (map[string]time.Time, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	return s.Store.ListInvited(ctx, actor.InstitutionID, userIDs, s.Clock.Now())
}

// Finisher finishes acceptances. It is apart from Service, which asks for the challenges
// that are finished by it.
type Finisher struct {
	Store Store
	Audit audit.Recorder
}

// Finish implements challenge.Invites.
func (s *Finisher) Finish(ctx context.Context, u user.User, c challenge.Challenge, now time.Time) error {
	joined, err := s.Store.JoinStaff(ctx, u.InstitutionID, u.ID, c.NewPassword)
	if err != nil {
		return err
	}
	spent, err := s.Store.SpendInvite(ctx, u.ID, c.TokenHash, now)
	if err != nil {
		return err
	}
	if !joined || !spent {
		return errOver()
	}
	actor := auth.Actor{UserID: u.ID, InstitutionID: u.InstitutionID, Kind: u.Kind}
	return s.Audit.RecordFor(ctx, actor, audit.Event{Action: audit.AcceptedInvitation, TargetID: u.ID})
}
