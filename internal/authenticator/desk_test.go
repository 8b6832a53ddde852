package authenticator_test

import (
	"context"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is a service in a world.
type desk struct {
	*authenticator.Service
	*world.World
}

func newDesk(t *testing.T, settings ...func(s *institution.Settings)) *desk {
	t.Helper()
	return deskIn(world.New(t, settings...))
}

func deskIn(w *world.World) *desk {
	return &desk{World: w, Service: &authenticator.Service{
		Store: w.DB, Institutions: w.Finder(), Keys: secret.Development(), Attempts: &throttle.Attempts{Store: w.DB, Clock: w.Time},
		Notices: w.Told, Audit: w.Audited, Clock: w.Time, AppClock: w.Time,
	}}
}

// byBackupCode returns the context of a user whom a backup code signed in.
func (d *desk) byBackupCode(t *testing.T, u user.User) context.Context {
	t.Helper()
	sessions := auth.NewSessions(d.DB, d.Time)
	token, err := sessions.Start(t.Context(), auth.Session{
		UserID: u.ID, InstitutionID: u.InstitutionID, Kind: u.Kind, ByBackupCode: true, BackupCodeUsedAt: d.Time.Now(),
	})
	if err != nil {
		t.Fatal(err)
	}
	actor, err := sessions.Resolve(t.Context(), token, u.Kind)
	if err != nil {
		t.Fatal(err)
	}
	return auth.WithActor(t.Context(), actor)
}

func (d *desk) start(t *testing.T, ctx context.Context) authenticator.Started {
	t.Helper()
	s, err := d.Start(ctx, "My app")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// code is what the app shows now.
func (d *desk) code(t *testing.T, s authenticator.Started) string {
	t.Helper()
	code, err := totp.GenerateCode(s.Secret.Reveal(), d.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// wrong is a code of six digits that is not right now, nor around now.
func (d *desk) wrong(t *testing.T, s authenticator.Started) string {
	t.Helper()
	for _, code := range []string{"000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"} {
		if ok, _ := totp.ValidateCustom(code, s.Secret.Reveal(), d.Time.Now(), totp.ValidateOpts{Period: 30, Skew: 4, Digits: 6}); !ok {
			return code
		}
	}
	t.Fatal("every code is right")
	return ""
}

// bound returns an app of a user that is bound and whose next code is not spent.
func (d *desk) bound(t *testing.T, u user.User) authenticator.Started {
	t.Helper()
	ctx := d.As(t, u)
	s := d.start(t, ctx)
	_, err := d.Confirm(ctx, s.Device.ID, d.code(t, s))
	world.WantCode(t, err, "")
	d.Time.Advance(time.Minute)
	return s
}
