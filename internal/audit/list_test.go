package audit_test

import (
	"slices"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/page"
)

func TestService_List(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ann, ben := d.actor(d.Bank.ID), d.actor(d.Bank.ID)
		target := id.New(id.User)
		for _, e := range []struct {
			actor auth.Actor
			audit.Event
		}{
			{ann, audit.Event{Action: audit.SignedIn}},
			{ben, audit.Event{Action: audit.SignedIn}},
			{ann, audit.Event{Action: audit.ReadHistory, TargetID: target}},
			{ben, audit.Event{Action: audit.GeneratedCodes, TargetID: target}},
			{ann, audit.Event{Action: audit.SignedOut}},
		} {
			d.Time.Advance(time.Minute)
			check(t, d.RecordFor(t.Context(), e.actor, e.Event))
		}
		d.write(t, d.Other.ID, 3)
		ctx := auth.WithActor(t.Context(), ann)

		for name, test := range map[string]struct {
			filter audit.Filter
			want   []int64
		}{
			"everything, the newest first": {audit.Filter{}, []int64{5, 4, 3, 2, 1}},
			"by actor":                     {audit.Filter{ActorID: ann.UserID}, []int64{5, 3, 1}},
			"by target":                    {audit.Filter{TargetID: target}, []int64{4, 3}},
			"by action":                    {audit.Filter{Action: audit.SignedIn}, []int64{2, 1}},
			"from a time":                  {audit.Filter{From: world.Began.Add(4 * time.Minute)}, []int64{5, 4}},
			"before a time":                {audit.Filter{To: world.Began.Add(2 * time.Minute)}, []int64{1}},
			"by all of it":                 {audit.Filter{ActorID: ben.UserID, TargetID: target, Action: audit.GeneratedCodes}, []int64{4}},
			"by who is in no entry":        {audit.Filter{ActorID: id.New(id.User)}, nil},
		} {
			t.Run(name, func(t *testing.T) {
				page, err := d.List(ctx, test.filter, nil, "")

				check(t, err)
				if got := sequences(page); !slices.Equal(got, test.want) {
					t.Errorf("got %v, want %v", got, test.want)
				}
			})
		}

		t.Run("page by page, while more come", func(t *testing.T) {
			two, after := 2, ""
			var got []int64
			for {
				page, err := d.List(ctx, audit.Filter{}, &two, after)
				check(t, err)
				got = append(got, sequences(page)...)
				if !page.HasNext {
					break
				}
				after = page.Entries[len(page.Entries)-1].Cursor()
				check(t, d.RecordFor(t.Context(), ann, audit.Event{Action: audit.SignedOut}))
			}
			if want := []int64{5, 4, 3, 2, 1}; !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	})
}

func sequences(p audit.Page) []int64 {
	var all []int64
	for _, e := range p.Entries {
		all = append(all, e.Sequence)
	}
	return all
}

func TestService_List_Refuses(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		all, zero := d.actor(d.Bank.ID), 0
		none := all
		none.Permissions = []auth.Permission{auth.ViewUsers}
		customer := all
		customer.Kind = auth.Customer
		for name, test := range map[string]struct {
			actor  *auth.Actor
			filter audit.Filter
			first  *int
			after  string
			want   fault.Code
		}{
			"nobody":                          {nil, audit.Filter{}, nil, "", fault.Unauthenticated},
			"staff without the permission":    {&none, audit.Filter{}, nil, "", fault.Forbidden},
			"a customer":                      {&customer, audit.Filter{}, nil, "", fault.Forbidden},
			"no permission before bad input":  {&none, audit.Filter{ActorID: "x"}, &zero, "x", fault.Forbidden},
			"an actor that is no id":          {&all, audit.Filter{ActorID: "x\x00"}, nil, "", fault.InvalidInput},
			"a target that is no id":          {&all, audit.Filter{TargetID: "x"}, nil, "", fault.InvalidInput},
			"a page of nothing":               {&all, audit.Filter{}, &zero, "", fault.InvalidInput},
			"a cursor that is none":           {&all, audit.Filter{}, nil, "x", fault.InvalidInput},
			"a cursor whose part is no count": {&all, audit.Filter{}, nil, page.Encode("x"), fault.InvalidInput},
		} {
			t.Run(name, func(t *testing.T) {
				ctx := t.Context()
				if test.actor != nil {
					ctx = auth.WithActor(ctx, *test.actor)
				}

				_, err := d.List(ctx, test.filter, test.first, test.after)

				if fault.CodeOf(err) != test.want {
					t.Errorf("got %v, want %s", err, test.want)
				}
			})
		}
	})
}
