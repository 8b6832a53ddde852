package audit_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// TestService_Record_TwoProcesses lets two processes of a database record looks,
// acts, and acts that come to nothing after their entry was written.
func TestService_Record_TwoProcesses(t *testing.T) {
	onBoth(t, func(t *testing.T, one *desk) {
		other := &audit.Service{Store: one.Second(t), Keys: one.Keys, Clock: one.Time, Log: slog.New(slog.DiscardHandler)}
		const each = 64
		var recorded [each]string
		var all sync.WaitGroup
		for i := range each {
			process, target := []*audit.Service{one.Service, other}[i%2], id.New(id.User)
			record := func(ctx context.Context) error {
				return process.RecordFor(ctx, one.actor(one.Bank.ID), audit.Event{Action: audit.ReadHistory, TargetID: target})
			}
			all.Go(func() {
				if i%4 < 2 {
					check(t, record(t.Context()))
					recorded[i] = target
					return
				}
				err := process.Store.InTx(t.Context(), func(ctx context.Context) error {
					if err := record(ctx); err != nil || i%8 < 4 {
						return err
					}
					return errCameToNothing
				})
				switch {
				case err == nil:
					recorded[i] = target
				case !errors.Is(err, errCameToNothing):
					t.Error(err)
				}
			})
		}
		all.Wait()

		_, err := one.Verify(t.Context(), one.Bank.ID, nil)
		check(t, err)
		want := slices.DeleteFunc(recorded[:], func(target string) bool { return target == "" })
		entries, err := one.DB.ListEntries(t.Context(), audit.Query{InstitutionID: one.Bank.ID, Limit: 1000})
		check(t, err)
		got := targets(entries)
		slices.Sort(want)
		slices.Sort(got)
		if len(want) != each*3/4 || !slices.Equal(got, want) {
			t.Errorf("%d entries for %d acts and looks that were done", len(got), len(want))
		}
	})
}

var errCameToNothing = errors.New("the act came to nothing")

// targets returns who was acted on.
func targets(entries []audit.Entry) (all []string) {
	for _, e := range entries {
		all = append(all, e.TargetID)
	}
	return all
}

// slow is a store in memory whose writes wait until they may begin.
type slow struct {
	audit.Store
	entries []audit.Entry
	// writes are the targets of each write that was tried.
	writes [][]string
	may    chan struct{}
}

func (s *slow) WithinTx(context.Context) bool { return false }

func (s *slow) AuditHead(context.Context, string) (audit.Head, error) {
	if len(s.entries) == 0 {
		return audit.Head{}, nil
	}
	last := s.entries[len(s.entries)-1]
	return audit.Head{Sequence: last.Sequence, MAC: last.MAC}, nil
}

func (s *slow) AppendEntries(_ context.Context, after audit.Head, entries []audit.Entry) (bool, error) {
	s.writes = append(s.writes, targets(entries))
	<-s.may
	if slices.Contains(targets(entries), unwritable) {
		return false, errUnwritable
	}
	s.entries = append(s.entries, entries...)
	return true, nil
}

func (s *slow) ListEntries(context.Context, audit.Query) ([]audit.Entry, error) {
	return s.entries, nil
}

const unwritable = "a target that the database does not take"

var errUnwritable = errors.New("not taken")

// onSlow runs a test on a slow store. look records a look, and writes lets so
// many writes be done; both return when nothing happens any more.
func onSlow(t *testing.T, f func(t *testing.T, s *slow, d *audit.Service, look func(context.Context, string) <-chan error, writes func(int))) {
	synctest.Test(t, func(t *testing.T) {
		s := &slow{may: make(chan struct{})}
		d := &audit.Service{Store: s, Keys: secret.Development().Audit(), Clock: clock.System{}}
		look := func(ctx context.Context, target string) <-chan error {
			done := make(chan error, 1)
			go func() {
				done <- d.RecordFor(ctx, auth.Actor{InstitutionID: "ins_1"}, audit.Event{Action: audit.ReadHistory, TargetID: target})
			}()
			synctest.Wait()
			return done
		}
		f(t, s, d, look, func(n int) {
			for range n {
				s.may <- struct{}{}
				synctest.Wait()
			}
		})
		_, err := d.Verify(t.Context(), "ins_1", nil)
		check(t, err)
	})
}

func TestService_Record_InGroups(t *testing.T) {
	onSlow(t, func(t *testing.T, s *slow, _ *audit.Service, look func(context.Context, string) <-chan error, writes func(int)) {
		var looks []<-chan error
		for _, target := range strings.Fields("1 2 3 4 5 6 7") {
			looks = append(looks, look(t.Context(), target))
		}
		if len(looks[0]) > 0 {
			t.Error("a look was recorded before it was written")
		}

		writes(3)

		for _, done := range looks {
			check(t, <-done)
		}
		if want := [][]string{{"1"}, {"2", "3", "4", "5"}, {"6", "7"}}; !cmp.Equal(s.writes, want) {
			t.Error(cmp.Diff(want, s.writes))
		}
	})
}

func TestService_Record_WhoLeaves(t *testing.T) {
	onSlow(t, func(t *testing.T, s *slow, d *audit.Service, look func(context.Context, string) <-chan error, writes func(int)) {
		while, leave := context.WithCancel(t.Context())
		looks := []<-chan error{look(while, "being written"), look(while, "in line")}
		leave()
		looks = append(looks, look(while, "gone before"))
		for _, done := range looks {
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		}
		go writes(1)

		d.Wait() // as a process does before it ends

		if got := targets(s.entries); !slices.Equal(got, []string{"being written"}) {
			t.Error(got)
		}
	})
}

func TestService_Record_OneThatCannotBeWritten(t *testing.T) {
	onSlow(t, func(t *testing.T, s *slow, _ *audit.Service, look func(context.Context, string) <-chan error, writes func(int)) {
		var looks []<-chan error
		for _, target := range []string{"1", "2", unwritable, "3", "4"} {
			looks = append(looks, look(t.Context(), target))
		}

		writes(1 + 1 + 4) // the first, the rest together, then each

		for i, done := range looks {
			if err := <-done; errors.Is(err, errUnwritable) != (i == 2) {
				t.Errorf("look %d: %v", i, err)
			}
		}
		if got := targets(s.entries); !slices.Equal(got, []string{"1", "2", "3", "4"}) {
			t.Error(got)
		}
	})
}

// TestService_Record_BehindWhatIsThere goes on from the end that is there, not
// from the one that it wrote.
func TestService_Record_BehindWhatIsThere(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		d.write(t, d.Bank.ID, 3)
		world.Tamper(t, d.DB.SQL(), `DELETE FROM audit_entries WHERE sequence > 1`)

		d.write(t, d.Bank.ID, 2)

		head, err := d.Verify(t.Context(), d.Bank.ID, nil)
		check(t, err)
		if head.Sequence != 3 {
			t.Errorf("%d entries", head.Sequence)
		}
	})
}

// A lone look is one statement, as soon as the process knows the record's end.
func TestService_Record_TakesOneStatement(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		d.write(t, d.Bank.ID, 1)
		before := d.DB.Statements()

		d.write(t, d.Bank.ID, 5)

		if got := d.DB.Statements() - before; got != 5 {
			t.Errorf("%d statements for 5 looks", got)
		}
	})
}
