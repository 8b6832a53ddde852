package authenticator

import (
	"cmp"
	"context"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Keys seals and opens secrets.
type Keys interface {
	Seal(t secret.Text, p secret.Place) ([]byte, error)
	Open(ciphertext []byte, p secret.Place) (secret.Text, error)
}

// Service keeps the rules of apps.
type Service struct {
	Store        Store
	Institutions institution.Finder
	Keys         Keys
	Attempts     *throttle.Attempts
	Notices      notice.Teller
	Audit        audit.Recorder
	Clock        clock.Clock
	// AppClock tells the time that apps have: nobody sets them by our database.
	AppClock clock.Clock
}

// Start makes an app for the actor that is bound once Confirm gets a code of it,
// and puts it in the place of one that is still to be bound. STEP_UP_REQUIRED if
// the last second factor is too old; a session that a backup code began may do it
// without one until it has bound an app, and is FORBIDDEN then, as are others by the
// rule of auth.Actor.MayAlterFactors. CONFLICT where apps are not permitted or
// the user may change no device. INVALID_INPUT for the label.
func (s *Service) Start(ctx context.Context, label string) (Started, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return Started{}, err
	}
	if err := s.mayBind(ctx, actor); err != nil {
		return Started{}, err
	}
	if label, err = device.CheckLabel(label); err != nil {
		return Started{}, err
	}
	owner, inst, err := s.owner(ctx, actor)
	if err != nil {
		return Started{}, err
	}
	started, err := draw(inst, owner)
	if err != nil {
		return Started{}, err
	}
	now := s.Clock.Now()
	expires := now.Add(bindWithin)
	d := draft(owner, label)
	d.AddedAt = now
	sealed, err := s.Keys.Seal(started.Secret, place(d.ID))
	if err != nil {
		return Started{}, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.hold(ctx, actor); err != nil {
			return err
		}
		if err := s.Store.CreateAuthenticator(ctx, d, Row{Secret: sealed, ExpiresAt: &expires}); err != nil {
			return err
		}
		if started.Device, err = s.find(ctx, actor, d.ID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.StartedAuthenticator, TargetID: d.ID, Details: map[string]string{"user": owner.ID}})
	})
	return started, err
}

// mayBind tells why the actor may not bind an app now; nil if they may.
func (s *Service) mayBind(ctx context.Context, actor auth.Actor) error {
	may, isFirst, err := s.byBackupCode(ctx, actor)
	if may != nil || isFirst || err != nil {
		return cmp.Or(err, may)
	}
	return actor.RequireRecentFactor(s.Clock.Now())
}

// byBackupCode tells why the actor may not add a factor after a backup code, and
// whether this is the one app that a session may bind that such a code began.
func (s *Service) byBackupCode(ctx context.Context, actor auth.Actor) (may error, isFirst bool, err error) {
	may = actor.MayAlterFactors(s.Clock.Now())
	if may == nil || !actor.ByBackupCode {
		return may, false, nil
	}
	bound, err := s.Store.BoundIn(ctx, actor.UserID, actor.SessionID)
	if err != nil || bound {
		return may, false, err
	}
	return nil, true, nil
}

// owner returns the actor as the owner of an app, if they may have one now.
func (s *Service) owner(ctx context.Context, actor auth.Actor) (user.User, institution.Institution, error) {
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return user.User{}, inst, err
	}
	if !inst.Permits(institution.AuthenticatorApp) {
		return user.User{}, inst, fault.Errorf(fault.Conflict, "%s does not use authenticator apps.", inst.Name)
	}
	u, err := s.Store.FindUser(ctx, actor.InstitutionID, actor.UserID)
	if err == nil {
		err = u.MayChangeDevices()
	}
	return u, inst, err
}

// hold holds the actor's devices still for the rest of the transaction, if the actor
// may still change them: the account may have been frozen since owner looked.
func (s *Service) hold(ctx context.Context, actor auth.Actor) error {
	u, err := s.Store.LockUser(ctx, actor.InstitutionID, actor.UserID)
	if err != nil {
		return err
	}
	return u.MayChangeDevices()
}

func draft(owner user.User, label string) *device.Authenticator {
	return &device.Authenticator{Base: device.Base{ID: id.New(id.Device), InstitutionID: owner.InstitutionID, UserID: owner.ID, Label: label}}
}

// find returns an app that is the actor's own.
func (s *Service) find(ctx context.Context, actor auth.Actor, deviceID string) (*device.Authenticator, error) {
	d, err := s.Store.FindDevice(ctx, actor.InstitutionID, deviceID)
	if err != nil {
		return nil, err
	}
	app, ok := d.(*device.Authenticator)
	if !ok || app.UserID != actor.UserID {
		return nil, fault.Errorf(fault.NotFound, "There is no such authenticator app; start again.")
	}
	return app, nil
}

