package graph

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/notification/explain"
	"github.com/factordesk/factordesk/internal/platform/phone"
)

// codeAttempts is a page of a timeline; names are of the accounts that send, by their ids.
func codeAttempts(t notification.Timeline, after string, names map[string]string) *model.CodeAttemptConnection {
	c := &model.CodeAttemptConnection{
		Edges: make([]model.CodeAttemptEdge, len(t.Attempts)), Nodes: make([]model.CodeAttempt, len(t.Attempts)),
	}
	for i := range t.Attempts {
		c.Nodes[i] = codeAttemptOf(t.Attempts[i], t.Now, names)
		c.Edges[i] = model.CodeAttemptEdge{Attempt: &t.Attempts[i], Node: &c.Nodes[i]}
	}
	c.PageInfo = pageInfo(t.HasNext, after != "", t.Attempts)
	return c
}

// codeAttempt is one code, with the names of its institution's accounts.
func (r *Resolver) codeAttempt(ctx context.Context, a notification.Attempt) (*model.CodeAttempt, error) {
	names, err := r.s.SMSProviders.Names(ctx, a.InstitutionID)
	if err != nil {
		return nil, err
	}
	return new(codeAttemptOf(a, r.s.Notifications.Clock.Now(), names)), nil
}

func codeAttemptOf(a notification.Attempt, now time.Time, names map[string]string) model.CodeAttempt {
	out := model.CodeAttempt{
		ID: a.ID, Purpose: a.Purpose, Channel: challenge.OptionKind(a.Channel), To: orNil(shown(a.To)), DeviceID: orNil(a.DeviceID),
		RequestedAt: a.Date, ExpiresAt: a.ValidUntil, Outcome: a.Outcome(now), Error: codeError(a, now),
		Provider: orNil(names[a.ProviderID]), Sid: orNil(a.SID), Segments: orNil(a.Segments), Price: orNil(a.Price),
		Events: make([]model.CodeEvent, len(a.Events)),
	}
	for i, e := range a.Events {
		out.Events[i] = model.CodeEvent{Kind: e.Kind, At: e.At, Detail: orNil(detailOf(e, names))}
	}
	return out
}

// detailOf says more of an event: of an account that could not send, its name and why.
func detailOf(e notification.Event, names map[string]string) string {
	if e.Kind != notification.PassedOver {
		return e.Detail
	}
	words := strings.Fields(e.Detail)
	if len(words) != 3 {
		return ""
	}
	name, why := cmp.Or(names[words[0]], "An account that is gone"), words[1]
	if words[2] != "0" {
		why += " " + words[2]
	}
	return name + ": " + why
}

// shown is a number or an address as people read it.
func shown(to string) string {
	if phone.Valid(to) {
		return phone.Format(to)
	}
	return to
}

// codeError explains why a code did not arrive, if that is so; of a call that nobody heard,
// how it ended.
func codeError(a notification.Attempt, now time.Time) *model.NotificationError {
	switch a.Outcome(now) {
	case notification.OutcomeNotAnswered:
		return explained(explain.Call(a.Unheard()))
	case notification.OutcomeUndelivered, notification.OutcomeRefused, notification.OutcomeUnknown:
		if a.Channel == notification.Voice && a.ErrorCode == 0 && a.SID != "" {
			how := explain.CallUnknown
			if a.Delivery() == notification.Never {
				how = explain.CallFailed
			}
			return explained(explain.Call(how))
		}
		status := a.Status(now)
		if status == notification.Sent || status == notification.Pending { // its time is over all the same
			status = notification.DeliveryUnknown
		}
		return notificationError(&a.Notification, status, now)
	}
	return nil
}
