package challenge

import (
	"cmp"
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/onetimecode"
	"github.com/factordesk/factordesk/internal/throttle"
)

// complete spends the code, completes the challenge and does what its step is for.
// It is all or nothing, but for the next challenge, which a sign-in that finds no
// other way can ask for again; of parallel calls one wins. Like all that changes what
// a user signs in with, or freezes the account, it begins with the user's row.
func (s *Service) complete(ctx context.Context, o opened, b browser, spend spending) (Proof, error) {
	proof := Proof{User: o.user}
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.hold(ctx, o); err != nil {
			return err
		}
		if err := spend(ctx); err != nil {
			return err
		}
		if err := s.finishReset(ctx, o); err != nil {
			return err
		}
		if ok, err := s.Store.CompleteChallenge(ctx, o.TokenHash, s.Clock.Now()); err != nil || !ok {
			return cmp.Or(err, onetimecode.ErrWrong())
		}
		switch o.Step {
		case EmailVerification:
			return s.finishEmailVerification(ctx, &o, b, &proof)
		case StepUp:
			return s.finishStepUp(ctx, o, &proof)
		default:
			return s.finishSignIn(ctx, o, b, &proof)
		}
	})
	if err != nil || o.Step != EmailVerification || proof.Token != "" {
		return proof, err
	}
	next, err := s.begin(ctx, o.institution, o.user)
	proof.Next = &next
	return proof, err
}

// hold holds the user still for the rest of the transaction: EXPIRED if they may not
// sign in any more by what the challenge began with.
func (s *Service) hold(ctx context.Context, o opened) error {
	if err := s.Enrollments.Hold(ctx, o.user); err != nil {
		return err
	}
	u, err := s.Store.LockUser(ctx, o.InstitutionID, o.user.ID)
	if err != nil {
		return err
	}
	if u.Left() || u.PasswordOver(s.Clock.Now()) && o.NewPassword == "" {
		return errOver()
	}
	return nil
}

// finishReset puts a new password in force, if one waits on the challenge. Whoever
// came by a link has proved the address by it.
func (s *Service) finishReset(ctx context.Context, o opened) error {
	if o.NewPassword == "" {
		return nil
	}
	if o.user.Invited() {
		return s.Invites.Finish(ctx, o.user, o.Challenge, s.Clock.Now())
	}
	if err := s.Resets.Finish(ctx, o.user, o.Challenge, s.Clock.Now()); err != nil {
		return err
	}
	return s.Enrollments.LinkFollowed(ctx, o.user)
}

// finishEmailVerification makes the user the owner of the address, and starts a
// session where a code by mail is a second factor.
func (s *Service) finishEmailVerification(ctx context.Context, o *opened, b browser, proof *Proof) error {
	factor, err := s.Enrollments.EmailVerified(ctx, o.institution, o.user)
	if err != nil {
		return err
	}
	if o.user.Waits() {
		o.user.EmailProvedAt = s.Clock.Now()
	}
	if err := s.record(ctx, *o, audit.Event{Action: audit.VerifiedEmail}); err != nil || !factor {
		return err
	}
	return s.finishSignIn(ctx, *o, b, proof)
}

// finishStepUp makes the session's factor fresh, under a new token.
func (s *Service) finishStepUp(ctx context.Context, o opened, proof *Proof) (err error) {
	if proof.Token, err = s.Sessions.Renew(ctx, o.backupCodeUsedAt()); err != nil {
		return err
	}
	return s.record(ctx, o, audit.Event{Action: audit.SteppedUp})
}

// finishSignIn starts a session.
func (s *Service) finishSignIn(ctx context.Context, o opened, b browser, proof *Proof) (err error) {
	now := s.Clock.Now()
	if err := s.Enrollments.CodeAccepted(ctx, o.user); err != nil {
		return err
	}
	if proof.Token, err = s.session(ctx, o, now); err != nil {
		return err
	}
	if proof.BrowserToken, err = s.remember(ctx, o, b, now); err != nil {
		return err
	}
	return s.record(ctx, o, audit.Event{Action: audit.SignedIn})
}

func (s *Service) session(ctx context.Context, o opened, now time.Time) (string, error) {
	client := auth.ClientFrom(ctx)
	n := auth.Session{
		UserID: o.user.ID, InstitutionID: o.InstitutionID, Kind: o.user.Kind, By: string(o.option.Kind), FactorAt: now, BackupCodeUsedAt: o.backupCodeUsedAt(),
		Address: client.Address, UserAgent: client.UserAgent,
	}
	if o.option.Kind == BackupCode { // which never counts for step-up
		n.FactorAt, n.ByBackupCode, n.BackupCodeUsedAt = time.Time{}, true, now
	}
	return s.Sessions.Start(ctx, n)
}

// backupCodeUsedAt is when the backup code was used that the option's device comes
// from; zero for all others.
func (o opened) backupCodeUsedAt() time.Time {
	if o.option.device == nil || o.option.device.Common().BackupCodeUsedAt == nil {
		return time.Time{}
	}
	return *o.option.device.Common().BackupCodeUsedAt
}

// remember makes the browser one that the user knows. A new password made it unknown.
func (s *Service) remember(ctx context.Context, o opened, b browser, now time.Time) (string, error) {
	if b.kind == throttle.KnownBrowser && o.NewPassword == "" {
		return "", nil
	}
	return auth.Remember(ctx, s.Browsers, o.user.ID, now)
}
