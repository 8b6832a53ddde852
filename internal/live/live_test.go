package live_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/live"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// exchange is the line of all processes of a test.
type exchange struct {
	mu    sync.Mutex
	lines []*line
	// broken is the error of whoever tells.
	broken error
	// longest and messages count what was told.
	longest, messages int
}

// line is that of one process.
type line struct {
	at      *exchange
	changed func(live.Change)
	actors  func(userID string)
	heard   func(words string)
	joined  func()
	deaf    bool
}

func (l *line) WatchChanges(changed func(live.Change)) { l.changed = changed }

func (l *line) WatchActors(changed func(userID string)) { l.actors = changed }

func (l *line) Tell(_ context.Context, words string) error {
	l.at.mu.Lock()
	defer l.at.mu.Unlock()
	if l.at.broken != nil {
		return l.at.broken
	}
	l.at.longest, l.at.messages = max(l.at.longest, len(words)), l.at.messages+1
	for _, other := range l.at.lines {
		if other.heard != nil && !other.deaf {
			other.heard(words)
		}
	}
	return nil
}

func (l *line) Hear(ctx context.Context, heard func(words string), joined func(), _ func(error)) error {
	l.at.mu.Lock()
	l.heard, l.joined = heard, joined
	l.at.mu.Unlock()
	joined()
	<-ctx.Done()
	return nil
}

// silence has the line bring nothing until it is taken anew.
func (l *line) silence() {
	l.at.mu.Lock()
	defer l.at.mu.Unlock()
	l.heard = nil
}

func (x *exchange) breaks(err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.broken = err
}

// sessions are those that are live.
type sessions struct {
	mu    sync.Mutex
	live  map[string]auth.Actor
	err   error
	looks int
}

func (s *sessions) Look(_ context.Context, ids []string) (map[string]auth.Actor, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looks++
	found := map[string]auth.Actor{}
	for _, id := range ids {
		if a, ok := s.live[id]; ok {
			found[id] = a
		}
	}
	return found, s.err
}

func (s *sessions) change(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// process is one with a hub.
type process struct {
	*live.Hub
	line     *line
	sessions *sessions
	log      strings.Builder
}

var topic = live.Topic{InstitutionID: "ins_1", UserID: "usr_customer", Kind: live.Notifications}

func staff(session string) auth.Actor {
	return auth.Actor{UserID: "usr_" + session, SessionID: session, Kind: auth.Staff, Permissions: []auth.Permission{auth.ViewNotificationHistory}}
}

func newProcess(t *testing.T, x *exchange) *process {
	t.Helper()
	p := &process{line: &line{at: x}, sessions: &sessions{live: map[string]auth.Actor{}}}
	for _, session := range []string{"a", "b"} {
		p.sessions.live[session] = staff(session)
	}
	x.lines = append(x.lines, p.line)
	p.Hub = live.New(p.line, p.sessions, slog.New(slog.NewTextHandler(&p.log, nil)))
	return p
}

// run runs the hub until the test ends.
func (p *process) run(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); p.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	synctest.Wait()
}

func (p *process) subscribe(t *testing.T, session string) *live.Stream {
	t.Helper()
	s, err := p.Subscribe(live.Wanted{Topic: topic, Actor: staff(session), Permission: auth.ViewNotificationHistory})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rest waits until all that comes within a time has come.
func rest(long time.Duration) {
	time.Sleep(long)
	synctest.Wait()
}

// told returns what a stream has been told by now.
func told(s *live.Stream) (ids []string) {
	for id, ok := s.Take(); ok; id, ok = s.Take() {
		ids = append(ids, id)
	}
	return ids
}

func over(s *live.Stream) bool { return s.Over() }

func TestHub_TellsEachStreamOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := &exchange{}
		here, there := newProcess(t, x), newProcess(t, x)
		here.run(t)
		there.run(t)
		own, others := here.subscribe(t, "a"), there.subscribe(t, "b")

		for _, id := range []string{"msg_1", "msg_2", "msg_1"} {
			here.line.changed(live.Change{Topic: topic, ID: id})
		}
		here.line.changed(live.Change{Topic: live.Topic{InstitutionID: "ins_1", UserID: "usr_other", Kind: live.Notifications}, ID: "msg_3"})
		atOnce := told(own)
		rest(100 * time.Millisecond)

		for name, got := range map[string][]string{"here": atOnce, "there": told(others)} {
			if !slices.Equal(got, []string{"msg_1", "msg_2"}) {
				t.Errorf("%s: %v", name, got)
			}
		}
		if again := told(own); again != nil {
			t.Errorf("told once more by its own words: %v", again)
		}
	})
}

