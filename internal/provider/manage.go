package provider

import (
	"context"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// rotation is how long reports signed by the token of before hold.
const rotation = time.Hour

// ListOf returns the accounts of the actor's institution by priority: FORBIDDEN without
// MANAGE_PROVIDERS.
func (s *Service) ListOf(ctx context.Context) ([]Account, error) {
	actor, err := auth.Require(ctx, auth.ManageProviders)
	if err != nil {
		return nil, err
	}
	rows, err := s.Store.ListProviders(ctx, actor.InstitutionID)
	if err != nil {
		return nil, err
	}
	return s.openAll(rows)
}

// Save makes or changes an account of the actor's institution. What Twilio should be
// asked for is tried there before it is stored: INVALID_INPUT for credentials that it
// turns away and for a sender that is not the account's, PROVIDER_UNAVAILABLE where it
// does not answer. FORBIDDEN, STEP_UP_REQUIRED, NOT_FOUND, CONFLICT if somebody else
// changed the account first, if it is there already, or if nothing could be sent any
// more and the change does not say that this is known.
func (s *Service) Save(ctx context.Context, c Change) (Account, error) {
	actor, err := s.manager(ctx)
	if err != nil {
		return Account{}, err
	}
	was, err := s.was(ctx, actor, c)
	if err != nil {
		return Account{}, err
	}
	before, err := s.open(was)
	if err != nil {
		return Account{}, err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return Account{}, err
	}
	after, err := c.applied(before, inst.Country)
	if err != nil {
		return Account{}, err
	}
	if err := s.tried(ctx, c, after); err != nil {
		return Account{}, err
	}
	row, err := s.sealed(c, was, before, after, actor.UserID)
	if err != nil {
		return Account{}, err
	}
	err = s.among(ctx, actor, func(ctx context.Context, all []Row) error {
		if err := keepsOne(all, row.ID, row.Enabled || c.AcceptNoProvider); err != nil {
			return err
		}
		if err := s.write(ctx, c, row, all); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.SavedProvider, TargetID: actor.InstitutionID, Details: details(c, after)})
	})
	if err != nil {
		return Account{}, err
	}
	return s.check(ctx, row, s.statusPage(ctx))
}

// Remove takes an account away. Errors as Save.
func (s *Service) Remove(ctx context.Context, providerID, why string, acceptNoProvider bool) (Account, error) {
	actor, err := s.manager(ctx)
	if err != nil {
		return Account{}, err
	}
	if why, err = audit.CheckReason(why); err != nil {
		return Account{}, err
	}
	row, err := s.own(ctx, actor, providerID)
	if err != nil {
		return Account{}, err
	}
	err = s.among(ctx, actor, func(ctx context.Context, all []Row) error {
		if err := keepsOne(all, row.ID, acceptNoProvider); err != nil {
			return err
		}
		if err := s.Store.DeleteProvider(ctx, actor.InstitutionID, row.ID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.RemovedProvider, TargetID: actor.InstitutionID, Details: map[string]string{"provider": row.ID, "account": "…" + LastFour(row.AccountSID), "reason": why},
		})
	})
	if err != nil {
		return Account{}, err
	}
	return s.open(row)
}

// CheckNow asks Twilio how an account of the actor's institution stands, and remembers it.
func (s *Service) CheckNow(ctx context.Context, providerID string) (Account, error) {
	actor, err := auth.Require(ctx, auth.ManageProviders)
	if err != nil {
		return Account{}, err
	}
	row, err := s.own(ctx, actor, providerID)
	if err != nil {
		return Account{}, err
	}
	if err := s.Audit.Record(ctx, audit.Event{Action: audit.CheckedProvider, TargetID: actor.InstitutionID, Details: map[string]string{"provider": row.ID}}); err != nil {
		return Account{}, err
	}
	return s.check(ctx, row, s.statusPage(ctx))
}

func (s *Service) check(ctx context.Context, row Row, page func() Check) (Account, error) {
	a, err := s.open(row)
	if err != nil {
		return Account{}, err
	}
	h := s.probe(ctx, a, page)
	h.FailingSince = failingSince(h, row.Health)
	a.Health = &h
	return a, s.Store.SetProviderHealth(ctx, row.ID, row.Version, h)
}

func (s *Service) manager(ctx context.Context) (auth.Actor, error) {
	actor, err := auth.Require(ctx, auth.ManageProviders)
	if err != nil {
		return auth.Actor{}, err
	}
	return actor, actor.RequireRecentFactor(s.Clock.Now())
}

