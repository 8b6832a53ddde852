package enrollment_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// byMail permits codes by mail, which only a later sign-in may find permitted.
func byMail(inst institution.Institution) institution.Institution {
	world.Mail(&inst.Settings)
	return inst
}

// optional requires no second factor.
func optional(inst institution.Institution) institution.Institution {
	inst.TwoFactorRequired = false
	return inst
}

// proves has a user prove the address by a code, and reports whether that is a second
// factor too.
func (d *desk) proves(t *testing.T, ctx context.Context, inst institution.Institution, u user.User) (factor bool) {
	t.Helper()
	factor, err := d.EmailVerified(ctx, inst, u)
	if err != nil {
		t.Fatal(err)
	}
	return factor
}

// begin signs a user in as far as the password goes.
func (d *desk) begin(t *testing.T, inst institution.Institution, u user.User) (verifyEmail bool) {
	t.Helper()
	verifyEmail, err := d.Begin(t.Context(), inst, u)
	if err != nil {
		t.Fatal(err)
	}
	return verifyEmail
}

// The one way, from the registration to the reminder of an app.
func TestService(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		u := d.User(t, registered)
		d.Phone(t, u, "+12025550101")
		d.codes = 2

		if !d.begin(t, d.Bank, u) {
			t.Error("the address is not asked for")
		}
		world.WantCode(t, d.CodeAccepted(t.Context(), u), fault.Expired)
		if d.proves(t, t.Context(), d.Bank, u) {
			t.Error("the code is a second factor")
		}
		if d.begin(t, d.Bank, u) {
			t.Error("the address is asked for again")
		}
		world.WantCode(t, d.CompletePreferences(d.As(t, u), message.Spanish), fault.Conflict)
		world.WantCode(t, d.CodeAccepted(t.Context(), u), "")
		d.wantPrompts(t, u, enrollment.CompletePreferences)
		world.WantCode(t, d.CompletePreferences(d.As(t, u), message.Spanish), "")

		if now := d.stored(t, u); now.Status != user.Active || now.Language != message.Spanish {
			t.Errorf("in the end %+v", now)
		}
		d.wantPrompts(t, u, enrollment.AddAuthenticator)
		d.AddDevice(t, &device.Authenticator{Base: world.Base(u)})
		d.wantPrompts(t, u)
	})
}

func TestService_Begin(t *testing.T) {
	same := func(inst institution.Institution) institution.Institution { return inst }
	tests := []struct {
		name   string
		who    func(u *user.User)
		in     func(inst institution.Institution) institution.Institution
		verify bool // the address, before anything else
		apart  bool // from the second factor
	}{
		{"asks for the address where a second factor is required", registered, same, true, true},
		{"asks for the address where mails are a second factor", registered, byMail, true, false},
		{"asks for the address where no second factor is required", registered, optional, true, true},
		{"asks who waits for an address, which may be somebody else's", waiting(user.Closed), same, true, true},
		{"is not for who enrols already", enrolling, same, false, false},
		{"is not for who has enrolled", func(*user.User) {}, same, false, false},
		{"is not for staff", func(u *user.User) { u.Kind, u.Status = auth.Staff, user.Registered }, same, false, false},
	}
	onBoth(t, func(t *testing.T, d *desk) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				u := d.User(t, test.who)

				verify := d.begin(t, test.in(d.Bank), u)

				e, err := d.DB.FindEnrollment(t.Context(), u.ID)
				want := enrollment.Enrollment{UserID: u.ID, InstitutionID: d.Bank.ID, VerifyEmail: test.apart, BeganAt: world.Began}
				if verify != test.verify || verify && (err != nil || e != want) || !verify && fault.CodeOf(err) != fault.NotFound {
					t.Errorf("verify is %t of %+v, %v", verify, e, err)
				}
			})
		}
	})
}

func TestService_EmailVerified(t *testing.T) {
	t.Run("is a second factor, and a way in from then on, where mails were and are permitted", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			inst := d.Bank
			for name, test := range map[string]struct {
				began, proved institution.Institution
				want          bool
			}{
				"never permitted":          {inst, inst, false},
				"permitted":                {byMail(inst), byMail(inst), true},
				"permitted meanwhile":      {inst, byMail(inst), false},
				"not permitted any more":   {byMail(inst), inst, false},
				"no second factor, nor by": {optional(inst), optional(inst), false},
			} {
				u, has := d.User(t, waiting(user.Registered)), d.User(t, registered)
				d.AddDevice(t, &device.Email{Address: has.Email, Base: world.Base(has)})
				for _, u := range []user.User{u, has} {
					if !d.begin(t, test.began, u) || d.proves(t, t.Context(), test.proved, u) != test.want || d.begin(t, test.proved, u) {
						t.Errorf("%s: not as wanted", name)
					}
				}

				added := d.devices(t, u)
				if len(d.devices(t, has)) != 1 || len(added) == 1 != test.want || !d.stored(t, u).EmailProvedAt.Equal(world.Began) {
					t.Errorf("%s: devices %v and %v of %+v", name, added, d.devices(t, has), d.stored(t, u))
				}
				for _, a := range added {
					if e, ok := a.(*device.Email); !ok || e.Address != u.Email || e.ConfirmedAt == nil || !e.IsDefault {
						t.Errorf("%s: added %+v", name, a)
					}
				}
			}
		})
	})

	t.Run("proves nothing where the address can't be added", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			u := d.User(t, waiting(user.Registered))
			d.begin(t, byMail(d.Bank), u)
			d.Store = full{d.Store}

			err := d.DB.InTx(t.Context(), func(ctx context.Context) error {
				_, err := d.EmailVerified(ctx, byMail(d.Bank), u)
				return err
			})

			if !errors.Is(err, errFull) || d.stored(t, u) != u || !d.begin(t, d.Bank, u) {
				t.Errorf("got %v, now %+v", err, d.stored(t, u))
			}
		})
	})
}

