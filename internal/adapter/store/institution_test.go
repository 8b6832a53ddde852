package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
)

func testInstitutions(t *testing.T, db *DB) {
	ctx := t.Context()

	t.Run("there is no demo data before a demo was made", func(t *testing.T) {
		newBank(t, db)

		has, err := db.HasDemoData(ctx)

		check(t, err)
		same(t, has, false)
	})

	made := institution.Institution{
		ID: id.New(id.Institution), Slug: "all-of-it", Name: "Ünion “Credit” & Söhne", CreatedAt: now, Demo: true,
		Settings: institution.Settings{
			Methods:   []institution.Method{institution.SMS, institution.Email},
			VoIPRisk:  &institution.RiskAcceptance{By: "Board", At: now},
			EmailRisk: &institution.RiskAcceptance{By: "Risk officer", At: now.Add(-time.Hour)},
			Version:   3, Languages: []message.Language{message.Spanish}, Products: []institution.Product{institution.AccountOpeningOnly},
			TwoFactorRequired: true, BackupCodes: 7, StaffCodeLifetime: 36 * time.Hour, CodeLifetime: 90 * time.Second,
			DailySends: 1234, SupportPhone: "+12025550199",
		},
	}
	check(t, db.CreateInstitution(ctx, made))

	t.Run("come back by id with every setting", func(t *testing.T) {
		found, err := db.FindInstitution(ctx, made.ID)

		check(t, err)
		same(t, found, made)
	})

	t.Run("come back by slug with every setting", func(t *testing.T) {
		found, err := db.FindInstitutionBySlug(ctx, "all-of-it")

		check(t, err)
		same(t, found, made)
	})

	t.Run("of a demo are demo data", func(t *testing.T) {
		has, err := db.HasDemoData(ctx)

		check(t, err)
		same(t, has, true)
	})

	t.Run("with a slug that is taken are CONFLICT", func(t *testing.T) {
		second := made
		second.ID = id.New(id.Institution)

		wantCode(t, db.CreateInstitution(ctx, second), fault.Conflict)
	})

	t.Run("take settings for the version that they have, and for no other", func(t *testing.T) {
		b := newBank(t, db)
		next := made.Settings

		for _, version := range []int{1, -1} {
			ok, err := db.UpdateSettings(ctx, b.ID, version, next)
			check(t, err)
			same(t, ok, false)
		}
		ok, err := db.UpdateSettings(ctx, b.ID, 0, next)
		check(t, err)
		same(t, ok, true)

		found, err := db.FindInstitution(ctx, b.ID)
		check(t, err)
		same(t, found.Settings, next)
		_, err = db.UpdateSettings(ctx, id.New(id.Institution), 0, next)
		wantCode(t, err, fault.NotFound)
	})

	t.Run("that are older than a setting have its default", func(t *testing.T) {
		b := newBank(t, db)
		_, err := db.sql.Exec(ctx, "", `UPDATE institutions SET settings = ? WHERE id = ?`, `{"methods": ["VOICE"], "backupCodes": 2}`, b.ID)
		check(t, err)

		found, err := db.FindInstitution(ctx, b.ID)

		want := institution.DefaultSettings()
		want.Methods, want.BackupCodes = []institution.Method{institution.Voice}, 2
		check(t, err)
		same(t, found.Settings, want)
		ok, err := db.UpdateSettings(ctx, b.ID, 0, made.Settings)
		check(t, err)
		same(t, ok, true)
	})

	t.Run("that are not there are NOT_FOUND", func(t *testing.T) {
		_, err := db.FindInstitution(ctx, id.New(id.Institution))
		wantCode(t, err, fault.NotFound)

		_, err = db.FindInstitutionBySlug(ctx, "nowhere")
		wantCode(t, err, fault.NotFound)

		_, err = db.FindInstitutionBySlug(ctx, "ALL-OF-IT")
		wantCode(t, err, fault.NotFound)
	})
}

// Two administrators at once: one change is made, the others hear of it.
func TestParallelSettings(t *testing.T) {
	race(t, func(t *testing.T, dbs [2]*DB) {
		b := newBank(t, dbs[0])

		won := together(t, dbs, "", func(db *DB, i int) (bool, error) {
			s := b.Settings
			s.Version, s.DailySends = 1, 1+i
			return db.UpdateSettings(t.Context(), b.ID, 0, s)
		})

		same(t, won, 1)
		found, err := dbs[1].FindInstitution(t.Context(), b.ID)
		check(t, err)
		same(t, found.Version, 1)
	})
}
