package challenge

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Failures only count against these. A browser that the user knows has a count of
// its own: neither strangers nor a crowd behind the same address lock it out.
var (
	perAccount = throttle.Limit{Events: 10, Per: 15 * time.Minute}
	perSource  = throttle.Limit{Events: 100, Per: 15 * time.Minute}
	// perDay counts all browsers together that the user doesn't know. Once it is
	// reached each try waits, so an owner in a new browser still gets a turn.
	perDay = throttle.Limit{Events: 100, Per: 24 * time.Hour, Then: 15 * time.Minute}
	// perNotice is how often the owner is told of that.
	perNotice = throttle.Limit{Events: 1, Per: 24 * time.Hour}
)

// triesAt returns what a try at a password counts as. A name that nobody has counts as
// one that somebody has.
func triesAt(ctx context.Context, c Credentials, u user.User, b browser) []throttle.Event {
	if b.kind == throttle.KnownBrowser {
		return []throttle.Event{{Key: throttle.Key("password-known", u.ID, b.token), Limit: perAccount}}
	}
	account := []string{u.ID}
	if u.ID == "" {
		account = []string{c.Institution, c.Username}
	}
	client := auth.ClientFrom(ctx)
	tries := []throttle.Event{
		{Key: throttle.Key("password-day", account...), Limit: perDay},
		{Key: throttle.Key("password", append(account, client.Source())...), Limit: perAccount},
	}
	return append(tries, throttle.Each("password-source", client.Sources(), perSource)...)
}

// tellMany tells a user of many wrong passwords, when a try was one of them.
func (s *Service) tellMany(ctx context.Context, u user.User, tries []throttle.Taken) error {
	if u.ID == "" || u.Left() || tries[0].Limit != perDay || tries[0].Count < perDay.Events {
		return nil
	}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		err := s.Limiter.Take(ctx, throttle.Key("password-notice", u.ID), perNotice)
		if fault.CodeOf(err) == fault.Throttled {
			return nil
		}
		if err != nil {
			return err
		}
		return s.Notices.Tell(ctx, u, notification.ManyWrongPasswords, "")
	})
}

// uncount takes back what was counted of a try that was no failure: the secret was
// right, or nobody looked, because the desk was too busy or the time was up. It
// outlives the request, or a slow minute would lock a whole branch out.
func (s *Service) uncount(ctx context.Context, tries ...throttle.Taken) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := s.Limiter.Return(ctx, tries...); err != nil {
		s.Log.WarnContext(ctx, "a try that was no failure stays counted as one", "error", err)
	}
}
