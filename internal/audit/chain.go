package audit

import (
	"context"
	"encoding/json"
	"math/bits"
	"slices"
	"sync"
	"time"
)

const (
	// mostAtOnce is how many entries one statement adds.
	mostAtOnce = 64
	// writeTimeout bounds one write of a group, in which nobody's own deadline
	// counts.
	writeTimeout = 10 * time.Second
)

// chain is an institution's record as this process extends it. One of its
// goroutines writes at a time, and only while somebody waits:
//
//	Record ──┐                ┌────────────────────────────────────┐
//	Record ──┼──> waiting ──> │ number, chain the MACs, add all of │ ──> each Record returns
//	Record ──┘       ^        │ them behind the head, or none      │
//	                 │        └────────────────────────────────────┘
//	                 └── who comes meanwhile is in the next group
//
// So who comes alone is written at once, and a crowd shares a statement and a
// commit. An entry that belongs to a transaction can't wait for others: it goes
// into the transaction by itself.
//
// The head is remembered, to be read only when it was not the last one after all:
// another process wrote, or an act's transaction is not committed yet or was
// rolled back. The store adds nothing behind any other entry than the last.
//
// Whoever leaves while their entry is being written finds no history, but it may
// stand in the record that they looked: the write is the whole group's, and goes on.
type chain struct {
	mu      sync.Mutex
	waiting []*pending
	writing bool
	head    Head
	known   bool
}

// pending is an entry whose caller waits for it to be written.
type pending struct {
	Entry
	written chan error
}

// chainOf returns the chain of an institution.
func (s *Service) chainOf(institutionID string) *chain {
	c, ok := s.chains.Load(institutionID)
	if !ok {
		c, _ = s.chains.LoadOrStore(institutionID, &chain{})
	}
	return c.(*chain)
}

// append returns when an entry is in the transaction of the context, or written.
func (s *Service) append(ctx context.Context, e Entry) error {
	c := s.chainOf(e.InstitutionID)
	if s.Store.WithinTx(ctx) {
		entries := []Entry{e}
		if err := s.extend(ctx, c, entries); err != nil {
			return err
		}
		if e.Action.HighRisk() && e.Outcome == Done {
			s.Store.AfterCommit(ctx, func() { s.logHead(ctx, e.InstitutionID, entries[0].head()) })
		}
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	p := &pending{Entry: e, written: make(chan error, 1)}
	if c.join(p) {
		s.writers.Go(func() { s.write(c) })
	}
	select {
	case err := <-p.written:
		return err
	case <-ctx.Done():
		c.leave(p)
		return ctx.Err()
	}
}

// Wait returns when all that is being written is. Nobody may record any more.
func (s *Service) Wait() { s.writers.Wait() }

// join lines an entry up and reports whether it takes a writer.
func (c *chain) join(p *pending) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = append(c.waiting, p)
	first := !c.writing
	c.writing = true
	return first
}

// leave takes back an entry that no one has begun to write: there are never more
// in line than callers.
func (c *chain) leave(p *pending) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = slices.DeleteFunc(c.waiting, func(other *pending) bool { return other == p })
}

// next takes a group out of the line; none ends the writer. Its size is a power
// of two, so that there are few texts of the statement to prepare.
func (c *chain) next() []*pending {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) == 0 {
		c.writing = false
		return nil
	}
	n := min(1<<(bits.Len(uint(len(c.waiting)))-1), mostAtOnce)
	group := slices.Clone(c.waiting[:n])
	c.waiting = slices.Delete(c.waiting, 0, n)
	return group
}

// write writes group after group until nobody waits. What fails as a group is
// tried one by one, so that an entry which the database won't take is nobody
// else's trouble.
func (s *Service) write(c *chain) {
	for group := c.next(); group != nil; group = c.next() {
		ctx, cancel := context.WithTimeout(context.Background(), writeTimeout)
		entries := make([]Entry, len(group))
		for i, p := range group {
			entries[i] = p.Entry
		}
		err := s.extend(ctx, c, entries)
		for i, p := range group {
			if err == nil || len(group) == 1 {
				p.written <- err
			} else {
				p.written <- s.extend(ctx, c, entries[i:i+1])
			}
		}
		cancel()
	}
}

// extend numbers and authenticates entries and adds them, all or none, behind
// the last one.
func (s *Service) extend(ctx context.Context, c *chain, entries []Entry) error {
	head, known := c.remembered()
	for {
		if !known {
			var err error
			if head, err = s.Store.AuditHead(ctx, entries[0].InstitutionID); err != nil {
				return err
			}
		}
		last, err := s.follow(head, entries)
		if err != nil {
			return err
		}
		if known, err = s.Store.AppendEntries(ctx, head, entries); err != nil {
			return err
		}
		if known {
			c.remember(last)
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// follow numbers and authenticates entries behind a head, and returns the new one.
func (s *Service) follow(head Head, entries []Entry) (Head, error) {
	for i := range entries {
		e := &entries[i]
		details, err := json.Marshal(e.Details)
		if err != nil {
			return Head{}, err
		}
		e.Sequence = head.Sequence + 1
		if e.MAC, err = s.Keys.MAC(e.covered(head.MAC, string(details))...); err != nil {
			return Head{}, err
		}
		head = e.head()
	}
	return head, nil
}

// head is the head of a record that ends with the entry.
func (e *Entry) head() Head { return Head{Sequence: e.Sequence, MAC: e.MAC} }

func (c *chain) remembered() (Head, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.head, c.known
}

func (c *chain) remember(h Head) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.head, c.known = h, true
}
