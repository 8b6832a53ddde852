package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/provider"
)

type providerRow struct {
	ID                  string                `db:"id"`
	InstitutionID       string                `db:"institution_id"`
	AccountSID          string                `db:"account_sid"`
	Token               []byte                `db:"token"`
	Sender              string                `db:"sender"`
	Enabled             bool                  `db:"enabled"`
	CreatedAt           time.Time             `db:"created_at"`
	Name                string                `db:"name"`
	MessagingServiceSID string                `db:"messaging_service_sid"`
	Priority            int                   `db:"priority"`
	BalanceThreshold    int                   `db:"balance_threshold"`
	APIKeySID           string                `db:"api_key_sid"`
	APIKeySecret        []byte                `db:"api_key_secret"`
	TokenSetAt          sqldb.Null[time.Time] `db:"token_set_at"`
	TokenSetBy          string                `db:"token_set_by"`
	PreviousToken       []byte                `db:"previous_token"`
	PreviousUntil       sqldb.Null[time.Time] `db:"previous_until"`
	Version             int                   `db:"version"`
	Health              string                `db:"health"`
}

func (r providerRow) row() (provider.Row, error) {
	out := provider.Row{
		ID: r.ID, InstitutionID: r.InstitutionID, Name: r.Name, AccountSID: r.AccountSID, Token: r.Token,
		PreviousToken: r.PreviousToken, PreviousUntil: sqldb.Ptr(r.PreviousUntil), APIKeySID: r.APIKeySID, APIKeySecret: r.APIKeySecret,
		From: r.Sender, MessagingServiceSID: r.MessagingServiceSID, Enabled: r.Enabled, Priority: r.Priority,
		BalanceThreshold: r.BalanceThreshold, TokenSetAt: sqldb.Ptr(r.TokenSetAt), TokenSetBy: r.TokenSetBy, Version: r.Version, CreatedAt: r.CreatedAt,
	}
	if r.Health == "" {
		return out, nil
	}
	out.Health = &provider.Health{}
	return out, json.Unmarshal([]byte(r.Health), out.Health)
}

func rowOfProvider(r provider.Row) (providerRow, error) {
	out := providerRow{
		ID: r.ID, InstitutionID: r.InstitutionID, AccountSID: r.AccountSID, Token: r.Token, Sender: r.From, Enabled: r.Enabled, CreatedAt: r.CreatedAt,
		Name: r.Name, MessagingServiceSID: r.MessagingServiceSID, Priority: r.Priority, BalanceThreshold: r.BalanceThreshold,
		APIKeySID: r.APIKeySID, APIKeySecret: r.APIKeySecret, TokenSetAt: sqldb.NullOf(r.TokenSetAt), TokenSetBy: r.TokenSetBy,
		PreviousToken: r.PreviousToken, PreviousUntil: sqldb.NullOf(r.PreviousUntil), Version: r.Version,
	}
	if r.Health == nil {
		return out, nil
	}
	health, err := json.Marshal(r.Health)
	out.Health = string(health)
	return out, err
}

// HoldProviders implements provider.Store: who makes the update next waits for the end of
// this transaction.
func (db *DB) HoldProviders(ctx context.Context, institutionID string, at time.Time) error {
	return db.sql.Update(ctx, "institution", `UPDATE institutions SET providers_changed_at = ? WHERE id = ?`, at, institutionID)
}

// CreateProvider implements provider.Store.
func (db *DB) CreateProvider(ctx context.Context, r provider.Row) error {
	row, err := rowOfProvider(r)
	if err != nil {
		return err
	}
	return sqldb.Insert(ctx, db.sql, "provider account", `INSERT INTO sms_providers VALUES (?)`, row)
}

var selectProviders = `SELECT ` + sqldb.ColumnsOf[providerRow]().From("p", nil) + ` FROM sms_providers p `

func (db *DB) findProvider(ctx context.Context, where string, args ...any) (provider.Row, error) {
	r, err := sqldb.Find[providerRow](ctx, db.sql, "provider", selectProviders+where, args...)
	if err != nil {
		return provider.Row{}, err
	}
	return r.row()
}

