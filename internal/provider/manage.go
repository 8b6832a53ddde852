package provider

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
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
	before, err := s.before(ctx, actor, c)
	if err != nil {
		return Account{}, err
	}
	after, err := c.applied(before)
	if err != nil {
		return Account{}, err
	}
	if err := s.tried(ctx, c, after); err != nil {
		return Account{}, err
	}
	row, err := s.sealed(ctx, actor, c, before, after)
	if err != nil {
		return Account{}, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.keepsOne(ctx, actor, row.ID, row.Enabled, c.AcceptNoProvider); err != nil {
			return err
		}
		if err := s.write(ctx, c, row); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{Action: audit.SavedProvider, TargetID: actor.InstitutionID, Details: details(c, after, row.ID)})
	})
	if err != nil {
		return Account{}, err
	}
	return s.check(ctx, row)
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
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.keepsOne(ctx, actor, row.ID, false, acceptNoProvider); err != nil {
			return err
		}
		if err := s.Store.DeleteProvider(ctx, actor.InstitutionID, row.ID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, audit.Event{
			Action: audit.RemovedProvider, TargetID: actor.InstitutionID, Details: map[string]string{"provider": row.ID, "account": hidden(row.AccountSID), "reason": why},
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
	return s.check(ctx, row)
}

// CheckAll asks Twilio how every account stands, one after the other.
func (s *Service) CheckAll(ctx context.Context) error {
	rows, err := s.Store.ListProviders(ctx, "")
	for _, row := range rows {
		if _, err := s.check(ctx, row); err != nil {
			return err
		}
	}
	return err
}

func (s *Service) check(ctx context.Context, row Row) (Account, error) {
	a, err := s.open(row)
	if err != nil {
		return Account{}, err
	}
	h := s.probe(ctx, a)
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

// before returns the account that a change is made to.
func (s *Service) before(ctx context.Context, actor auth.Actor, c Change) (Account, error) {
	if c.ID == "" {
		return Account{
			ID: id.New(id.Provider), InstitutionID: actor.InstitutionID, Name: "Twilio", Enabled: true, Priority: 1, BalanceThreshold: usualThreshold,
		}, nil
	}
	row, err := s.own(ctx, actor, c.ID)
	if err != nil {
		return Account{}, err
	}
	if c.Version != nil && *c.Version != row.Version {
		return Account{}, errChanged()
	}
	return s.open(row)
}

func errChanged() error {
	return fault.Errorf(fault.Conflict, "Someone else changed this provider meanwhile. Read it again, then make your change.")
}

// keepsOne answers CONFLICT where no account would send any more, unless that is known.
func (s *Service) keepsOne(ctx context.Context, actor auth.Actor, changed string, enabled, accepted bool) error {
	if enabled || accepted {
		return nil
	}
	rows, err := s.Store.ListProviders(ctx, actor.InstitutionID)
	if err != nil {
		return err
	}
	sends := false
	for _, row := range rows {
		if row.Enabled && row.ID != changed {
			return nil
		}
		sends = sends || row.Enabled
	}
	if !sends {
		return nil
	}
	return fault.Errorf(fault.Conflict, "This is the only provider that sends: without it nobody gets a code by text or call. Say acceptNoProvider if that is what you want.")
}

// sealed returns the row of an account after a change.
func (s *Service) sealed(ctx context.Context, actor auth.Actor, c Change, before, after Account) (Row, error) {
	row := Row{
		ID: after.ID, InstitutionID: after.InstitutionID, Name: after.Name, AccountSID: after.AccountSID, From: after.From, APIKeySID: after.APIKey.SID,
		MessagingServiceSID: after.MessagingServiceSID, Enabled: after.Enabled, Priority: after.Priority, BalanceThreshold: after.BalanceThreshold,
		TokenSetAt: before.TokenSetAt, TokenSetBy: before.TokenSetBy, Version: after.Version, CreatedAt: s.Clock.Now(),
	}
	now := s.Clock.Now()
	if c.ID != "" {
		was, err := s.Store.FindProviderByID(ctx, c.ID)
		if err != nil {
			return Row{}, err
		}
		row.PreviousToken, row.PreviousUntil, row.Token, row.APIKeySecret, row.CreatedAt = was.PreviousToken, was.PreviousUntil, was.Token, was.APIKeySecret, was.CreatedAt
	}
	var err error
	if c.Token != nil {
		if c.ID != "" {
			until := now.Add(rotation)
			row.PreviousUntil = &until
			if row.PreviousToken, err = s.Keys.Seal(before.Token, placeOf(row.ID, "previous_token")); err != nil {
				return Row{}, err
			}
		}
		row.TokenSetAt, row.TokenSetBy = &now, actor.UserID
		if row.Token, err = s.Keys.Seal(after.Token, placeOf(row.ID, "token")); err != nil {
			return Row{}, err
		}
	}
	if after.APIKey.SID == "" {
		row.APIKeySecret = nil
	} else if c.APIKeySecret != nil {
		row.APIKeySecret, err = s.Keys.Seal(after.APIKey.Secret, placeOf(row.ID, "api_key_secret"))
	}
	return row, err
}

func (s *Service) write(ctx context.Context, c Change, row Row) error {
	if err := s.free(ctx, row); err != nil {
		return err
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

// free answers CONFLICT where the institution has another entry of an account.
func (s *Service) free(ctx context.Context, row Row) error {
	rows, err := s.Store.ListProviders(ctx, row.InstitutionID)
	for _, other := range rows {
		if other.AccountSID == row.AccountSID && other.ID != row.ID {
			return fault.Errorf(fault.Conflict, "This account is there already, as “%s”. Change that one.", other.Name)
		}
	}
	return err
}

// hidden returns the end of a SID.
func hidden(sid string) string { return "…" + sid[max(0, len(sid)-4):] }

// LastFour returns the end of a secret or a SID, by which people tell it from another.
func LastFour(s string) string { return s[max(0, len(s)-4):] }

// checkEvery is how often every account is looked at.
const checkEvery = 5 * time.Minute

// Handlers returns what looks at accounts by itself: nothing in UAT, where nothing is sent.
func (s *Service) Handlers() map[job.Kind]job.Handler {
	if s.UAT {
		return nil
	}
	return map[job.Kind]job.Handler{"CHECK_PROVIDERS": {
		Queue: job.Checks, Every: checkEvery, Deadline: 2 * time.Minute,
		Do: func(ctx context.Context, _ *job.Claimed) error { return s.CheckAll(ctx) },
	}}
}
