package twilio

import (
	"slices"
	"sync"
	"time"

	"github.com/factordesk/factordesk/internal/notification"
)

// window tells when enough texts older than a time have been read. It ends
// between two seconds, never within one: Twilio dates texts to the second, and
// the log orders those of one second otherwise than Twilio does, so that half of
// them would leave a gap.
type window struct {
	before time.Time
	limit  int
	// older counts the texts before the window's begin; clearly those of them that
	// the log can't date after it.
	older, clearly int
	// edge is when the text that filled the window was made.
	edge time.Time
}

func newWindow(before time.Time, limit int) *window { return &window{before: before, limit: limit} }

// add counts a page and reports whether the window is full.
func (w *window) add(texts []notification.Found) bool {
	for _, text := range texts {
		if !w.edge.IsZero() && text.CreatedAt.Before(w.edge) {
			return true
		}
		if w.before.IsZero() || text.CreatedAt.Before(w.before) {
			w.older++
		}
		if w.before.IsZero() || text.CreatedAt.Before(w.before.Add(-sendMargin)) {
			w.clearly++
		}
		if w.edge.IsZero() && (w.clearly >= w.limit || w.older >= w.limit+extraTexts) {
			w.edge = text.CreatedAt
		}
	}
	return false
}

// place is where a page of a list begins.
type place struct {
	// before is the list's filter, zero for none; size is the page's.
	before time.Time
	size   int
	// token and page are Twilio's, empty for the first page.
	token, page string
	// above is when the text before the page was made, zero if none is known.
	above time.Time
}

// shelf is the list of an account's texts to a number.
type shelf struct{ account, to string }

// mark is a page that was read: where it begins, and where the next one does,
// zero for the last page.
type mark struct{ start, next place }

// holds reports whether the texts of a time are on the page.
func (m mark) holds(at time.Time) bool {
	return m.start.leadsTo(at) && (m.next == (place{}) || !m.next.above.After(at))
}

// leadsTo reports whether every text older than a time comes after the place.
func (p place) leadsTo(at time.Time) bool { return p.above.IsZero() || !p.above.Before(at) }

// nearer reports whether a place is further down a list than another.
func (p place) nearer(other place) bool {
	return !p.above.IsZero() && (other.above.IsZero() || p.above.Before(other.above))
}

// The most marks that are kept, of lists and of pages in each.
const (
	mostShelves = 1000
	mostMarks   = 200
)

// marks remembers pages, so that whoever reads on goes by Twilio's own tokens.
// Its filter by time finds a place, too, but it knows when a text was sent, not
// made: it leaves out what was sent late or never, and where hundreds of texts
// share a minute it gets no closer than that.
type marks struct {
	mu    sync.Mutex
	lists map[shelf][]mark
}

// find returns the nearest place above a time, if that part of the list was read
// before. A list without a filter is the better one.
func (m *marks) find(list shelf, at time.Time) (nearest place, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, filtered := range []bool{false, true} {
		for _, k := range m.lists[list] {
			if k.start.before.IsZero() == filtered || at.IsZero() {
				continue
			}
			ok = ok || k.holds(at)
			for _, p := range []place{k.start, k.next} {
				if p.leadsTo(at) && p.nearer(nearest) {
					nearest = p
				}
			}
		}
		if ok {
			return nearest, true
		}
		nearest = place{}
	}
	return place{}, false
}

// set remembers a page, and forgets the oldest if there are too many.
func (m *marks) set(list shelf, k mark) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lists == nil {
		m.lists = map[shelf][]mark{}
	}
	for other := range m.lists {
		if len(m.lists) < mostShelves {
			break
		}
		delete(m.lists, other)
	}
	kept := slices.DeleteFunc(m.lists[list], func(other mark) bool { return other.start == k.start })
	kept = append(kept, k)
	m.lists[list] = kept[max(0, len(kept)-mostMarks):]
}

func (m *marks) forget(list shelf) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.lists, list)
}
