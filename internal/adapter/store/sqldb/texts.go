package sqldb

import "sync"

// texts keeps texts of statements by what they were put together from, which takes
// longer and more memory than to find them again.
type texts struct {
	mu    sync.RWMutex
	known map[any]string
}

// mostTexts bounds them, because clients choose the length of a page, which is part
// of some. Where there is no room they begin anew.
const mostTexts = 1000

// of returns the text of something, or makes it.
func (t *texts) of(what any, text func() string) string {
	t.mu.RLock()
	known, ok := t.known[what]
	t.mu.RUnlock()
	if ok {
		return known
	}
	made := text()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known == nil || len(t.known) == mostTexts {
		t.known = map[any]string{}
	}
	t.known[what] = made
	return made
}

// Text returns the text of a statement by what it is put together from, or has it
// made.
func (db *DB) Text(what any, text func() string) string { return db.texts.of(what, text) }

// unbound is a text whose parameters are written as question marks.
type unbound string

// bound returns a text as the database takes it.
func (db *DB) bound(query string) string {
	return db.texts.of(unbound(query), func() string { return db.x.Rebind(query) })
}
