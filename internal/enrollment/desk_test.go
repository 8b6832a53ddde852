package enrollment_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// desk is a service in a world, in which every number is a mobile one.
type desk struct {
	*enrollment.Service
	*world.World
	// lookups are the numbers that were looked up, which costs money.
	lookups []string
	// codes is how many backup codes everybody has left.
	codes int
}

func (d *desk) Detect(_ context.Context, _, number string) (device.Detection, error) {
	d.lookups = append(d.lookups, number)
	return device.Detection{Valid: true, LineType: "mobile"}, nil
}

func (d *desk) Left(context.Context, institution.Institution, user.User) (int, error) {
	return d.codes, nil
}

// onBoth runs a test on both databases.
func onBoth(t *testing.T, test func(t *testing.T, d *desk)) {
	world.OnBoth(t, func(t *testing.T, w *world.World) { test(t, deskIn(w)) })
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return deskIn(world.New(t))
}

func deskIn(w *world.World) *desk {
	d := &desk{World: w}
	d.Service = &enrollment.Service{
		Store: w.DB, Institutions: w.Finder(), Users: &user.Service{Store: w.DB, Hasher: w.Hashes, Clock: w.Time},
		Phones:      &device.Service{Store: w.DB, Detector: d, Clock: w.Time, Log: slog.New(slog.DiscardHandler)},
		BackupCodes: d, Notices: w.Told, Audit: w.Audited, Limiter: &throttle.Limiter{Store: w.DB, Clock: w.Time}, Clock: w.Time,
	}
	return d
}

// registered makes a new user one who has registered and not signed in yet.
func registered(u *user.User) { u.Status = user.Registered }

// waiting makes a new user one who registered and owns no address yet.
func waiting(s user.Status) func(u *user.User) {
	return func(u *user.User) { u.Status, u.EmailProvedAt = s, time.Time{} }
}

// enrolling makes a new user one who has signed in, and has the preferences to review.
func enrolling(u *user.User) { u.Status = user.Enrolling }

// stored returns a user as the database has it now.
func (d *desk) stored(t *testing.T, u user.User) user.User {
	t.Helper()
	found, err := d.DB.FindUser(t.Context(), u.InstitutionID, u.ID)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// devices returns the devices of a user as the database has them now.
func (d *desk) devices(t *testing.T, u user.User) []device.Device {
	t.Helper()
	found, err := d.DB.ListDevices(t.Context(), u.InstitutionID, []string{u.ID})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// register registers somebody in a browser that has no cookie to show.
func (d *desk) register(ctx context.Context, r enrollment.Registration) error {
	_, err := d.Register(ctx, r)
	return err
}
