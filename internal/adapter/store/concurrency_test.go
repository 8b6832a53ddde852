package store

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// parallel is how many try at once.
const parallel = 64

// race runs a test on two handles on one new database of each kind, as two
// processes would have them.
func race(t *testing.T, test func(t *testing.T, dbs [2]*DB)) {
	for name, newDatabase := range databases {
		t.Run(name, func(t *testing.T) {
			url := newDatabase(t)
			dbs := [2]*DB{open(t, url), open(t, url)}
			check(t, dbs[0].Migrate(t.Context()))
			test(t, dbs)
		})
	}
}

// together tries at once from both handles and returns how many succeeded. An
// error of the refusal's code is no success; any other fails the test.
func together(t *testing.T, dbs [2]*DB, refusal fault.Code, try func(db *DB, i int) (bool, error)) int {
	t.Helper()
	var ready, done sync.WaitGroup
	var succeeded atomic.Int64
	start := make(chan struct{})
	ready.Add(parallel)
	for i := range parallel {
		done.Go(func() {
			ready.Done()
			<-start
			ok, err := try(dbs[i%2], i)
			switch {
			case err != nil && (refusal == "" || fault.CodeOf(err) != refusal):
				t.Errorf("try %d: %v", i, err)
			case err == nil && ok:
				succeeded.Add(1)
			}
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return int(succeeded.Load())
}

func TestParallel(t *testing.T) {
	for _, one := range []struct {
		name string
		test func(t *testing.T, dbs [2]*DB)
	}{
		{"a backup code is spent once", func(t *testing.T, dbs [2]*DB) {
			b := newBank(t, dbs[0])
			_, codes := b.makeCodes(b.user(), backupcode.ByStaff, 1)

			same(t, together(t, dbs, "", func(db *DB, _ int) (bool, error) {
				return db.ConsumeCode(t.Context(), codes[0].ID, now)
			}), 1)
		}},
		{"a one-time code is spent once", func(t *testing.T, dbs [2]*DB) {
			b := newBank(t, dbs[0])
			u := b.user()
			code := b.code(b.challenge(u), b.phone(u, "+12025550101"), "mac")

			same(t, together(t, dbs, "", func(db *DB, _ int) (bool, error) {
				return db.ConsumeOneTimeCode(t.Context(), code, now)
			}), 1)
		}},
		{"a challenge is completed once", func(t *testing.T, dbs [2]*DB) {
			b := newBank(t, dbs[0])
			c := b.challenge(b.user())

			same(t, together(t, dbs, "", func(db *DB, _ int) (bool, error) {
				return db.CompleteChallenge(t.Context(), c.TokenHash, now)
			}), 1)
		}},
		{"a confirmation is spent once", func(t *testing.T, dbs [2]*DB) {
			b := newBank(t, dbs[0])
			c := backupcode.Confirmation{
				TokenHash: auth.HashToken("made up"), InstitutionID: b.ID, StaffID: b.user(staff).ID, UserID: b.user().ID,
				CreatedAt: now, ExpiresAt: now.Add(time.Minute),
			}
			check(t, dbs[0].CreateConfirmation(t.Context(), c))

			same(t, together(t, dbs, "", func(db *DB, _ int) (bool, error) {
				return db.ConsumeConfirmation(t.Context(), c.TokenHash, now)
			}), 1)
		}},
		{"an email is one user's", func(t *testing.T, dbs [2]*DB) {
			b := newBank(t, dbs[0])

			same(t, together(t, dbs, fault.Conflict, func(db *DB, i int) (bool, error) {
				u := user.User{ID: fmt.Sprintf("usr_%d", i), InstitutionID: b.ID, Email: "one@customer.example", FirstName: "Ann", CreatedAt: now, EmailProvedAt: now}
				return true, db.CreateUser(t.Context(), u, "hash")
			}), 1)
		}},
		{"an address is proved by one of three who wait for it", func(t *testing.T, dbs [2]*DB) {
			b := newBank(t, dbs[0])
			var all [3]user.User
			for i := range all {
				all[i] = b.waiting("one@customer.example", "", now.Add(time.Duration(i)*time.Minute))
			}

			same(t, together(t, dbs, "", func(db *DB, i int) (bool, error) {
				return db.ProveEmail(t.Context(), all[i%3], now)
			}), 1)
			for _, u := range all {
				found, err := dbs[0].FindUser(t.Context(), b.ID, u.ID)
				check(t, err)
				same(t, found.Status == user.Closed, found.Waits())
			}
		}},
		{"an address is proved by one of those who wait, whoever else registers or owns it", func(t *testing.T, dbs [2]*DB) {
			b := newBank(t, dbs[0])
			u := b.waiting("two@customer.example", "", now)

			proved := together(t, dbs, fault.Conflict, func(db *DB, i int) (bool, error) {
				switch i % 8 {
				case 0:
					return db.ProveEmail(t.Context(), u, now)
				case 1: // which an import would do
					return true, db.CreateUser(t.Context(), user.User{
						ID: fmt.Sprintf("usr_two_%d", i), InstitutionID: b.ID, Email: u.Email, FirstName: "Ann", CreatedAt: now, EmailProvedAt: now,
					}, "hash")
				}
				w := user.User{ID: fmt.Sprintf("usr_two_%d", i), InstitutionID: b.ID, Email: u.Email, Status: user.Registered, CreatedAt: now}
				return false, db.InTx(t.Context(), func(ctx context.Context) error {
					if err := db.CreateUser(ctx, w, "hash"); err != nil {
						return err
					}
					return db.CreateWaiting(ctx, waitingOf(w, "", now), 3)
				})
			})

			same(t, proved, 1)
			var waiting int
			check(t, dbs[0].sql.Get(t.Context(), "", &waiting, `SELECT count(*) FROM registrations WHERE institution_id = ?`, b.ID))
			same(t, waiting, 3)
		}},
		{"a role that all grant is made once", func(t *testing.T, dbs [2]*DB) {
			b := newBank(t, dbs[0])
			u := b.user(staff)

			same(t, together(t, dbs, "", func(db *DB, i int) (bool, error) {
				return true, db.GrantRole(t.Context(), b.ID, u.ID, user.Role{ID: fmt.Sprintf("rol_%d", i), Name: "Agent"})
			}), parallel)
		}},
	} {
		t.Run(one.name, func(t *testing.T) { race(t, one.test) })
	}
}

func TestParallelThrottling(t *testing.T) {
	race(t, func(t *testing.T, dbs [2]*DB) {
		for name, before := range map[string]time.Duration{
			"a window that nobody opened takes its limit": -1,
			"a window that has closed takes its limit":    time.Minute,
			"a window that is open takes what is left":    time.Second,
		} {
			t.Run(name, func(t *testing.T) {
				want := 7
				if before >= 0 {
					_, err := dbs[0].TakeWindows(t.Context(), now.Add(-before), []throttle.Window{{Key: name, Events: want, ClosesAt: now.Add(time.Minute - before)}})
					check(t, err)
				}
				if before == time.Second {
					want--
				}

				same(t, together(t, dbs, "", func(db *DB, _ int) (bool, error) {
					taken, err := db.TakeWindows(t.Context(), now, []throttle.Window{{Key: name, Events: 7, ClosesAt: now.Add(time.Minute)}})
					return len(taken) > 0, err
				}), want)
			})
		}

		t.Run("several windows together take what the smallest has, and what is given back frees no more", func(t *testing.T) {
			fake := clock.NewFake(now)
			limit := func(n int) throttle.Limit { return throttle.Limit{Events: n, Per: time.Hour, Then: time.Minute} }
			var mu sync.Mutex
			var all [][]throttle.Taken
			take := func(db *DB, i int) (bool, error) {
				events := []throttle.Event{{Key: "b", Limit: limit(9)}, {Key: "a", Limit: limit(5)}, {Key: "c", Limit: limit(100)}}
				if i%2 == 1 {
					slices.Reverse(events)
				}
				taken, err := (&throttle.Limiter{Store: db, Clock: fake}).TakeAll(t.Context(), events...)
				if err == nil {
					mu.Lock()
					defer mu.Unlock()
					all = append(all, taken)
				}
				return err == nil, err
			}
			// Tries at once stand in each other's way while what they took is given back.
			for wins, rounds := 0, 0; wins < 5; rounds++ {
				wins += together(t, dbs, fault.Throttled, take)
				if wins > 5 || rounds > 9 {
					t.Fatalf("%d of 5 after %d rounds", wins, rounds)
				}
			}
			counts := func() (n [3]int) {
				windows, err := dbs[0].ListWindows(t.Context(), []string{"a", "b", "c"})
				check(t, err)
				for _, w := range windows {
					n[w.Key[0]-'a'] = w.Events
				}
				return n
			}
			same(t, counts(), [3]int{5, 5, 5})

			given := all[:3]
			together(t, dbs, "", func(db *DB, i int) (bool, error) {
				if i >= len(given) {
					return false, nil
				}
				return true, (&throttle.Limiter{Store: db, Clock: fake}).Return(t.Context(), given[i]...)
			})

			same(t, counts(), [3]int{2, 2, 2})
			fake.Advance(time.Hour)
			same(t, together(t, dbs, fault.Throttled, func(db *DB, _ int) (bool, error) {
				taken, err := (&throttle.Limiter{Store: db, Clock: fake}).TakeAll(t.Context(), throttle.Event{Key: "a", Limit: limit(5)})
				if err == nil { // of a window that is over: nothing comes back by it
					err = (&throttle.Limiter{Store: db, Clock: fake}).Return(t.Context(), all[3]...)
				}
				return len(taken) > 0, err
			}), 5)
		})

		t.Run("an authenticator takes five tries before it pauses, then one after each pause, and fifty in all", func(t *testing.T) {
			fake := clock.NewFake(now)
			try := func(code fault.Code) int {
				return together(t, dbs, code, func(db *DB, _ int) (bool, error) {
					attempts := throttle.Attempts{Store: db, Clock: fake}
					_, err := attempts.Begin(t.Context(), "device", throttle.UnknownBrowser)
					return err == nil, err
				})
			}

			same(t, try(fault.Throttled), throttle.PauseFrom)
			fake.Advance(throttle.FirstPause)
			same(t, try(fault.Throttled), 1)
			attempts := throttle.Attempts{Store: dbs[0], Clock: fake}
			for range throttle.DisableAt - throttle.PauseFrom - 2 {
				fake.Advance(throttle.LongPause)
				_, err := attempts.Begin(t.Context(), "device", throttle.UnknownBrowser)
				check(t, err)
			}
			fake.Advance(throttle.LongPause)
			same(t, try(fault.Locked), 1)
			fake.Advance(24 * time.Hour)
			same(t, try(fault.Locked), 0)
		})

		t.Run("a try that is refused while others succeed is never lost", func(t *testing.T) {
			attempts := [2]throttle.Attempts{{Store: dbs[0], Clock: clock.NewFake(now)}, {Store: dbs[1], Clock: clock.NewFake(now)}}

			together(t, dbs, fault.Throttled, func(_ *DB, i int) (bool, error) {
				a := &attempts[i%2]
				for range 4 {
					if _, err := a.Begin(t.Context(), "busy", throttle.KnownBrowser); err != nil && fault.CodeOf(err) != fault.Throttled {
						return false, err
					}
					if err := a.Clear(t.Context(), "busy", throttle.KnownBrowser); err != nil {
						return false, err
					}
				}
				return true, nil
			})
		})
	})
}

func TestParallelCodes(t *testing.T) {
	race(t, func(t *testing.T, dbs [2]*DB) {
		b := newBank(t, dbs[0])
		live := func(t *testing.T, u user.User) []string {
			t.Helper()
			var sets []string
			check(t, dbs[0].sql.List(t.Context(), &sets, `SELECT id FROM backup_code_sets WHERE user_id = ? AND voided_at IS NULL`, u.ID))
			return sets
		}

		t.Run("of many sets for a user one is made", func(t *testing.T) {
			u := b.user()

			same(t, together(t, dbs, fault.Conflict, func(db *DB, _ int) (bool, error) {
				set, codes := b.codes(u, backupcode.ByStaff, 2)
				return true, db.CreateCodes(t.Context(), set, codes)
			}), 1)

			same(t, len(live(t, u)), 1)
		})

		t.Run("of many sets that replace each other one is live, with all its codes", func(t *testing.T) {
			u := b.user()

			made := together(t, dbs, fault.Conflict, func(db *DB, _ int) (bool, error) {
				set, codes := b.codes(u, backupcode.ByStaff, 3)
				return true, db.InTx(t.Context(), func(ctx context.Context) error {
					if _, err := db.VoidCodes(ctx, b.ID, u.ID, backupcode.ByStaff, now); err != nil {
						return err
					}
					return db.CreateCodes(ctx, set, codes)
				})
			})

			if made < 1 {
				t.Error("none was made")
			}
			same(t, len(live(t, u)), 1)
			n, err := dbs[0].CountLiveCodes(t.Context(), b.ID, u.ID, backupcode.ByStaff, now)
			check(t, err)
			same(t, n, 3)
		})
	})
}

func TestParallelJobs(t *testing.T) {
	race(t, func(t *testing.T, dbs [2]*DB) {
		claim := func(db *DB, at time.Time) (job.Job, bool, error) {
			return db.ClaimJob(t.Context(), job.Phone, at, at.Add(time.Minute))
		}
		for _, n := range []int{parallel, 10} {
			t.Run(fmt.Sprintf("of %d each is claimed once, and done by who claimed it last", n), func(t *testing.T) {
				due := make([]job.Job, n)
				for i := range due {
					due[i] = aJob(job.Phone, now)
				}
				check(t, dbs[0].CreateJobs(t.Context(), due))
				var claimed sync.Map

				same(t, together(t, dbs, "", func(db *DB, _ int) (bool, error) {
					j, ok, err := claim(db, now)
					if ok {
						if _, twice := claimed.LoadOrStore(j.ID, j); twice {
							t.Errorf("%s was claimed twice", j.ID)
						}
					}
					return ok, err
				}), n)

				for range n { // another worker takes each over
					j, ok, err := claim(dbs[0], now.Add(time.Minute))
					check(t, err)
					same(t, ok, true)
					first, _ := claimed.Load(j.ID)
					same(t, together(t, dbs, "", func(db *DB, i int) (bool, error) {
						return db.FinishJob(t.Context(), []job.Job{first.(job.Job), j}[i%2], "", now)
					}), 1)
				}
			})
		}
	})
}
