package account

import (
	"context"
	"crypto/rand"
	"strconv"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// GiveFirstPassword makes up a password by which a staff user may choose one of their
// own until it expires, ends what was begun with the one before, and tells the user.
// Operators do this, nobody else: FORBIDDEN. CONFLICT for customers, and for staff who
// can't sign in by any password.
func (s *Service) GiveFirstPassword(ctx context.Context, userID string) (password string, expires time.Time, err error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return "", time.Time{}, err
	}
	if actor.Kind != auth.Operator {
		return "", time.Time{}, fault.Errorf(fault.Forbidden, "Nobody sets the password of somebody else here.")
	}
	u, err := s.Users.Target(ctx, userID)
	if err != nil {
		return "", time.Time{}, err
	}
	if err := mayHaveFirst(u); err != nil {
		return "", time.Time{}, err
	}
	password = rand.Text()
	hash, err := s.Hasher.Hash(ctx, user.Hashed(password)) // before the transaction: it takes long
	if err != nil {
		return "", time.Time{}, err
	}
	now := s.Clock.Now()
	expires = now.Add(user.FirstPasswordLifetime)
	return password, expires, s.Store.InTx(ctx, func(ctx context.Context) error {
		ended, err := s.endAll(ctx, u, now)
		if err != nil {
			return err
		}
		ok, err := s.Store.SetFirstPassword(ctx, u.InstitutionID, u.ID, hash, expires)
		switch {
		case err != nil:
			return err
		case !ok:
			return errNoFirst()
		}
		if err := s.Browsers.ForgetBrowsers(ctx, u.ID); err != nil {
			return err
		}
		if err := s.Notices.Tell(ctx, u, notification.PasswordChanged, ""); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.GaveFirstPassword, TargetID: u.ID, Details: map[string]string{"sessions": strconv.Itoa(ended)},
		})
	})
}

// mayHaveFirst tells why a user may not be given a first password; nil if they may.
func mayHaveFirst(u user.User) error {
	switch {
	case u.Kind != auth.Staff:
		return fault.Errorf(fault.Conflict, "This is for the accounts of staff. Customers choose a new password by a link in a mail.")
	case u.Status != user.Active || u.Left():
		return errNoFirst()
	}
	return nil
}

func errNoFirst() error {
	return fault.Errorf(fault.Conflict, "This account is disabled, closed, frozen or not set up yet: no password would open it.")
}
