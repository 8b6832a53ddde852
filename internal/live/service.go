package live

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/factordesk/factordesk/internal/platform/id"
)

// Hub tells the streams of one process what changes. It is safe for concurrent use.
type Hub struct {
	line     Line
	sessions Sessions
	log      *slog.Logger
	// name tells this process's words from those of others.
	name string

	mu        sync.Mutex
	streams   map[Topic]map[*Stream]struct{}
	bySession map[string]int
	open      int
	closed    bool

	outbox   outbox
	warned   sync.Once
	suspects suspects
}

// New returns a hub that is told of every change that the line's process makes.
func New(line Line, sessions Sessions, log *slog.Logger) *Hub {
	h := &Hub{
		line: line, sessions: sessions, log: log, name: id.New(id.Process),
		streams: map[Topic]map[*Stream]struct{}{}, bySession: map[string]int{},
		outbox: outbox{wake: make(chan struct{}, 1)}, suspects: suspects{wake: make(chan struct{}, 1)},
	}
	line.WatchChanges(h.Publish)
	line.WatchActors(h.suspects.add)
	return h
}

// Run joins the hub to those of other processes, and ends streams whose sessions end,
// until the context does. One that does not run tells its own streams only, and ends
// none.
func (h *Hub) Run(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { h.hear(ctx) })
	running.Go(func() { h.tell(ctx) })
	running.Go(func() { h.watch(ctx) })
	running.Wait()
}

// Publish tells everybody who waits for a change.
func (h *Hub) Publish(c Change) {
	h.deliver(c)
	h.outbox.add(c)
}

// deliver tells the streams of this process.
func (h *Hub) deliver(c Change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.streams[c.Topic] {
		if !s.add(c.ID) {
			h.end(s)
		}
	}
}

// Subscribe opens a stream, which its reader closes: THROTTLED where the session or the
// process has too many, UNAVAILABLE where the process is about to end.
func (h *Hub) Subscribe(w Wanted) (*Stream, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closed:
		return nil, errEnding
	case h.bySession[w.Actor.SessionID] >= MostOfSession:
		return nil, errTooMany
	case h.open >= Most:
		return nil, errFull
	}
	s := &Stream{hub: h, wanted: w, more: make(chan struct{}, 1)}
	if h.streams[w.Topic] == nil {
		h.streams[w.Topic] = map[*Stream]struct{}{}
	}
	h.streams[w.Topic][s] = struct{}{}
	h.bySession[w.Actor.SessionID]++
	h.open++
	return s, nil
}

// Open returns how many streams are open.
func (h *Hub) Open() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open
}

// Close ends every stream, and opens no more.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	h.endAll(func(*Stream) bool { return true })
}

// restart ends every stream, so that its client reads again what it may have missed.
func (h *Hub) restart() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.endAll(func(*Stream) bool { return true })
}

// endAll ends those streams of which over says so, under the lock.
func (h *Hub) endAll(over func(*Stream) bool) {
	for _, of := range slices.Collect(maps.Values(h.streams)) {
		for s := range of {
			if over(s) {
				h.end(s)
			}
		}
	}
}

// end ends a stream, under the lock. Ending it twice does no harm.
func (h *Hub) end(s *Stream) {
	topic, session := s.wanted.Topic, s.wanted.Actor.SessionID
	if _, open := h.streams[topic][s]; !open {
		return
	}
	delete(h.streams[topic], s)
	if len(h.streams[topic]) == 0 {
		delete(h.streams, topic)
	}
	if h.bySession[session]--; h.bySession[session] == 0 {
		delete(h.bySession, session)
	}
	h.open--
	s.waiting = nil
	close(s.more)
}

// pause waits, and reports whether the context goes on.
func pause(ctx context.Context, long time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(long):
		return true
	}
}
