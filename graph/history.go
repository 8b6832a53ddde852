package graph

import (
	"context"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/phone"
)

// history reads every page that the messages of a history are asked for, and no
// other: how far back Twilio has to be asked hangs on it, and whether the history is
// stale hangs on that.
func history(ctx context.Context, source *notification.Source, first *int, after *string, read func(notification.Request) (notification.History, error)) (*model.NotificationHistory, error) {
	own := windowOf(first, after, window{})
	pages := map[window]*model.NotificationConnection{}
	out := &model.NotificationHistory{Page: func(first *int, after *string) *model.NotificationConnection {
		return pages[windowOf(first, after, own)]
	}}
	for i, w := range windows(ctx, own) {
		h, err := read(notification.Request{Source: orZero(source), First: w.size(), After: w.after})
		if err != nil {
			return nil, err
		}
		if i == 0 {
			out.AsOf = timeOrNil(h.AsOf)
		}
		out.AsOf = earlier(out.AsOf, timeOrNil(h.AsOf))
		if h.Stale {
			out.Stale, out.StaleReason = true, orNil(h.StaleReason)
		}
		out.UnavailableReason = orNil(h.UnavailableReason)
		out.Numbers = make([]string, len(h.Numbers))
		for i, number := range h.Numbers {
			out.Numbers[i] = phone.Format(number)
		}
		pages[w] = notificationConnection(h, w.after)
	}
	return out, nil
}

// window is which texts a page is to have.
type window struct {
	first int // 0 if it is not said
	said  bool
	after string
}

// windowOf returns what arguments ask for, and what others do where they say nothing.
func windowOf(first *int, after *string, others window) window {
	w := others
	if first != nil {
		w.first, w.said = *first, true
	}
	if after != nil {
		w.after = *after
	}
	return w
}

func (w window) size() *int {
	if !w.said {
		return nil
	}
	return &w.first
}

// windows returns those that the messages of the history at hand are asked for, each
// once; the history's own where they are not asked for at all.
func windows(ctx context.Context, own window) []window {
	op := graphql.GetOperationContext(ctx)
	var asked []window
	for _, f := range graphql.CollectFields(op, graphql.GetFieldContext(ctx).Field.Selections, []string{"NotificationHistory"}) {
		if f.Name != "messages" {
			continue
		}
		w, args := own, f.ArgumentMap(op.Variables)
		if first, err := graphql.UnmarshalInt(args["first"]); err == nil && args["first"] != nil {
			w.first, w.said = first, true
		}
		if after, ok := args["after"].(string); ok {
			w.after = after
		}
		if !slices.Contains(asked, w) {
			asked = append(asked, w)
		}
	}
	if asked == nil {
		return []window{own}
	}
	return asked
}

// earlier returns the earlier of two times, nil being the earliest of all.
func earlier(a, b *time.Time) *time.Time {
	if a == nil || b == nil {
		return nil
	}
	if b.Before(*a) {
		return b
	}
	return a
}

// text returns one text of a history.
func (r *Resolver) text(ctx context.Context, textID string) (*model.Notification, error) {
	n, err := r.s.Notifications.Find(ctx, textID)
	if err != nil {
		return nil, err
	}
	return new(notificationOf(&n, r.s.Notifications.Clock.Now())), nil
}

// notificationConnection is a page of a history; nil where there is no history.
func notificationConnection(h notification.History, after string) *model.NotificationConnection {
	if h.UnavailableReason != "" {
		return nil
	}
	c := &model.NotificationConnection{
		Edges: make([]model.NotificationEdge, len(h.Messages)), Nodes: make([]model.Notification, len(h.Messages)),
	}
	for i := range h.Messages {
		c.Nodes[i] = notificationOf(&h.Messages[i], h.Now)
		c.Edges[i] = model.NotificationEdge{Message: &h.Messages[i], Node: &c.Nodes[i]}
	}
	c.PageInfo = pageInfo(h.HasNext, after != "", h.Messages)
	return c
}
