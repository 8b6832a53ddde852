package notification

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// fetchDeadline bounds the wait for Twilio. The log answers after it.
const fetchDeadline = 2500 * time.Millisecond

// fresh is how long a reading of a window is good for everyone, so that ten
// colleagues who look at one customer ask Twilio once.
const fresh = 5 * time.Second

// refresh brings the window of a page up to date with Twilio. Readers who want
// the same at the same time share one look, which ends by its own deadline and
// not with the first of them who leaves.
func (s *Service) refresh(ctx context.Context, q ListQuery) error {
	window := fmt.Sprint(q)
	looking := s.readings.DoChan(window, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchDeadline)
		defer cancel()
		return nil, s.read(ctx, window, q)
	})
	select {
	case result := <-looking:
		return result.Err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// read asks Twilio for a window, unless it has just been asked, and merges what
// it says into the log.
func (s *Service) read(ctx context.Context, window string, q ListQuery) error {
	newest := q.Before.IsZero()
	if newest {
		last, err := s.Store.LastRefreshed(ctx, q.InstitutionID, q.To)
		if err != nil || s.Clock.Now().Sub(last.At) < fresh && last.Depth >= q.Limit {
			return err
		}
	} else if s.older.fresh(window, s.Clock.Now()) {
		return nil
	}
	inst, err := s.Institutions.Find(ctx, q.InstitutionID)
	if err != nil {
		return err
	}
	group, asking := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for _, number := range q.To {
		group.Go(func() error {
			_, err := s.readTexts(asking, inst, number, q.Before, q.Limit)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if !newest {
		s.older.set(window, s.Clock.Now())
		return nil
	}
	return s.Store.SetRefreshed(ctx, q.InstitutionID, q.To, Refresh{At: s.Clock.Now(), Depth: q.Limit})
}

// readTexts merges the texts to a number that Twilio lists into the log, settles the
// attempts that it never answered for by them, and returns them.
func (s *Service) readTexts(ctx context.Context, inst institution.Institution, number string, before time.Time, limit int) (all []Notification, err error) {
	err = s.Archive.ListTexts(ctx, inst.ID, number, before, limit, func(texts []Found) error {
		listed := found(inst, s.Brand, texts)
		all = append(all, listed...)
		if err := s.Store.MergeNotifications(ctx, listed); err != nil {
			return err
		}
		return s.match(ctx, inst.ID, number, SMS, listed)
	})
	return all, err
}

// windows are those read lately that are not the newest. Each process keeps its
// own: they are many, and seldom read by two.
type windows struct {
	mu   sync.Mutex
	read map[string]time.Time
}

func (w *windows) fresh(window string, now time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	at, ok := w.read[window]
	return ok && now.Sub(at) < fresh
}

func (w *windows) set(window string, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.read == nil {
		w.read = map[string]time.Time{}
	}
	maps.DeleteFunc(w.read, func(_ string, at time.Time) bool { return now.Sub(at) >= fresh })
	w.read[window] = now
}

// found returns what was found as rows. What an institution sent came under its own name or
// under the platform's brand.
func found(inst institution.Institution, brand string, texts []Found) []Notification {
	rows := make([]Notification, len(texts))
	for i, f := range texts {
		body, kind := MaskFound(inst.Name, f.Body)
		if kind == Alert && brand != "" {
			body, kind = MaskFound(brand, f.Body)
		}
		rows[i] = Notification{
			ID: f.SID, InstitutionID: inst.ID, Channel: SMS, Kind: kind,
			AccountSID: f.AccountSID, SID: f.SID, To: f.To, From: f.From, Body: body,
			ProviderStatus: f.Status, ErrorCode: f.ErrorCode, Segments: f.Segments, Price: f.Price, AnsweredBy: f.AnsweredBy,
			Date: f.CreatedAt, SentAt: f.SentAt, UpdatedAt: f.UpdatedAt,
		}
	}
	return rows
}

// staleReason says in a sentence why Twilio did not answer, in its adapter's
// words where it has some.
func staleReason(err error) string {
	const log = " This is what the log has."
	var said *fault.Error
	if errors.As(err, &said) {
		switch said.Code {
		case fault.ProviderError, fault.ProviderUnavailable, fault.Throttled, fault.Timeout:
			return said.Message + log
		}
	}
	if fault.CodeOf(err) == fault.Timeout {
		return "The provider did not answer in time." + log
	}
	return "The provider's texts could not be read." + log
}
