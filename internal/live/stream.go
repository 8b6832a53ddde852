package live

import (
	"context"
	"slices"
)

// Stream is what one subscriber is told.
type Stream struct {
	hub    *Hub
	wanted Wanted
	// waiting are the rows that changed and were not asked for yet, each once. The hub's
	// lock is over it.
	waiting []string
	more    chan struct{}
	over    chan struct{}
}

// add has a row wait, under the hub's lock, and reports whether there was room.
func (s *Stream) add(rowID string) bool {
	if slices.Contains(s.waiting, rowID) {
		return true
	}
	if len(s.waiting) == mostWaiting {
		return false
	}
	s.waiting = append(s.waiting, rowID)
	select {
	case s.more <- struct{}{}:
	default:
	}
	return true
}

// Next waits for a change and returns the row's id; ok is false once the stream is over
// or the context ends.
func (s *Stream) Next(ctx context.Context) (rowID string, ok bool) {
	for {
		if rowID, ok = s.take(); ok {
			return rowID, true
		}
		select {
		case <-s.more:
		case <-s.over:
			return "", false
		case <-ctx.Done():
			return "", false
		}
	}
}

func (s *Stream) take() (rowID string, ok bool) {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	if len(s.waiting) == 0 {
		return "", false
	}
	rowID, s.waiting = s.waiting[0], s.waiting[1:]
	return rowID, true
}

// Over is closed when the stream has ended.
func (s *Stream) Over() <-chan struct{} { return s.over }

// Close ends the stream.
func (s *Stream) Close() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.hub.end(s)
}
