package live

import (
	"context"
	"encoding/json"
	"errors"
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
	// checkEvery is how often a process makes sure that it hears itself.
	checkEvery = 30 * time.Second
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
	for h.hearOn(ctx) {
	}
}

// hearOn hears until the line falls silent, and reports whether to try another one.
func (h *Hub) hearOn(ctx context.Context) bool {
	hearing, hangUp := context.WithCancel(ctx)
	defer hangUp()
	own, stop := make(chan struct{}, 1), func() {}
	err := h.line.Hear(hearing, func(text string) { h.heard(text, own) }, func() {
		h.restart()
		stop()
		var checking context.Context
		checking, stop = context.WithCancel(hearing)
		go h.check(checking, own, hangUp)
	}, func(err error) {
		if hearing.Err() == nil {
			h.deaf(ctx, err)
		}
	})
	stop()
	if err != nil && hearing.Err() == nil {
		h.deaf(ctx, err)
	}
	return hearing.Err() != nil && ctx.Err() == nil
}

// deaf says once that others are not heard.
func (h *Hub) deaf(ctx context.Context, err error) {
	h.warned.Do(func() {
		h.log.WarnContext(ctx, "what other processes change is not heard until LISTEN works: live updates show what this process does, and not what others do", "error", err)
	})
}

// heard takes what any process told; own is told of the process's own words.
func (h *Hub) heard(text string, own chan<- struct{}) {
	var w words
	switch {
	case json.Unmarshal([]byte(text), &w) != nil: // whatever it is, it is not of this product
	case w.From == h.name:
		select {
		case own <- struct{}{}:
		default:
		}
	case w.Missed:
		h.restart()
	default:
		for _, c := range w.Changes {
			h.deliver(Change{Topic{c[0], c[1], Kind(c[2])}, c[3]})
		}
	}
}

var errUnheard = errors.New("nothing that is told is heard, as behind PgBouncer in transaction mode")

// check makes sure that the process hears itself, again and again while streams are open:
// behind a pooler that hands connections on it never does, and on a line that has fallen
// silent no more, which is left for another then.
func (h *Hub) check(ctx context.Context, own <-chan struct{}, hangUp func()) {
	for heard := false; ; {
		if !heard || h.Open() > 0 {
			select {
			case <-own:
			default:
			}
			if h.told(ctx, words{From: h.name}) {
				select {
				case <-ctx.Done():
					return
				case <-own:
					if !heard {
						h.log.InfoContext(ctx, "live updates show what other processes do, too")
					}
					heard = true
				case <-time.After(heardWithin):
					if heard {
						hangUp()
					} else {
						h.deaf(ctx, errUnheard)
					}
					return
				}
			}
		}
		if !pause(ctx, checkEvery) {
			return
		}
	}
}