// What is told fits into a NOTIFY, however much it is, and many changes are few messages.
func TestHub_TellsInBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := &exchange{}
		here, there := newProcess(t, x), newProcess(t, x)
		here.run(t)
		there.run(t)
		before := x.messages
		const users = 1000
		streams := make([]*live.Stream, users)
		for i := range streams {
			of := live.Topic{InstitutionID: "ins_" + strings.Repeat("0", 32), UserID: fmt.Sprintf("usr_%032d", i), Kind: live.Notifications}
			var err error
			if streams[i], err = there.Subscribe(live.Wanted{Topic: of, Actor: staff(fmt.Sprint(i))}); err != nil {
				t.Fatal(err)
			}
			here.line.changed(live.Change{Topic: of, ID: fmt.Sprintf("msg_%032d", i)})
		}
		rest(100 * time.Millisecond)

		for i, s := range streams {
			if got := told(s); len(got) != 1 {
				t.Fatalf("stream %d was told %v", i, got)
			}
		}
		if x.longest >= 8000 || x.messages-before > 30 {
			t.Errorf("%d messages, the longest of %d bytes", x.messages-before, x.longest)
		}
	})
}

// Who reads too slowly is not waited for.
func TestHub_EndsWhoIsTooSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProcess(t, &exchange{})
		slow, quick := p.subscribe(t, "a"), p.subscribe(t, "b")
		for i := range 101 {
			p.line.changed(live.Change{Topic: topic, ID: fmt.Sprint(i)})
			if got := told(quick); len(got) != 1 {
				t.Fatalf("%d: %v", i, got)
			}
		}
		if !over(slow) || over(quick) || p.Open() != 1 {
			t.Errorf("over: %v, %v; %d open", over(slow), over(quick), p.Open())
		}
	})
}

// Where something may have been missed, streams end.
func TestHub_EndsWhereSomethingWasMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := &exchange{}
		here, there := newProcess(t, x), newProcess(t, x)
		here.run(t)
		there.run(t)

		s := there.subscribe(t, "a")
		there.line.joined() // again
		if !over(s) {
			t.Error("a stream goes on after the line was lost")
		}

		s = there.subscribe(t, "a")
		x.breaks(errors.New("the database is away"))
		here.line.changed(live.Change{Topic: topic, ID: "msg_1"})
		rest(time.Second / 2)
		if over(s) {
			t.Error("a stream ended before anybody was told")
		}
		x.breaks(nil)
		rest(2 * time.Second)
		if !over(s) {
			t.Error("a stream goes on though a change could not be told")
		}
	})
}

func TestHub_WarnsOnceWhereNothingIsHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProcess(t, &exchange{})
		p.line.deaf = true
		p.run(t)
		s := p.subscribe(t, "a")
		rest(time.Minute)
		p.line.changed(live.Change{Topic: topic, ID: "msg_1"})
		if got := told(s); len(got) != 1 || strings.Count(p.log.String(), "as behind PgBouncer") != 1 {
			t.Errorf("%v\n%s", got, p.log.String())
		}
	})
}

// A line that takes everything and brings nothing any more is left for another.
func TestHub_LeavesALineThatHasFallenSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := &exchange{}
		here, there := newProcess(t, x), newProcess(t, x)
		here.run(t)
		there.run(t)
		s := there.subscribe(t, "a")
		rest(10 * time.Minute)
		if over(s) {
			t.Fatal("a line that works is left")
		}
		there.line.silence()
		rest(time.Minute)
		if !over(s) {
			t.Error("a stream goes on, and hears nothing")
		}
		s = there.subscribe(t, "a")
		here.line.changed(live.Change{Topic: topic, ID: "msg_1"})
		rest(time.Second)
		if got := told(s); len(got) != 1 {
			t.Errorf("on another line it is told %v", got)
		}
	})
}

