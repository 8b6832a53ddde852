package onetimecode

import (
	"context"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
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

// Send makes a code in place of the one before and sends it: THROTTLED within 30 s
// of the last one to a number or address, and over 5 an hour; what before says; and
// what the provider says, for a code that stays good, as it may have been sent after
// all. before, unless it is nil, is done in the transaction that keeps the code.
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
	code := Code{Subject: r.Subject, DeviceID: r.DeviceID, MAC: mac, ExpiresAt: s.Clock.Now().Add(validFor)}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		for _, l := range limits {
			if err := s.Limiter.Take(ctx, throttle.Key(l.name, l.of(r)...), l.limit); err != nil {
				return err
			}
		}
		if before != nil {
			if err := before(ctx); err != nil {
				return err
			}
		}
		return s.Store.PutOneTimeCode(ctx, code)
	})
	if err != nil {
		return Sent{}, err
	}
	return Sent{RetryAfter: limits[0].limit.Per, ExpiresAt: code.ExpiresAt}, s.Sender.SendCode(ctx, r.To, value, validFor)
}

// longest bounds what is worth looking at.
const longest = 20

// Check returns the code that was typed for a subject and device, for Spend to
// spend: WRONG_CODE.
func (s *Service) Check(ctx context.Context, subject, deviceID, typed string) (Code, error) {
	typed = strings.Join(strings.Fields(typed), "")
	if len(typed) > longest {
		return Code{}, ErrWrong()
	}
	code, err := s.Store.FindOneTimeCode(ctx, subject, deviceID, s.Clock.Now())
	if fault.CodeOf(err) == fault.NotFound || err == nil && !s.Keys.VerifyMAC(code.MAC, subject, deviceID, typed) {
		return Code{}, ErrWrong()
	}
	return code, err
}

// Spend spends a code: WRONG_CODE if another call was first, or it is no longer good.
func (s *Service) Spend(ctx context.Context, c Code) error {
	ok, err := s.Store.ConsumeOneTimeCode(ctx, c, s.Clock.Now())
	if err == nil && !ok {
		err = ErrWrong()
	}
	return err
}