// FindProvider implements provider.Store.
func (db *DB) FindProvider(ctx context.Context, institutionID string) (provider.Row, error) {
	return db.findProvider(ctx, `WHERE p.institution_id = ? AND p.enabled ORDER BY p.priority, p.id LIMIT 1`, institutionID)
}

// FindProviderByID implements provider.Store.
func (db *DB) FindProviderByID(ctx context.Context, id string) (provider.Row, error) {
	return db.findProvider(ctx, `WHERE p.id = ?`, id)
}

// ListProviders implements provider.Store.
func (db *DB) ListProviders(ctx context.Context, institutionID string) ([]provider.Row, error) {
	where, args := `ORDER BY p.id`, []any(nil)
	if institutionID != "" {
		where, args = `WHERE p.institution_id = ? ORDER BY p.priority, p.id`, []any{institutionID}
	}
	return db.listProviders(ctx, where, args...)
}

// ListSending implements provider.Store.
func (db *DB) ListSending(ctx context.Context, institutionID string) ([]provider.Row, error) {
	return db.listProviders(ctx, `WHERE p.institution_id = ? AND p.enabled ORDER BY p.priority, p.id`, institutionID)
}

func (db *DB) listProviders(ctx context.Context, where string, args ...any) ([]provider.Row, error) {
	var rows []providerRow
	if err := db.sql.List(ctx, &rows, selectProviders+where, args...); err != nil {
		return nil, err
	}
	all := make([]provider.Row, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = r.row(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// UpdateProvider implements provider.Store.
func (db *DB) UpdateProvider(ctx context.Context, r provider.Row) (bool, error) {
	row, err := rowOfProvider(r)
	if err != nil {
		return false, err
	}
	n, err := db.sql.Exec(ctx, "provider account", `
		UPDATE sms_providers SET name = ?, account_sid = ?, token = ?, sender = ?, messaging_service_sid = ?, enabled = ?, priority = ?,
			balance_threshold = ?, api_key_sid = ?, api_key_secret = ?, token_set_at = ?, token_set_by = ?, previous_token = ?, previous_until = ?,
			version = ?, health = ?
		WHERE id = ? AND institution_id = ? AND version = ?`,
		row.Name, row.AccountSID, row.Token, row.Sender, row.MessagingServiceSID, row.Enabled, row.Priority,
		row.BalanceThreshold, row.APIKeySID, row.APIKeySecret, row.TokenSetAt, row.TokenSetBy, row.PreviousToken, row.PreviousUntil,
		row.Version, row.Health, row.ID, row.InstitutionID, row.Version-1)
	return n == 1, err
}

// DeleteProvider implements provider.Store.
func (db *DB) DeleteProvider(ctx context.Context, institutionID, id string) error {
	return db.sql.Update(ctx, "provider", `DELETE FROM sms_providers WHERE id = ? AND institution_id = ?`, id, institutionID)
}

// SetProviderHealth implements provider.Store.
func (db *DB) SetProviderHealth(ctx context.Context, id string, version int, h provider.Health) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	_, err = db.sql.Exec(ctx, "provider", `UPDATE sms_providers SET health = ? WHERE id = ? AND version = ?`, string(text), id, version)
	return err
}

// ResealProvider implements provider.Store.
func (db *DB) ResealProvider(ctx context.Context, was, becomes provider.Row) error {
	ok, err := db.sql.Once(ctx, `UPDATE sms_providers SET token = ?, previous_token = ?, api_key_secret = ? WHERE id = ? AND token = ? AND version = ?`,
		[]byte(becomes.Token), []byte(becomes.PreviousToken), []byte(becomes.APIKeySecret), was.ID, []byte(was.Token), was.Version)
	if err == nil && !ok {
		return fault.Errorf(fault.Conflict, "The provider's token was changed meanwhile.")
	}
	return err
}
