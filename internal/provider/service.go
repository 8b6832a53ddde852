package provider

import (
	"context"

	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// Keys seals and opens tokens.
type Keys interface {
	Seal(t secret.Text, p secret.Place) ([]byte, error)
	Open(ciphertext []byte, p secret.Place) (secret.Text, error)
}

// Service keeps the rules of accounts.
type Service struct {
	Store Store
	Keys  Keys
	Clock clock.Clock
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
	switch {
	case !sidForm.MatchString(n.AccountSID):
		return fault.Invalid("accountSid", "An account SID is AC and 32 hexadecimal digits.")
	case !tokenForm.MatchString(n.Token.Reveal()):
		return fault.Invalid("authToken", "An auth token is letters and digits.")
	}
	from, err := phone.Parse("from", n.From, "")
	if err != nil {
		return err
	}
	row := Row{
		ID: id.New(id.Provider), InstitutionID: n.InstitutionID, AccountSID: n.AccountSID,
		From: from, Enabled: true, CreatedAt: s.Clock.Now(),
	}
	if row.Token, err = s.Keys.Seal(n.Token, place(row.ID)); err != nil {
		return err
	}
	return s.Store.CreateProvider(ctx, row)
}

// Find returns the account that sends for an institution: PROVIDER_UNAVAILABLE if
// it has none or it is switched off.
func (s *Service) Find(ctx context.Context, institutionID string) (Account, error) {
	row, err := s.Store.FindProvider(ctx, institutionID)
	if fault.CodeOf(err) == fault.NotFound || err == nil && !row.Enabled {
		return Account{}, fault.Errorf(fault.ProviderUnavailable, "This institution has no text and call provider that is switched on.")
	}
	if err != nil {
		return Account{}, err
	}
	return s.open(row)
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
	rows, err := s.Store.ListProviders(ctx)
	if err != nil {
		return nil, err
	}
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

// Reencrypt writes every token anew under the primary key and returns their
// number.
func (s *Service) Reencrypt(ctx context.Context) (int, error) {
	rows, err := s.Store.ListProviders(ctx)
	if err != nil {
		return 0, err
	}
	for i, row := range rows {
		token, err := s.Keys.Open(row.Token, place(row.ID))
		if err != nil {
			return i, err
		}
		sealed, err := s.Keys.Seal(token, place(row.ID))
		if err != nil {
			return i, err
		}
		if err := s.Store.UpdateProviderToken(ctx, row.ID, row.Token, sealed); err != nil {
			return i, err
		}
	}
	return len(rows), nil
}

func (s *Service) open(row Row) (Account, error) {
	token, err := s.Keys.Open(row.Token, place(row.ID))
	if err != nil {
		return Account{}, err
	}
	return Account{
		ID: row.ID, InstitutionID: row.InstitutionID, AccountSID: row.AccountSID,
		Token: token, From: row.From, Enabled: row.Enabled,
	}, nil
}

func place(rowID string) secret.Place {
	return secret.Place{Table: "sms_providers", Row: rowID, Column: "token"}
}
