package live

import "slices"

// Stream is what one subscriber is told.
type Stream struct {
	hub    *Hub
	wanted Wanted
	// waiting are the rows that changed and were not asked for yet, each once. The hub's
	// lock is over it.
	waiting []string
	// more is closed at the end.
	more chan struct{}
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

// Next waits for a change and returns the row's id; ok is false once the stream is over.
func (s *Stream) Next() (rowID string, ok bool) {
	for open := true; open; {
		if rowID, ok = s.take(); ok {
			return rowID, true
		}
		_, open = <-s.more
	}
	return "", false
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

// Close ends the stream.
func (s *Stream) Close() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.hub.end(s)
}
