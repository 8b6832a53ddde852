package auth

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

func TestEffective(t *testing.T) {
	for _, test := range []struct {
		name                   string
		adminLevel             bool
		granted, removed, want []Permission
	}{
		{"nothing of nothing", false, nil, nil, []Permission{}},
		{"what roles grant, in the order of the list, each once", false,
			[]Permission{UpdateNumberType, ViewUsers, ViewUsers}, nil, []Permission{ViewUsers, UpdateNumberType}},
		{"the history for Admin-level staff by default", true, nil, nil, []Permission{ViewNotificationHistory}},
		{"nothing else for Admin-level staff by default", true, []Permission{ViewUsers}, nil, []Permission{ViewUsers, ViewNotificationHistory}},
		{"no history for others by default", false, []Permission{ViewUsers}, nil, []Permission{ViewUsers}},
		{"no history for Admin-level staff from whom it was taken", true, nil, []Permission{ViewNotificationHistory}, []Permission{}},
		{"nothing that was taken, even if a role grants it", true,
			[]Permission{ViewNotificationHistory, GenerateLockoutCodes}, []Permission{ViewNotificationHistory, GenerateLockoutCodes}, []Permission{}},
		{"nothing by a name that is none", false, []Permission{"EVERYTHING", ""}, nil, []Permission{}},
		{"everything", true, Permissions(), nil, Permissions()},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Effective(test.adminLevel, test.granted, test.removed); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestRequire(t *testing.T) {
	agent := Actor{UserID: "usr_agent", Kind: Staff, Permissions: []Permission{ViewUsers}}

	for _, test := range []struct {
		name string
		ctx  context.Context
		want fault.Code
	}{
		{"lets in who holds the permission", WithActor(t.Context(), agent), ""},
		{"is UNAUTHENTICATED if nobody is signed in", t.Context(), fault.Unauthenticated},
		{"is UNAUTHENTICATED in a request of nobody", WithNobody(t.Context()), fault.Unauthenticated},
		{"is FORBIDDEN without the permission", WithActor(t.Context(), Actor{Kind: Staff, Permissions: []Permission{UpdateNumberType}}), fault.Forbidden},
		{"is FORBIDDEN for Admin-level staff without it", WithActor(t.Context(), Actor{Kind: Staff, AdminLevel: true}), fault.Forbidden},
		{"is FORBIDDEN for customers, whatever they hold", WithActor(t.Context(), Actor{Kind: Customer, Permissions: Permissions()}), fault.Forbidden},
		{"is FORBIDDEN for a kind that is none", WithActor(t.Context(), Actor{Permissions: Permissions()}), fault.Forbidden},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Require(test.ctx, ViewUsers)

			if got := fault.CodeOf(err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}

	t.Run("returns the actor", func(t *testing.T) {
		if got, _ := Require(WithActor(t.Context(), agent), ViewUsers); got.UserID != agent.UserID {
			t.Errorf("got %v", got)
		}
	})
}

func TestRequireOwnerOr(t *testing.T) {
	customer := Actor{UserID: "usr_ann", Kind: Customer}

	for _, test := range []struct {
		name  string
		actor Actor
		owner string
		want  fault.Code
	}{
		{"lets owners in", customer, "usr_ann", ""},
		{"lets staff in who hold the permission", Actor{UserID: "usr_agent", Kind: Staff, Permissions: []Permission{ViewUsers}}, "usr_ann", ""},
		{"keeps other customers out", customer, "usr_bob", fault.Forbidden},
		{"keeps staff out who lack the permission", Actor{UserID: "usr_agent", Kind: Staff}, "usr_ann", fault.Forbidden},
		{"takes nobody for the owner of nothing", Actor{Kind: Customer}, "", fault.Forbidden},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := RequireOwnerOr(WithActor(t.Context(), test.actor), test.owner, ViewUsers)

			if got := fault.CodeOf(err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}

	t.Run("is UNAUTHENTICATED if nobody is signed in", func(t *testing.T) {
		if _, err := RequireOwnerOr(t.Context(), "", ViewUsers); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("got %v", err)
		}
	})
}

func TestBecome(t *testing.T) {
	t.Run("signs in for the rest of the request, and out", func(t *testing.T) {
		request := WithNobody(t.Context())
		field, cancel := context.WithCancel(request) // made before the sign-in
		defer cancel()

		Become(request, &Actor{UserID: "usr_ann"})
		if a, ok := FromContext(field); !ok || a.UserID != "usr_ann" {
			t.Errorf("after the sign-in: %v, %v", a, ok)
		}

		Become(field, nil)
		if a, ok := FromContext(request); ok {
			t.Errorf("after signing out: %v", a)
		}
	})

	t.Run("does nothing where no request is", func(t *testing.T) {
		Become(t.Context(), &Actor{UserID: "usr_ann"})

		if _, ok := FromContext(t.Context()); ok {
			t.Error("someone is signed in")
		}
	})
}

func TestActor_RequireRecentFactor(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

	for kind, limit := range map[Kind]time.Duration{Staff: 15 * time.Minute, Customer: 5 * time.Minute, "": 5 * time.Minute} {
		for age, want := range map[time.Duration]fault.Code{
			0: "", limit - time.Microsecond: "", limit: "",
			limit + time.Microsecond: fault.StepUpRequired, 24 * time.Hour: fault.StepUpRequired,
		} {
			err := Actor{Kind: kind, FactorAt: now.Add(-age)}.RequireRecentFactor(now)

			if got := fault.CodeOf(err); got != want {
				t.Errorf("%q after %s: %q, want %q", kind, age, got, want)
			}
		}
	}

	t.Run("is asked for if there never was one", func(t *testing.T) {
		if err := (Actor{Kind: Staff}).RequireRecentFactor(time.Time{}.Add(time.Minute)); fault.CodeOf(err) != fault.StepUpRequired {
			t.Errorf("got %v", err)
		}
	})
}