// Confirm binds the actor's app by its first code: NOT_FOUND if it is not the
// actor's or was replaced, CONFLICT if it is bound already, EXPIRED after 15
// minutes, WRONG_CODE, THROTTLED after five wrong ones; the rest as Start, except
// that the step-up of Start still counts.
func (s *Service) Confirm(ctx context.Context, deviceID, code string) (*device.Authenticator, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	row, owner, err := s.waiting(ctx, actor, deviceID)
	if err != nil {
		return nil, err
	}
	if _, err := s.Attempts.Begin(ctx, deviceID, throttle.KnownBrowser); err != nil {
		return nil, err
	}
	seen, ok, err := s.check(row, code)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fault.Errorf(fault.WrongCode, "This code is not right. Wait for the app's next one; if that is wrong too, check the phone's clock.")
	}
	var bound *device.Authenticator
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.hold(ctx, actor); err != nil {
			return err
		}
		if ok, err := s.Store.BindAuthenticator(ctx, deviceID, actor.SessionID, seen, s.Clock.Now()); err != nil || !ok {
			return cmp.Or(err, errBound())
		}
		if err := s.Attempts.Clear(ctx, deviceID, throttle.KnownBrowser); err != nil {
			return err
		}
		if err := s.Notices.Tell(ctx, owner, notification.AuthenticatorAdded, deviceID); err != nil {
			return err
		}
		if bound, err = s.find(ctx, actor, deviceID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.ConfirmedDevice, TargetID: deviceID, Details: map[string]string{"user": owner.ID}})
	})
	return bound, err
}

func errBound() error {
	return fault.Errorf(fault.Conflict, "This authenticator app is set up already.")
}

// waiting returns an app of the actor that waits for its first code.
func (s *Service) waiting(ctx context.Context, actor auth.Actor, deviceID string) (Row, user.User, error) {
	if !id.Is(id.Device, deviceID) {
		deviceID = ""
	}
	if _, err := s.find(ctx, actor, deviceID); err != nil {
		return Row{}, user.User{}, err
	}
	if may, _, err := s.byBackupCode(ctx, actor); may != nil || err != nil {
		return Row{}, user.User{}, cmp.Or(err, may)
	}
	owner, _, err := s.owner(ctx, actor)
	if err != nil {
		return Row{}, user.User{}, err
	}
	row, err := s.Store.FindAuthenticator(ctx, actor.InstitutionID, deviceID)
	switch {
	case err != nil:
	case row.Confirmed:
		err = errBound()
	case row.over(s.Clock.Now()):
		err = fault.Errorf(fault.Expired, "This took more than %d minutes. Start again.", int(bindWithin.Minutes()))
	}
	return row, owner, err
}

// Draft returns an app with its secret, for whoever writes it together with more; its
// first code binds it: see MatchFirst.
func (s *Service) Draft(inst institution.Institution, owner user.User) (Started, Row, error) {
	started, err := draw(inst, owner)
	if err != nil {
		return Started{}, Row{}, err
	}
	expires := s.Clock.Now().Add(bindWithin)
	started.Device = draft(owner, "")
	started.Device.AddedAt = s.Clock.Now()
	sealed, err := s.Keys.Seal(started.Secret, place(started.Device.ID))
	return started, Row{Secret: sealed, ExpiresAt: &expires}, err
}

// Step is a step of an app whose code was right.
type Step struct {
	deviceID string
	seen     Seen
	// binds tells that it is the first of an app that waits for it.
	binds bool
}

// Match returns the step of a code of a bound app, for Spend to spend in the
// transaction of what it is spent for; ok is false for a code that is wrong, too old
// or accepted already. An app that is gone has no right code. Counting tries is the
// caller's business.
func (s *Service) Match(ctx context.Context, institutionID, deviceID, typed string) (step Step, ok bool, err error) {
	return s.match(ctx, institutionID, deviceID, typed, func(r Row) bool { return r.Confirmed })
}

// MatchFirst returns as Match does the step of a code of an app that waits for its first
// one; Spend binds the app.
func (s *Service) MatchFirst(ctx context.Context, institutionID, deviceID, typed string) (step Step, ok bool, err error) {
	return s.match(ctx, institutionID, deviceID, typed, func(r Row) bool { return !r.Confirmed && !r.over(s.Clock.Now()) })
}

func (s *Service) match(ctx context.Context, institutionID, deviceID, typed string, good func(Row) bool) (step Step, ok bool, err error) {
	row, err := s.Store.FindAuthenticator(ctx, institutionID, deviceID)
	if fault.CodeOf(err) == fault.NotFound || err == nil && !good(row) {
		return Step{}, false, nil
	}
	if err != nil {
		return Step{}, false, err
	}
	seen, ok, err := s.check(row, typed)
	return Step{deviceID, seen, !row.Confirmed}, ok, err
}

// Spend spends a step; ok is false if it was spent, or a later one, or the app is
// gone: of parallel calls with one code one is told so.
func (s *Service) Spend(ctx context.Context, step Step) (ok bool, err error) {
	if step.binds {
		return s.Store.BindAuthenticator(ctx, step.deviceID, "", step.seen, s.Clock.Now())
	}
	return s.Store.AcceptStep(ctx, step.deviceID, step.seen)
}

func (s *Service) check(row Row, code string) (Seen, bool, error) {
	key, err := s.Keys.Open(row.Secret, place(row.DeviceID))
	if err != nil {
		return Seen{}, false, err
	}
	return row.Seen.find(key, code, s.AppClock.Now())
}
