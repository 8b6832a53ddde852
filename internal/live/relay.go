package live

import (
	"context"
	"encoding/json"
	"sync"
	"time"
)

const (
	// gather is how long changes are collected for one message to other processes.
	gather = 20 * time.Millisecond
	// mostTold bounds what waits to be told to them.
	mostTold = 10_000
	// longestWords bounds a message: PostgreSQL takes fewer than 8000 bytes.
	longestWords = 7500
	// tellWithin is how long a message may take.
	tellWithin = 5 * time.Second
	// heardWithin is how long a message may be on its way.
	heardWithin = 5 * time.Second
)

// words are what one process tells the others.
type words struct {
	From string `json:"from"`
	// Changes are institution, user, kind and row of each.
	Changes [][4]string `json:"changes,omitempty"`
	// Missed says that there were changes that nobody was told of.
	Missed bool `json:"missed,omitempty"`
}

func (w words) String() string {
	text, _ := json.Marshal(w) // strings always marshal
	return string(text)
}

// outbox is what waits to be told to other processes.
type outbox struct {
	mu      sync.Mutex
	changes [][4]string
	missed  bool
	wake    chan struct{}
}

func (o *outbox) add(c Change) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.changes) < mostTold {
		o.changes = append(o.changes, [4]string{c.InstitutionID, c.UserID, string(c.Kind), c.ID})
	} else {
		o.missed = true
	}
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// lost writes down that something could not be told.
func (o *outbox) lost() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.missed = true
}

// take returns the next message; ok is false where there is none.
func (o *outbox) take() (w words, ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.changes) == 0 && !o.missed {
		return words{}, false
	}
	size, n := 0, 0
	for ; n < len(o.changes); n++ {
		c := o.changes[n]
		if size += len(c[0]) + len(c[1]) + len(c[2]) + len(c[3]) + 20; n > 0 && size > longestWords-200 {
			break
		}
	}
	w = words{Changes: o.changes[:n:n], Missed: o.missed}
	o.changes, o.missed = o.changes[n:], false
	return w, true
}

// tell tells other processes what changed here, a moment after it did and never in the
// transaction that did it.
func (h *Hub) tell(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.outbox.wake:
		}
		if !pause(ctx, gather) {
			return
		}
		for w, ok := h.outbox.take(); ok; w, ok = h.outbox.take() {
			w.From = h.name
			if !h.told(ctx, w) && !h.again(ctx) {
				return
			}
		}
	}
}

func (h *Hub) told(ctx context.Context, w words) bool {
	telling, cancel := context.WithTimeout(ctx, tellWithin)
	defer cancel()
	err := h.line.Tell(telling, w.String())
	if err != nil && ctx.Err() == nil {
		h.log.WarnContext(ctx, "other processes could not be told what changed: their live updates begin anew", "changes", len(w.Changes), "error", err)
	}
	return err == nil
}

// again has others be told, a little later, that they missed something.
func (h *Hub) again(ctx context.Context) bool {
	h.outbox.lost()
	return pause(ctx, time.Second)
}

// hear passes on what other processes tell. Where the line was lost for a while, streams
// end: nobody knows what they missed.
func (h *Hub) hear(ctx context.Context) {
	own := make(chan struct{}, 1)
	var once sync.Once
	err := h.line.Hear(ctx, func(text string) {
		var w words
		if json.Unmarshal([]byte(text), &w) != nil || w.From == "" {
			return // whatever it is, it is not of this product
		}
		if w.From == h.name {
			select {
			case own <- struct{}{}:
			default:
			}
			return
		}
		h.heard(w)
	}, func() {
		h.restart()
		go h.check(ctx, own)
	}, func(err error) {
		if ctx.Err() == nil {
			once.Do(func() { h.deaf(ctx, err) })
		}
	})
	if err != nil && ctx.Err() == nil {
		h.deaf(ctx, err)
	}
}

func (h *Hub) deaf(ctx context.Context, err error) {
	h.log.WarnContext(ctx, "what other processes change is not heard until LISTEN works again: live updates show what this process does", "error", err)
}

func (h *Hub) heard(w words) {
	if w.Missed {
		h.restart()
		return
	}
	for _, c := range w.Changes {
		h.deliver(Change{Topic{c[0], c[1], Kind(c[2])}, c[3]})
	}
}

// check says so where the process does not even hear itself, as happens behind a pooler
// that hands connections on.
func (h *Hub) check(ctx context.Context, own <-chan struct{}) {
	if !h.told(ctx, words{From: h.name}) {
		return
	}
	select {
	case <-own:
		h.log.InfoContext(ctx, "live updates show what other processes do, too")
	case <-ctx.Done():
	case <-time.After(heardWithin):
		h.log.WarnContext(ctx, "LISTEN hears nothing, as behind PgBouncer in transaction mode: live updates show what this process does, and not what others do")
	}
}
