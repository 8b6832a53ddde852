package provider

import (
	"context"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// Keys seals and opens tokens.
type Keys interface {
	Seal(t secret.Text, p secret.Place) ([]byte, error)
	Open(ciphertext []byte, p secret.Place) (secret.Text, error)
}

// Service keeps the rules of accounts.
type Service struct {
	Store        Store
	Institutions institution.Finder
	Keys         Keys
	Clock        clock.Clock
	Prober       Prober
	Phones       Phones
	Texts        Texts
	Audit        audit.Recorder
	// UAT is set where Twilio is asked only when somebody says so.
	UAT bool
}

// New is what an operator gives to save an account.
type New struct {
	InstitutionID string
	AccountSID    string
	Token         secret.Text
	From          string
}

// Create saves an institution's account: INVALID_INPUT, or CONFLICT if the
// account SID belongs to another institution.
func (s *Service) Create(ctx context.Context, n New) error {
	c := Change{AccountSID: &n.AccountSID, Token: &n.Token, From: &n.From}
	was := s.fresh(n.InstitutionID)
	before, err := s.open(was)
	if err != nil {
		return err
	}
	after, err := c.applied(before, "")
	if err != nil {
		return err
	}
	row, err := s.sealed(c, was, before, after, "")
	if err != nil {
		return err
	}
	return s.Store.CreateProvider(ctx, row)
}

// Find returns the account that is asked first for an institution: PROVIDER_UNAVAILABLE if
// it has none that is switched on.
func (s *Service) Find(ctx context.Context, institutionID string) (Account, error) {
	row, err := s.Store.FindProvider(ctx, institutionID)
	if fault.CodeOf(err) == fault.NotFound {
		return Account{}, errNoneSends()
	}
	if err != nil {
		return Account{}, err
	}
	return s.open(row)
}

// ListSending returns the accounts that send for an institution in the order in which they
// are asked: PROVIDER_UNAVAILABLE if it has none that is switched on.
func (s *Service) ListSending(ctx context.Context, institutionID string) ([]Account, error) {
	rows, err := s.Store.ListSending(ctx, institutionID)
	if err == nil && len(rows) == 0 {
		err = errNoneSends()
	}
	if err != nil {
		return nil, err
	}
	return s.openAll(rows)
}

func errNoneSends() error {
	return fault.Errorf(fault.ProviderUnavailable, "This institution has no text and call provider that is switched on.")
}

// FindByID returns the account that a webhook names: NOT_FOUND if there is none.
func (s *Service) FindByID(ctx context.Context, providerID string) (Account, error) {
	if !id.Is(id.Provider, providerID) {
		return Account{}, fault.Errorf(fault.NotFound, "There is no such provider.")
	}
	row, err := s.Store.FindProviderByID(ctx, providerID)
	if err != nil {
		return Account{}, err
	}
	return s.open(row)
}

// List returns all accounts of all institutions: for operators, never for a
// request.
func (s *Service) List(ctx context.Context) ([]Account, error) {
	rows, err := s.Store.ListProviders(ctx, "")
	if err != nil {
		return nil, err
	}
	return s.openAll(rows)
}

// Reencrypt writes every secret anew under the primary key and returns the number of
// accounts.
func (s *Service) Reencrypt(ctx context.Context) (int, error) {
	rows, err := s.Store.ListProviders(ctx, "")
	if err != nil {
		return 0, err
	}
	for i, row := range rows {
		becomes := row
		for column, sealed := range becomes.secrets() {
			opened, err := s.unseal(*sealed, row.ID, column)
			if err != nil {
				return i, err
			}
			if len(*sealed) == 0 {
				continue
			}
			if *sealed, err = s.Keys.Seal(opened, placeOf(row.ID, column)); err != nil {
				return i, err
			}
		}
		if err := s.Store.ResealProvider(ctx, row, becomes); err != nil {
			return i, err
		}
	}
	return len(rows), nil
}

// secrets are what is sealed of a row, by column.
func (r *Row) secrets() map[string]*Sealed {
	return map[string]*Sealed{"token": &r.Token, "previous_token": &r.PreviousToken, "api_key_secret": &r.APIKeySecret}
}

// Names returns what staff call the accounts of an institution, by their ids.
func (s *Service) Names(ctx context.Context, institutionID string) (map[string]string, error) {
	rows, err := s.Store.ListProviders(ctx, institutionID)
	names := make(map[string]string, len(rows))
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, err
}

func (s *Service) openAll(rows []Row) ([]Account, error) {
	accounts := make([]Account, 0, len(rows))
	for _, row := range rows {
		account, err := s.open(row)
		if err != nil {
			return nil, err
		}
		accounts = append(accounts, account)
	}
	return accounts, nil
}

func (s *Service) open(row Row) (Account, error) {
	a := Account{
		ID: row.ID, InstitutionID: row.InstitutionID, Name: row.Name, AccountSID: row.AccountSID, APIKey: APIKey{SID: row.APIKeySID}, From: row.From,
		MessagingServiceSID: row.MessagingServiceSID, Enabled: row.Enabled, Priority: row.Priority, BalanceThreshold: row.BalanceThreshold,
		TokenSetAt: row.TokenSetAt, TokenSetBy: row.TokenSetBy, Version: row.Version, Health: row.Health,
	}
	var err error
	if a.Token, err = s.unseal(row.Token, row.ID, "token"); err != nil {
		return Account{}, err
	}
	if a.APIKey.Secret, err = s.unseal(row.APIKeySecret, row.ID, "api_key_secret"); err != nil {
		return Account{}, err
	}
	if row.PreviousUntil != nil && s.Clock.Now().Before(*row.PreviousUntil) {
		a.PreviousToken, err = s.unseal(row.PreviousToken, row.ID, "previous_token")
	}
	return a, err
}

func (s *Service) unseal(sealed Sealed, rowID, column string) (secret.Text, error) {
	if len(sealed) == 0 {
		return secret.Text{}, nil
	}
	return s.Keys.Open(sealed, placeOf(rowID, column))
}

func placeOf(rowID, column string) secret.Place {
	return secret.Place{Table: "sms_providers", Row: rowID, Column: column}
}