var errFull = errors.New("there is no room")

// full is a store that takes no device.
type full struct{ enrollment.Store }

func (full) CreateDevice(context.Context, device.Device) error { return errFull }

func TestService_CodeAccepted(t *testing.T) {
	t.Run("takes who registered on, once the address is proved", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			prove := func(inst institution.Institution) func(u user.User) {
				return func(u user.User) {
					d.begin(t, inst, u)
					d.proves(t, t.Context(), inst, u)
				}
			}
			for name, test := range map[string]struct {
				before func(u user.User)
				want   fault.Code
				status user.Status
			}{
				"never signed in":  {func(user.User) {}, fault.Expired, user.Registered},
				"address unproved": {func(u user.User) { d.begin(t, d.Bank, u) }, fault.Expired, user.Registered},
				"mails permitted":  {func(u user.User) { d.begin(t, byMail(d.Bank), u) }, fault.Expired, user.Registered},
				"address proved":   {prove(d.Bank), "", user.Enrolling},
				"proved by factor": {prove(byMail(d.Bank)), "", user.Enrolling},
				"proved for none":  {prove(optional(d.Bank)), "", user.Enrolling},
			} {
				u := d.User(t, registered)
				test.before(u)

				err := d.CodeAccepted(t.Context(), u)

				if now := d.stored(t, u).Status; fault.CodeOf(err) != test.want || now != test.status {
					t.Errorf("%s: got %v, and the user is %s", name, err, now)
				}
			}
		})
	})

	t.Run("leaves everybody else as they are", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			for _, u := range []user.User{
				d.User(t), d.User(t, enrolling), d.User(t, world.Frozen), d.User(t, world.Staff),
				d.User(t, func(u *user.User) { u.Kind, u.Status = auth.Staff, user.Registered }),
			} {
				world.WantCode(t, d.CodeAccepted(t.Context(), u), "")
				if now := d.stored(t, u); now != u {
					t.Errorf("%+v, not %+v", now, u)
				}
			}
		})
	})

	t.Run("takes nobody on whose session does not start", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			u, no := d.User(t, registered), errors.New("no")
			d.begin(t, d.Bank, u)

			err := d.DB.InTx(t.Context(), func(ctx context.Context) error {
				d.proves(t, ctx, d.Bank, u)
				world.WantCode(t, d.CodeAccepted(ctx, u), "")
				return no
			})

			if !errors.Is(err, no) || d.stored(t, u).Status != user.Registered || !d.begin(t, d.Bank, u) {
				t.Errorf("got %v, and the user is %s", err, d.stored(t, u).Status)
			}
		})
	})
}

func TestService_CompletePreferences(t *testing.T) {
	t.Run("makes who enrols ACTIVE in a language, once, and records it", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			u := d.User(t, enrolling)

			world.WantCode(t, d.CompletePreferences(d.As(t, u), message.Spanish), "")
			world.WantCode(t, d.CompletePreferences(d.As(t, u), message.English), fault.Conflict)

			if now := d.stored(t, u); now.Status != user.Active || now.Language != message.Spanish {
				t.Errorf("now %+v", now)
			}
			if diff := cmp.Diff([]audit.Event{{Action: audit.CompletedEnrollment, TargetID: u.ID}}, d.Audited.Events); diff != "" {
				t.Error(diff)
			}
		})
	})

	t.Run("completes nothing that is not on record", func(t *testing.T) {
		onBoth(t, func(t *testing.T, d *desk) {
			u := d.User(t, enrolling)
			d.Audited.Err = errors.New("no")

			if err := d.CompletePreferences(d.As(t, u), message.Spanish); !errors.Is(err, d.Audited.Err) || d.stored(t, u) != u {
				t.Errorf("got %v, now %+v", err, d.stored(t, u))
			}
		})
	})

	t.Run("refuses", func(t *testing.T) {
		d := newDesk(t)
		english := d.Institution(t, "plain", "Plain", func(s *institution.Settings) { s.Languages = []message.Language{message.English} })
		u := d.User(t, enrolling)
		monoglot := d.User(t, enrolling, func(u *user.User) { u.InstitutionID = english.ID })
		for name, test := range map[string]struct {
			ctx      context.Context
			language message.Language
			want     fault.Code
		}{
			"nobody":                         {t.Context(), message.English, fault.Unauthenticated},
			"who registered":                 {d.As(t, d.User(t, registered)), message.English, fault.Conflict},
			"who is done":                    {d.As(t, d.User(t)), message.English, fault.Conflict},
			"who is frozen":                  {d.As(t, d.User(t, world.Frozen)), message.English, fault.Conflict},
			"staff":                          {d.Agent(t), message.English, fault.Conflict},
			"no language":                    {d.As(t, u), "", fault.InvalidInput},
			"a language that is none":        {d.As(t, u), "XX", fault.InvalidInput},
			"a language that nobody answers": {d.As(t, monoglot), message.Spanish, fault.InvalidInput},
		} {
			t.Run(name, func(t *testing.T) {
				world.WantCode(t, d.CompletePreferences(test.ctx, test.language), test.want)
			})
		}
		if d.stored(t, u) != u || d.stored(t, monoglot) != monoglot || len(d.Audited.Events) > 0 {
			t.Errorf("recorded %v", d.Audited.Events)
		}
		world.WantCode(t, d.CompletePreferences(d.As(t, monoglot), message.English), "")
	})
}
