package onetimecode

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/text"
	"github.com/factordesk/factordesk/internal/throttle"
)

// Keys authenticates codes.
type Keys interface {
	MAC(parts ...string) ([]byte, error)
	VerifyMAC(sum []byte, parts ...string) bool
}

// Sender sends codes.
type Sender interface {
	SendCode(ctx context.Context, r notification.Recipient, code string, validFor time.Duration) error
}

// Service keeps the rules of codes that are sent.
type Service struct {
	Store   Store
	Keys    Keys
	Sender  Sender
	Limiter *throttle.Limiter
	Clock   clock.Clock
}

// Send makes a code in place of the one before and sends it: THROTTLED as limits say;
// what before says; and what the provider says. A code that may have been sent after
// all stays good, and counted. One that surely was not counts for nothing but the
// requests to the provider. before, unless it is nil, is done in the transaction that
// keeps the code.
func (s *Service) Send(ctx context.Context, r Request, before func(ctx context.Context) error) (Sent, error) {
	value, err := draw()
	if err != nil {
		return Sent{}, err
	}
	mac, err := s.Keys.MAC(r.Subject, r.DeviceID, value)
	if err != nil {
		return Sent{}, err
	}
	validFor := r.To.Institution.CodeLifetime
	now := s.Clock.Now()
	code := Code{Subject: r.Subject, DeviceID: r.DeviceID, MAC: mac, SentAt: now, ExpiresAt: now.Add(validFor), AttemptID: id.New(id.Message)}
	r.To.AttemptID, r.To.Subject, r.To.DeviceID = code.AttemptID, r.Subject, r.DeviceID
	var taken []throttle.Taken
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if taken, err = s.take(ctx, r); err != nil {
			return err
		}
		if before != nil {
			if err := before(ctx); err != nil {
				return err
			}
		}
		return s.put(ctx, code)
	})
	if err != nil {
		return Sent{}, err
	}
	for i, l := range limits {
		if l.name == hour {
			r.To.Counted = taken[i].Window()
		}
	}
	err = s.Sender.SendCode(ctx, r.To, value, validFor)
	if notification.Unsent(err) {
		return Sent{}, s.giveBack(ctx, code, taken, err)
	}
	return Sent{RetryAfter: throttle.Longest(taken[0].At, taken...), ExpiresAt: code.ExpiresAt}, err
}

// put keeps a code, and writes down of the one that it replaces that it is good no longer.
func (s *Service) put(ctx context.Context, c Code) error {
	replaced, err := s.Store.PutOneTimeCode(ctx, c)
	if err != nil || replaced == "" {
		return err
	}
	return s.Store.AddCodeEvents(ctx, notification.Once(replaced, notification.Superseded, c.SentAt))
}

// take takes all limits, and has the owner told where strangers have used up theirs.
func (s *Service) take(ctx context.Context, r Request) ([]throttle.Taken, error) {
	taken, err := s.Limiter.TakeAll(ctx, events(r)...)
	if err != nil || r.UsedUp == nil || !usedUp(r, taken) {
		return taken, err
	}
	switch err := s.Limiter.Take(ctx, throttle.Key("code-notice", r.DeviceID), perNotice); fault.CodeOf(err) {
	case "":
		return taken, r.UsedUp(ctx)
	case fault.Throttled:
		return taken, nil
	default:
		return nil, err
	}
}

// giveBack forgets a code that was not sent, because of err, and gives back what was
// taken for it, also when the caller is gone; it returns err, with the longest wait if
// it is one.
func (s *Service) giveBack(ctx context.Context, code Code, taken []throttle.Taken, err error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	var back, kept []throttle.Taken
	for i, l := range limits {
		if l.kept {
			kept = append(kept, taken[i])
		} else {
			back = append(back, taken[i])
		}
	}
	if failed := cmp.Or(s.Limiter.Return(ctx, back...), s.Store.DeleteOneTimeCode(ctx, code)); failed != nil {
		return failed
	}
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Code == fault.Throttled {
		waiting := *f
		waiting.RetryAfter = max(f.RetryAfter, throttle.Longest(s.Clock.Now(), kept...))
		return &waiting
	}
	return err
}

// Apart sends something else than a code to a number, which is as far from the codes for
// it as they are from each other: THROTTLED, and what before and send say. What surely was
// not sent counts for nothing but the requests to the provider. before is done in the
// transaction that takes the limits.
func (s *Service) Apart(ctx context.Context, to notification.Recipient, before, send func(ctx context.Context) error) error {
	var counts []throttle.Event
	for i, e := range events(Request{To: to}) {
		if limits[i].name != hour { // the codes of an hour are left for signing in
			counts = append(counts, e)
		}
	}
	var taken []throttle.Taken
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if taken, err = s.Limiter.TakeAll(ctx, counts...); err != nil {
			return err
		}
		return before(ctx)
	})
	if err != nil {
		return err
	}
	if err = send(ctx); !notification.Unsent(err) {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	return cmp.Or(s.Limiter.Return(ctx, taken[0]), err) // the gap
}

// LastSent returns the newest send of a code of a subject, by device, and how long it takes
// at least until another may be asked for there.
func (s *Service) LastSent(ctx context.Context, subject string) (map[string]Last, error) {
	sends, err := s.Store.ListSends(ctx, subject)
	last := make(map[string]Last, len(sends))
	for _, n := range sends {
		l, newer := last[n.DeviceID]
		if !newer {
			l = Last{Notification: n, RetryAfter: max(0, n.Date.Add(between).Sub(s.Clock.Now()))}
		}
		l.HadKeyless = l.HadKeyless || n.Keyless
		last[n.DeviceID] = l
	}
	return last, err
}

// longest bounds what is worth looking at, in bytes.
const longest = 100

// Check returns the code that was typed for a subject and device, for Spend to
// spend: WRONG_CODE. What was wrong with it is written down.
func (s *Service) Check(ctx context.Context, subject, deviceID, typed string) (Code, error) {
	if len(typed) > longest {
		return Code{}, ErrWrong()
	}
	typed = text.Code(typed)
	code, err := s.Store.FindOneTimeCode(ctx, subject, deviceID)
	if fault.CodeOf(err) == fault.NotFound {
		return Code{}, ErrWrong()
	}
	if err != nil {
		return Code{}, err
	}
	now := s.Clock.Now()
	attempt, kind := code.AttemptID, notification.Wrong
	switch right := s.Keys.VerifyMAC(code.MAC, subject, deviceID, typed); {
	case right && now.Before(code.ExpiresAt):
		return code, nil
	case right:
		kind = notification.Late
	case s.Keys.VerifyMAC(code.PreviousMAC, subject, deviceID, typed):
		attempt, kind = code.PreviousAttemptID, notification.Older
	}
	if attempt == "" {
		return Code{}, ErrWrong()
	}
	return Code{}, cmp.Or(s.Store.AddCodeEvents(ctx, notification.Again(attempt, kind, now)), ErrWrong())
}

// Spend spends a code: WRONG_CODE if another call was first, or it is no longer good.
func (s *Service) Spend(ctx context.Context, c Code) error {
	now := s.Clock.Now()
	ok, err := s.Store.ConsumeOneTimeCode(ctx, c, now)
	if err == nil && !ok {
		err = ErrWrong()
	}
	if err != nil || c.AttemptID == "" {
		return err
	}
	return s.Store.AddCodeEvents(ctx, notification.Once(c.AttemptID, notification.Entered, now))
}
