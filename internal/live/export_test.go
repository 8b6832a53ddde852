package live

// Take returns what waits for a stream, and does not wait for it.
func (s *Stream) Take() (rowID string, ok bool) { return s.take() }

// Over reports whether a stream has ended.
func (s *Stream) Over() bool {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	_, open := s.hub.streams[s.wanted.Topic][s]
	return !open
}
