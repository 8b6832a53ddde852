package account_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/account"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// Support signs a user out everywhere, by the rules by which it resets devices.
func TestService_EndSessionsOf(t *testing.T) {
	world.OnBoth(t, func(t *testing.T, w *world.World) {
		s := &account.Service{Store: w.DB, Users: &user.Service{Store: w.DB, Clock: w.Time}, Institutions: w.Finder(), Notices: w.Told, Audit: w.Audited, Clock: w.Time}
		sessions := auth.NewSessions(w.DB, w.Time)
		owner, colleague, agent := w.User(t), w.User(t, world.Staff), w.User(t, world.Staff)
		token, err := sessions.Start(t.Context(), auth.Session{UserID: owner.ID, InstitutionID: owner.InstitutionID, Kind: owner.Kind})
		if err != nil {
			t.Fatal(err)
		}
		may := func(u user.User) context.Context { return w.As(t, u, auth.ResetTwoFactorDevice) }
		for name, test := range map[string]struct {
			ctx    context.Context
			userID string
			why    string
			want   fault.Code
		}{
			"nobody":                 {t.Context(), owner.ID, "why", fault.Unauthenticated},
			"without the permission": {w.As(t, agent, auth.ViewUsers), owner.ID, "why", fault.Forbidden},
			"the owner":              {w.As(t, owner), owner.ID, "why", fault.Forbidden},
			"for a colleague":        {may(agent), colleague.ID, "why", fault.Forbidden},
			"for oneself":            {may(agent), agent.ID, "why", fault.Forbidden},
			"of another institution": {may(w.Stranger()), owner.ID, "why", fault.NotFound},
			"for nobody":             {may(agent), id.New(id.User), "why", fault.NotFound},
			"with an old factor":     {world.FactorAt(may(agent), world.Began.Add(-16*time.Minute)), owner.ID, "why", fault.StepUpRequired},
			"without a reason":       {may(agent), owner.ID, " ", fault.InvalidInput},
			"for what is no id":      {may(agent), "usr_\x00", "why", fault.NotFound},
		} {
			if _, _, err := s.EndSessionsOf(test.ctx, test.userID, test.why); fault.CodeOf(err) != test.want {
				t.Errorf("%s: %v, want %s", name, err, test.want)
			}
		}
		if _, err := sessions.Resolve(t.Context(), token, auth.Customer); err != nil || len(w.Audited.Events) != 0 {
			t.Fatalf("a refusal did something: %v, %v", err, w.Audited.Events)
		}

		waiting := challenge.Challenge{
			TokenHash: auth.HashToken(auth.NewToken()), InstitutionID: owner.InstitutionID, UserID: owner.ID, Step: challenge.SecondFactor,
			CreatedAt: world.Began, ExpiresAt: world.Began.Add(15 * time.Minute),
		}
		if err := w.DB.CreateChallenge(t.Context(), waiting); err != nil {
			t.Fatal(err)
		}

		_, ended, err := s.EndSessionsOf(may(agent), owner.ID, " Called back ")

		if err != nil || ended != 1 {
			t.Fatalf("ended %d: %v", ended, err)
		}
		_, err = sessions.Resolve(t.Context(), token, auth.Customer)
		world.WantCode(t, err, fault.Unauthenticated)
		if waiting, err = w.DB.FindChallenge(t.Context(), waiting.TokenHash); err != nil || waiting.ExpiresAt.After(world.Began) {
			t.Errorf("the sign-in under way is good until %s: %v", waiting.ExpiresAt, err)
		}
		if diff := cmp.Diff([]world.Told{{Notice: notification.SessionsEnded}}, w.Told.All); diff != "" {
			t.Error(diff)
		}
		want := []audit.Event{{Action: audit.EndedSessions, TargetID: owner.ID, Details: map[string]string{"reason": "Called back", "sessions": "1"}}}
		if diff := cmp.Diff(want, w.Audited.Events); diff != "" {
			t.Error(diff)
		}
	})
}
