package store

import (
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/fault"
	"github.com/factordesk/factordesk/internal/id"
	"github.com/factordesk/factordesk/internal/institution"
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
			Methods:           []institution.Method{institution.SMS, institution.Email},
			VoIPRisk:          &institution.RiskAcceptance{By: "Board", At: now},
			EmailRisk:         &institution.RiskAcceptance{By: "Risk officer", At: now.Add(-time.Hour)},
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

	t.Run("that are not there are NOT_FOUND", func(t *testing.T) {
		_, err := db.FindInstitution(ctx, id.New(id.Institution))
		wantCode(t, err, fault.NotFound)

		_, err = db.FindInstitutionBySlug(ctx, "nowhere")
		wantCode(t, err, fault.NotFound)

		_, err = db.FindInstitutionBySlug(ctx, "ALL-OF-IT")
		wantCode(t, err, fault.NotFound)
	})
}