// Who waits is told of a change, and of the end.
func TestStream_Next(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProcess(t, &exchange{})
		s, told := p.subscribe(t, "a"), make(chan string)
		go func() {
			defer close(told)
			for id, ok := s.Next(); ok; id, ok = s.Next() {
				told <- id
			}
		}()
		synctest.Wait()
		for _, id := range []string{"msg_1", "msg_2"} {
			p.line.changed(live.Change{Topic: topic, ID: id})
			if got := <-told; got != id {
				t.Errorf("%q instead of %q", got, id)
			}
		}
		s.Close()
		if got, open := <-told; open {
			t.Errorf("after the end it is told %q", got)
		}
	})
}

func TestHub_HasBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProcess(t, &exchange{})
		first := p.subscribe(t, "a")
		for range live.MostOfSession - 1 {
			p.subscribe(t, "a")
		}
		if _, err := p.Subscribe(live.Wanted{Topic: topic, Actor: staff("a")}); fault.CodeOf(err) != fault.Throttled {
			t.Error(err)
		}
		first.Close()
		first.Close()
		p.subscribe(t, "a")
		for i := p.Open(); i < live.Most; i++ {
			p.subscribe(t, fmt.Sprint(i))
		}
		if _, err := p.Subscribe(live.Wanted{Topic: topic, Actor: staff("b")}); fault.CodeOf(err) != fault.Throttled {
			t.Error(err)
		}
		p.Close()
		if _, err := p.Subscribe(live.Wanted{Topic: topic, Actor: staff("b")}); fault.CodeOf(err) != fault.Unavailable || p.Open() != 0 {
			t.Error(err, p.Open())
		}
	})
}

// All streams are looked after by one question in two seconds, and only those end that
// have to.
func TestHub_EndsWithTheSession(t *testing.T) {
	for name, end := range map[string]func(p *process){
		"ended":           func(p *process) { delete(p.sessions.live, "a") },
		"not permitted":   func(p *process) { p.sessions.live["a"] = auth.Actor{UserID: "usr_a", Kind: auth.Staff} },
		"somebody else's": func(p *process) { p.sessions.live["a"] = staff("b") },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newProcess(t, &exchange{})
				p.run(t)
				var ending []*live.Stream
				for range live.MostOfSession {
					ending = append(ending, p.subscribe(t, "a"))
				}
				staying := p.subscribe(t, "b")
				rest(10 * time.Second)
				if p.sessions.looks > 5 || p.Open() != live.MostOfSession+1 {
					t.Fatalf("%d looks, %d open", p.sessions.looks, p.Open())
				}
				p.sessions.change(func() { end(p) })
				rest(auth.RevokedWithin)
				if over(staying) || slices.ContainsFunc(ending, func(s *live.Stream) bool { return !over(s) }) {
					t.Errorf("%d are open", p.Open())
				}
			})
		})
	}
}

// What this process does to a session holds at once.
func TestHub_EndsAtOnceWhatThisProcessEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProcess(t, &exchange{})
		p.run(t)
		s := p.subscribe(t, "a")
		p.sessions.change(func() { delete(p.sessions.live, "a") })
		p.line.actors("usr_a")
		synctest.Wait()
		if !over(s) {
			t.Error("it goes on")
		}
	})
}

// Where nobody can say whether sessions go on, streams do not for long.
func TestHub_DoesNotGoOnBlind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProcess(t, &exchange{})
		p.run(t)
		s := p.subscribe(t, "a")
		p.sessions.change(func() { p.sessions.err = errors.New("away") })
		rest(5 * time.Second)
		if over(s) {
			t.Error("a moment ends it")
		}
		rest(15 * time.Second)
		if !over(s) {
			t.Error("it goes on for good")
		}
	})
}