// own finds an account of the actor's institution.
func (s *Service) own(ctx context.Context, actor auth.Actor, providerID string) (Row, error) {
	none := fault.Errorf(fault.NotFound, "There is no such provider; it may have been removed.")
	if !id.Is(id.Provider, providerID) {
		return Row{}, none
	}
	row, err := s.Store.FindProviderByID(ctx, providerID)
	if err == nil && row.InstitutionID != actor.InstitutionID {
		return Row{}, none
	}
	return row, err
}

// was returns the account that a change is made to.
func (s *Service) was(ctx context.Context, actor auth.Actor, c Change) (Row, error) {
	if c.ID == "" {
		return s.fresh(actor.InstitutionID), nil
	}
	row, err := s.own(ctx, actor, c.ID)
	if err == nil && c.Version != nil && *c.Version != row.Version {
		return Row{}, errChanged()
	}
	return row, err
}

// fresh returns an account with nothing in it yet.
func (s *Service) fresh(institutionID string) Row {
	return Row{
		ID: id.New(id.Provider), InstitutionID: institutionID, Name: "Twilio", Enabled: true, Priority: 1, BalanceThreshold: usualThreshold, CreatedAt: s.Clock.Now(),
	}
}

func errChanged() error {
	return fault.Errorf(fault.Conflict, "Someone else changed this provider meanwhile. Read it again, then make your change.")
}

// among runs a function on all accounts of the actor's institution, in a transaction in
// which nobody else changes which there are.
func (s *Service) among(ctx context.Context, actor auth.Actor, change func(ctx context.Context, all []Row) error) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.HoldProviders(ctx, actor.InstitutionID, s.Clock.Now()); err != nil {
			return err
		}
		all, err := s.Store.ListProviders(ctx, actor.InstitutionID)
		if err != nil {
			return err
		}
		return change(ctx, all)
	})
}

// keepsOne answers CONFLICT where no account would send any more without one, unless that
// is fine.
func keepsOne(all []Row, without string, fine bool) error {
	sends := func(r Row) bool { return r.Enabled }
	others := func(r Row) bool { return r.Enabled && r.ID != without }
	if fine || !slices.ContainsFunc(all, sends) || slices.ContainsFunc(all, others) {
		return nil
	}
	return fault.Errorf(fault.Conflict, "This is the only provider that sends: without it nobody gets a code by text or call. Say acceptNoProvider if that is what you want.")
}

// sealed returns the row of an account after a change, and who made it.
func (s *Service) sealed(c Change, was Row, before, after Account, by string) (Row, error) {
	row, now := was, s.Clock.Now()
	row.Name, row.AccountSID, row.From, row.MessagingServiceSID = after.Name, after.AccountSID, after.From, after.MessagingServiceSID
	row.Enabled, row.Priority, row.BalanceThreshold = after.Enabled, after.Priority, after.BalanceThreshold
	row.APIKeySID, row.Version, row.Health = after.APIKey.SID, after.Version, nil
	seal := func(into *Sealed, t secret.Text, column string) (err error) {
		*into, err = s.Keys.Seal(t, placeOf(row.ID, column))
		return err
	}
	if c.Token != nil {
		row.TokenSetAt, row.TokenSetBy = &now, by
		if len(was.Token) > 0 {
			row.PreviousUntil = new(now.Add(rotation))
			if err := seal(&row.PreviousToken, before.Token, "previous_token"); err != nil {
				return Row{}, err
			}
		}
		if err := seal(&row.Token, after.Token, "token"); err != nil {
			return Row{}, err
		}
	}
	switch {
	case after.APIKey.SID == "":
		row.APIKeySecret = nil
	case c.APIKeySecret != nil:
		return row, seal(&row.APIKeySecret, after.APIKey.Secret, "api_key_secret")
	}
	return row, nil
}

// write stores the row of a change, among all those of the institution.
func (s *Service) write(ctx context.Context, c Change, row Row, all []Row) error {
	for _, other := range all {
		if other.AccountSID == row.AccountSID && other.ID != row.ID {
			return fault.Errorf(fault.Conflict, "This account is there already, as “%s”. Change that one.", other.Name)
		}
	}
	var err error
	ok := true
	if c.ID == "" {
		err = s.Store.CreateProvider(ctx, row)
	} else {
		ok, err = s.Store.UpdateProvider(ctx, row)
	}
	switch {
	case fault.CodeOf(err) == fault.Conflict:
		return fault.Errorf(fault.Conflict, "This account sends for another institution here, and each has its own. Give another account, or ask whoever runs Factordesk.")
	case err == nil && !ok:
		return errChanged()
	}
	return err
}

// LastFour returns the end of a secret or a SID, by which people tell it from another.
func LastFour(s string) string { return s[max(0, len(s)-4):] }
