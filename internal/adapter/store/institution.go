package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/institution"
)

type institutionRow struct {
	ID        string    `db:"id"`
	Slug      string    `db:"slug"`
	Name      string    `db:"name"`
	Settings  string    `db:"settings"`
	Demo      bool      `db:"demo"`
	CreatedAt time.Time `db:"created_at"`
}

func (r institutionRow) institution() (institution.Institution, error) {
	i := institution.Institution{
		ID: r.ID, Slug: r.Slug, Name: r.Name, Demo: r.Demo, CreatedAt: r.CreatedAt, Settings: institution.DefaultSettings(),
	}
	return i, json.Unmarshal([]byte(r.Settings), &i.Settings)
}

// CreateInstitution implements institution.Store.
func (db *DB) CreateInstitution(ctx context.Context, i institution.Institution) error {
	settings, err := json.Marshal(i.Settings)
	if err != nil {
		return err
	}
	return sqldb.Insert(ctx, db.sql, "institution", `INSERT INTO institutions VALUES (?)`,
		institutionRow{ID: i.ID, Slug: i.Slug, Name: i.Name, Settings: string(settings), Demo: i.Demo, CreatedAt: i.CreatedAt})
}

var selectInstitutions = `SELECT ` + sqldb.ColumnsOf[institutionRow]().From("i", nil) + ` FROM institutions i `

// FindInstitution implements institution.Store.
func (db *DB) FindInstitution(ctx context.Context, id string) (institution.Institution, error) {
	r, err := sqldb.Find[institutionRow](ctx, db.sql, "institution", selectInstitutions+`WHERE i.id = ?`, id)
	if err != nil {
		return institution.Institution{}, err
	}
	return r.institution()
}

// FindInstitutionBySlug implements institution.Store.
func (db *DB) FindInstitutionBySlug(ctx context.Context, slug string) (institution.Institution, error) {
	r, err := sqldb.Find[institutionRow](ctx, db.sql, "institution", selectInstitutions+`WHERE i.slug = ?`, slug)
	if err != nil {
		return institution.Institution{}, err
	}
	return r.institution()
}

// UpdateSettings implements institution.Store.
func (db *DB) UpdateSettings(ctx context.Context, id string, version int, s institution.Settings) (bool, error) {
	settings, err := json.Marshal(s)
	if err != nil {
		return false, err
	}
	r, err := sqldb.Find[institutionRow](ctx, db.sql, "institution", selectInstitutions+`WHERE i.id = ?`, id)
	if err != nil {
		return false, err
	}
	now, err := r.institution()
	if err != nil || now.Version != version {
		return false, err
	}
	return db.sql.Once(ctx, `UPDATE institutions SET settings = ? WHERE id = ? AND settings = ?`, string(settings), id, r.Settings)
}

// HasDemoData implements institution.Store.
func (db *DB) HasDemoData(ctx context.Context) (bool, error) {
	var has bool
	err := db.sql.Get(ctx, "", &has, `SELECT EXISTS (SELECT 1 FROM institutions WHERE demo)`)
	return has, err
}
