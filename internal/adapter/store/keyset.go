package store

import (
	"bytes"
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/keyset"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

type canaryRow struct {
	ID       int       `db:"id"`
	Sealed   []byte    `db:"sealed"`
	CodeMAC  []byte    `db:"code_mac"`
	AuditMAC []byte    `db:"audit_mac"`
	MadeAt   time.Time `db:"made_at"`
}

// FindCanary implements keyset.Store.
func (db *DB) FindCanary(ctx context.Context) (keyset.Canary, error) {
	if has, err := db.sql.HasTable(ctx, "keyset_canary"); err != nil || !has {
		return keyset.Canary{}, orNotFound(err)
	}
	r, err := sqldb.Find[canaryRow](ctx, db.sql, "canary", `SELECT id, sealed, code_mac, audit_mac, made_at FROM keyset_canary`)
	return keyset.Canary{Sealed: r.Sealed, CodeMAC: r.CodeMAC, AuditMAC: r.AuditMAC, MadeAt: r.MadeAt}, err
}

// orNotFound returns an error, or what a statement says that finds nothing.
func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return sqldb.NotFound("entry")
}

// CreateCanary implements keyset.Store.
func (db *DB) CreateCanary(ctx context.Context, c keyset.Canary) error {
	_, err := db.sql.Exec(ctx, "canary", `
		INSERT INTO keyset_canary (id, sealed, code_mac, audit_mac, made_at) VALUES (1, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		c.Sealed, c.CodeMAC, c.AuditMAC, c.MadeAt)
	return err
}

// UpdateCanary implements keyset.Store.
func (db *DB) UpdateCanary(ctx context.Context, was, becomes keyset.Canary) (bool, error) {
	return db.sql.Once(ctx, `UPDATE keyset_canary SET sealed = ?, code_mac = ?, audit_mac = ?, made_at = ? WHERE sealed = ?`,
		becomes.Sealed, becomes.CodeMAC, becomes.AuditMAC, becomes.MadeAt, was.Sealed)
}

// OldestSecret implements keyset.Store: an institution's account comes before
// whatever else of it is sealed.
func (db *DB) OldestSecret(ctx context.Context) (keyset.Sealed, error) {
	if has, err := db.sql.HasTable(ctx, "sms_providers"); err != nil || !has {
		return keyset.Sealed{}, orNotFound(err)
	}
	// It is asked for before an older schema is migrated, too.
	r, err := sqldb.Find[struct {
		ID    string `db:"id"`
		Token []byte `db:"token"`
	}](ctx, db.sql, "secret", `SELECT id, token FROM sms_providers ORDER BY created_at, id LIMIT 1`)
	return keyset.Sealed{Place: secret.Place{Table: "sms_providers", Row: r.ID, Column: "token"}, Ciphertext: bytes.Clone(r.Token)}, err
}

// usesOf are what the keys of each part are needed for.
var usesOf = map[string][]struct {
	what, query string
	// live is where only what is still good counts.
	live bool
}{
	"aead": {
		{what: "provider tokens", query: `SELECT count(*) FROM sms_providers WHERE substr(token, 1, 5) = ?`},
		{what: "provider tokens of before", query: `SELECT count(*) FROM sms_providers WHERE substr(previous_token, 1, 5) = ?`},
		{what: "secrets of API keys", query: `SELECT count(*) FROM sms_providers WHERE substr(api_key_secret, 1, 5) = ?`},
		{what: "secrets of authenticator apps", query: `SELECT count(*) FROM authenticators WHERE substr(secret, 1, 5) = ?`},
		{what: "canary", query: `SELECT count(*) FROM keyset_canary WHERE substr(sealed, 1, 5) = ?`},
	},
	"mac": {
		{"live codes", `SELECT count(*) FROM one_time_codes WHERE substr(mac, 1, 5) = ? AND spent_at IS NULL AND expires_at > ?`, true},
		{what: "canary", query: `SELECT count(*) FROM keyset_canary WHERE substr(code_mac, 1, 5) = ?`},
	},
	"audit": {
		{what: "audit entries", query: `SELECT count(*) FROM audit_entries WHERE substr(mac, 1, 5) = ?`},
		{what: "canary", query: `SELECT count(*) FROM keyset_canary WHERE substr(audit_mac, 1, 5) = ?`},
	},
}

// ListUses implements keyset.Store.
func (db *DB) ListUses(ctx context.Context, part string, prefix []byte, now time.Time) ([]keyset.Use, error) {
	var uses []keyset.Use
	for _, of := range usesOf[part] {
		u, args := keyset.Use{What: of.what}, []any{prefix}
		if of.live {
			args = append(args, now)
		}
		if err := db.sql.Get(ctx, "use", &u.Count, of.query, args...); err != nil {
			return nil, err
		}
		if u.Count > 0 {
			uses = append(uses, u)
		}
	}
	return uses, nil
}
