package store

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/provider"
)

type providerRow struct {
	ID            string    `db:"id"`
	InstitutionID string    `db:"institution_id"`
	AccountSID    string    `db:"account_sid"`
	Token         []byte    `db:"token"`
	Sender        string    `db:"sender"`
	Enabled       bool      `db:"enabled"`
	CreatedAt     time.Time `db:"created_at"`
}

func (r providerRow) row() provider.Row {
	return provider.Row{
		ID: r.ID, InstitutionID: r.InstitutionID, AccountSID: r.AccountSID, Token: r.Token,
		From: r.Sender, Enabled: r.Enabled, CreatedAt: r.CreatedAt,
	}
}

// CreateProvider implements provider.Store.
func (db *DB) CreateProvider(ctx context.Context, r provider.Row) error {
	return sqldb.Insert(ctx, db.sql, "provider account", `INSERT INTO sms_providers VALUES (?)`,
		providerRow{
			ID: r.ID, InstitutionID: r.InstitutionID, AccountSID: r.AccountSID, Token: r.Token,
			Sender: r.From, Enabled: r.Enabled, CreatedAt: r.CreatedAt,
		})
}

var selectProviders = `SELECT ` + sqldb.ColumnsOf[providerRow]().From("p", nil) + ` FROM sms_providers p `

// FindProvider implements provider.Store.
func (db *DB) FindProvider(ctx context.Context, institutionID string) (provider.Row, error) {
	r, err := sqldb.Find[providerRow](ctx, db.sql, "provider", selectProviders+`WHERE p.institution_id = ?`, institutionID)
	return r.row(), err
}

// FindProviderByID implements provider.Store.
func (db *DB) FindProviderByID(ctx context.Context, id string) (provider.Row, error) {
	r, err := sqldb.Find[providerRow](ctx, db.sql, "provider", selectProviders+`WHERE p.id = ?`, id)
	return r.row(), err
}

// ListProviders implements provider.Store.
func (db *DB) ListProviders(ctx context.Context) ([]provider.Row, error) {
	return sqldb.Read(ctx, db.sql, providerRow.row, selectProviders+`ORDER BY p.id`)
}

// UpdateProviderToken implements provider.Store.
func (db *DB) UpdateProviderToken(ctx context.Context, id string, was, becomes []byte) error {
	ok, err := db.sql.Once(ctx, `UPDATE sms_providers SET token = ? WHERE id = ? AND token = ?`, becomes, id, was)
	if err == nil && !ok {
		return fault.Errorf(fault.Conflict, "The provider's token was changed meanwhile.")
	}
	return err
}
