package graph

import (
	"context"
	"errors"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/notification/explain"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/user"
)

// orNil returns a pointer to v, or nil for the zero value.
func orNil[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// given is orNil for what stays as it is: it takes no copy.
func given[T comparable](p *T) *T {
	var zero T
	if *p == zero {
		return nil
	}
	return p
}

func orZero[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// seen is the override on which a change of a number type was decided.
func seen(at graphql.Omittable[*time.Time]) device.Seen {
	v, known := at.ValueOK()
	return device.Seen{Known: known, At: v}
}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func pageInfo[T interface{ Cursor() string }](hasNext, hasPrevious bool, page []T) *model.PageInfo {
	p := &model.PageInfo{HasNextPage: hasNext, HasPreviousPage: hasPrevious}
	if n := len(page); n > 0 {
		p.StartCursor, p.EndCursor = new(page[0].Cursor()), new(page[n-1].Cursor())
	}
	return p
}

func userConnection(p user.Page, after string) *model.UserConnection {
	c := &model.UserConnection{Edges: make([]model.UserEdge, len(p.Matches)), Nodes: make([]user.User, len(p.Matches))}
	for i := range p.Matches {
		c.Nodes[i] = p.Matches[i].User
		c.Edges[i] = model.UserEdge{Match: &p.Matches[i]}
	}
	c.PageInfo = pageInfo(p.HasNext, after != "", p.Matches)
	return c
}

func notificationOf(n *notification.Notification, now time.Time) model.Notification {
	status := n.Status(now)
	return model.Notification{
		ID: n.ID, Sid: given(&n.SID), Date: n.Date, Status: status, Body: n.Body, From: given(&n.From), To: n.To, Kind: n.Kind,
		Error: notificationError(n, status, now),
	}
}

// notificationError explains what went wrong, if something did (product
// requirement H8).
func notificationError(n *notification.Notification, s notification.Status, now time.Time) *model.NotificationError {
	var e explain.Error
	switch {
	case s != notification.Failed && s != notification.Undelivered && s != notification.DeliveryUnknown:
		return nil
	case n.ErrorCode != 0:
		e = explain.Code(n.ErrorCode)
	case n.ProviderStatus == notification.NeverLeft:
		e = explain.WithoutCode(explain.NeverLeft)
	case n.Unanswered(now):
		e = explain.WithoutCode(explain.Unanswered)
	default:
		e = explain.WithoutCode(explain.Outcome(s))
	}
	return explained(e)
}

func explained(e explain.Error) *model.NotificationError {
	out := &model.NotificationError{
		Code: orNil(e.Code), Title: e.Title, Explanation: e.Explanation, Remedy: e.Remedy, DocsURL: orNil(e.DocsURL),
		WhoCanFix: make([]model.FixableBy, len(e.WhoCanFix)),
	}
	for i, who := range e.WhoCanFix {
		out.WhoCanFix[i] = model.FixableBy(who)
	}
	return out
}

func challengeOf(c challenge.Challenge) *model.Challenge {
	return &model.Challenge{ID: c.Token, Step: c.Step, Options: c.Options, Unavailable: c.Unavailable, SupportPhone: orNil(c.SupportPhone), SupportPhoneFormatted: orNil(phone.Format(c.SupportPhone)), Delivery: c.Delivery, ExpiresAt: c.ExpiresAt}
}

// viewer returns who is signed in, as the context says.
func (r *Resolver) viewer(ctx context.Context) (*model.Viewer, error) {
	actor, err := auth.InSession(ctx)
	if err != nil {
		return nil, err
	}
	u, err := r.s.Users.Self(ctx)
	if err != nil {
		return nil, err
	}
	inst, err := r.s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return nil, err
	}
	permissions := actor.Permissions
	if permissions == nil {
		permissions = []auth.Permission{}
	}
	return &model.Viewer{
		User: &u, Institution: &inst, Permissions: permissions, SecondFactorAt: timeOrNil(actor.FactorAt),
		SignedInWithBackupCode: actor.ByBackupCode, PasswordExpiresAt: timeOrNil(actor.PasswordExpiresAt),
		SessionEndsAt: actor.SessionEndsAt, SessionIdleSeconds: int(auth.IdleTimeout.Seconds()),
	}, nil
}

// institution returns the viewer's own institution; others do not exist.
func (r *Resolver) institution(ctx context.Context, id string) (*institution.Institution, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	if id != actor.InstitutionID {
		return nil, fault.Errorf(fault.NotFound, "There is no such institution.")
	}
	inst, err := r.s.Institutions.Find(ctx, id)
	return &inst, err
}

func settingsChange(in model.UpdateInstitutionInput) institution.Change {
	c := institution.Change{
		DryRun: orZero(in.DryRun.Value()), Version: in.Version.Value(), Methods: in.PermittedMethods.Value(), VoIPNumbers: in.VoipNumbersAllowed.Value(),
		AcceptRisk: orZero(in.AcceptRisk.Value()), TwoFactorRequired: in.TwoFactorRequired.Value(),
		BackupCodesPerSet: in.BackupCodesPerSet.Value(), StaffCodeLifetimeMinutes: in.StaffCodeLifetimeMinutes.Value(),
		CodeLifetimeSeconds: in.CodeLifetimeSeconds.Value(), DailySends: in.DailySends.Value(), HighRiskActsPerHour: in.HighRiskActsPerHour.Value(), Country: in.Country.Value(), Languages: in.Languages.Value(), Products: in.Products.Value(),
	}
	if number, given := in.SupportPhone.ValueOK(); given {
		c.SupportPhone = new(orZero(number))
	}
	return c
}

// allowance reports whether something may be done, by the error that it would meet.
func allowance(err error) *model.Allowance {
	var f *fault.Error
	if errors.As(err, &f) {
		return &model.Allowance{Reason: &f.Message}
	}
	return &model.Allowance{Allowed: err == nil}
}

// numbers returns the numbers of a profile's phones.
func numbers(devices []device.Device) []string {
	var ns []string
	for _, d := range devices {
		if p, ok := d.(*device.Phone); ok {
			ns = append(ns, p.PhoneNumber)
		}
	}
	return ns
}

func userIDs(users []*user.User) []string {
	out := make([]string, len(users))
	for i, u := range users {
		out[i] = u.ID
	}
	return out
}
