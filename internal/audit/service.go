package audit

import (
	"context"
	"encoding/hex"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/page"
)

// Head is the end of an institution's record.
type Head struct {
	Sequence int64
	MAC      []byte
}

// Filter narrows what is shown. A user as the target stands for their devices,
// too.
type Filter struct {
	ActorID, TargetID string
	Action            Action
	From, To          time.Time
}

// Keys authenticates entries.
type Keys interface {
	MAC(parts ...string) ([]byte, error)
	VerifyMAC(sum []byte, parts ...string) bool
	// Holds reports whether the key that a MAC says it was made with is one of these.
	Holds(sum []byte) bool
}

// Budget bounds the acts of very high risk.
type Budget interface {
	// Spend takes an act out of what its actor may still do: THROTTLED.
	Spend(ctx context.Context, actor auth.Actor) error
}

// Service writes, reads and checks the record.
type Service struct {
	Store Store
	Keys  Keys
	Clock clock.Clock
	Log   *slog.Logger
	// Budget is spent by what is recorded; nil for no bounds.
	Budget Budget

	chains  sync.Map // *chain by institution
	writers sync.WaitGroup
}

// Record appends what the actor in the context did, and returns when that will
// stay: written, or, in the transaction of an act, as sure as the act.
func (s *Service) Record(ctx context.Context, e Event) error {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return err
	}
	return s.RecordFor(ctx, actor, e)
}

// RecordFor appends what an actor did who is not in the context yet.
func (s *Service) RecordFor(ctx context.Context, actor auth.Actor, e Event) error {
	outcome := string(e.Outcome)
	if outcome == "" {
		outcome = Done
	}
	if s.Budget != nil && e.Action.HighRisk() && outcome == Done {
		if err := s.Budget.Spend(ctx, actor); err != nil {
			return err
		}
	}
	entry := Entry{
		InstitutionID: actor.InstitutionID, At: s.Clock.Now(), ActorID: actor.UserID, ActorKind: actor.Kind,
		Action: e.Action, TargetID: e.TargetID, Outcome: outcome, Details: e.Details, Address: auth.ClientFrom(ctx).Address,
	}
	return s.append(ctx, entry)
}

// mostFailures is how many names and addresses of failed sign-ins an institution's
// record takes in a minute; the rest is counted.
const mostFailures = 1000

// CountFailure counts a failed sign-in with a name, from where the request comes. The
// record has the name as a hash under its keys: whoever typed a password there by
// mistake has not published it.
func (s *Service) CountFailure(ctx context.Context, institutionID, name string) error {
	hash, err := s.NameHash(institutionID, name)
	if err != nil {
		return err
	}
	return s.Store.CountFailure(ctx, Failures{
		InstitutionID: institutionID, Minute: s.Clock.Now().Truncate(time.Minute), Address: auth.ClientFrom(ctx).Address, NameHash: hash,
	}, mostFailures)
}

// NameHash returns what stands in an institution's record for a name that somebody
// failed to sign in with.
func (s *Service) NameHash(institutionID, name string) (string, error) {
	sum, err := s.Keys.MAC("sign-in name 1", institutionID, name)
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(sum[len(sum)-16:]), nil
}

// SumFailures turns the counts of minutes that are over into entries, some in a
// transaction: others wait for their numbers meanwhile.
func (s *Service) SumFailures(ctx context.Context) error {
	const some = 100
	for n := some; n == some; {
		if err := s.Store.InTx(ctx, func(ctx context.Context) error {
			all, err := s.Store.TakeFailures(ctx, s.Clock.Now().Truncate(time.Minute), some)
			if err != nil {
				return err
			}
			n = len(all)
			for _, f := range all {
				if err := s.append(ctx, f.entry(s.Clock.Now())); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

func (f Failures) entry(now time.Time) Entry {
	details := map[string]string{"count": strconv.Itoa(f.Count), "minute": f.Minute.UTC().Format(time.RFC3339)}
	if f.NameHash != "" {
		details["name"] = f.NameHash
	}
	return Entry{
		InstitutionID: f.InstitutionID, At: now, Action: SignInFailed, Outcome: string(fault.WrongCredentials),
		Details: details, Address: f.Address,
	}
}

// LogHeads writes the end of every record into the log, against which a check
// finds what was cut off.
func (s *Service) LogHeads(ctx context.Context) error {
	institutions, err := s.Store.ListInstitutionIDs(ctx)
	if err != nil {
		return err
	}
	for _, institutionID := range institutions {
		head, err := s.Store.AuditHead(ctx, institutionID)
		if err != nil {
			return err
		}
		s.logHead(ctx, institutionID, head)
	}
	return nil
}

func (s *Service) logHead(ctx context.Context, institutionID string, head Head) {
	s.Log.InfoContext(ctx, "audit head", "institution", institutionID, "head", head.String())
}

func (f Filter) check() error {
	if f.ActorID != "" && !id.Is(id.User, f.ActorID) && !auth.IsOperator(f.ActorID) {
		return fault.Invalid("actorId", "This is neither the id of a user nor an operator.")
	}
	if f.TargetID != "" && !id.Is(id.User, f.TargetID) && !id.Is(id.Device, f.TargetID) && !id.Is(id.Institution, f.TargetID) {
		return fault.Invalid("targetId", "This is not the id of a user, a device or the institution.")
	}
	return nil
}

// Page is a page of the record.
type Page struct {
	Entries []Entry
	HasNext bool
}

// TargetUserID is the user acted on, or whose device was; empty for neither.
func (e Entry) TargetUserID() string {
	if id.Is(id.User, e.TargetID) {
		return e.TargetID
	}
	return e.DeviceOwnerID
}

// List returns the record of the actor's institution, newest first, to staff who
// hold VIEW_AUDIT_LOG.
func (s *Service) List(ctx context.Context, f Filter, first *int, after string) (Page, error) {
	actor, err := auth.Require(ctx, auth.ViewAuditLog)
	if err != nil {
		return Page{}, err
	}
	q := Query{InstitutionID: actor.InstitutionID, Filter: f, Below: maxSequence}
	if q.Limit, err = page.First(first, 20); err != nil {
		return Page{}, err
	}
	if err := f.check(); err != nil {
		return Page{}, err
	}
	if after != "" {
		key, err := page.Decode(after, 1)
		if err != nil {
			return Page{}, err
		}
		if q.Below, err = parseSequence(key[0]); err != nil {
			return Page{}, err
		}
	}
	q.Limit++
	entries, err := s.Store.ListEntries(ctx, q)
	if err != nil {
		return Page{}, err
	}
	if len(entries) == q.Limit {
		return Page{Entries: entries[:q.Limit-1], HasNext: true}, nil
	}
	return Page{Entries: entries}, nil
}

// String writes a head as `audit verify --head` takes it.
func (h Head) String() string {
	return formatSequence(h.Sequence) + ":" + hex.EncodeToString(h.MAC)
}
