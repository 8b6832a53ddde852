package store

import (
	"fmt"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/user"
)

// BenchmarkProfiles sets the statements that bring profiles beside one for each
// thing.
func BenchmarkProfiles(b *testing.B) {
	for name, url := range databases {
		db := open(b, url(b))
		check(b, db.Migrate(b.Context()))
		bank := newBank(b, db)
		for i := range 100 {
			bank.owner(named(fmt.Sprint("Ann ", i), "Archer"))
		}
		_, err := db.sql.Exec(b.Context(), "", `ANALYZE`)
		check(b, err)
		ctx, q := b.Context(), user.Query{InstitutionID: bank.ID, Kind: auth.Customer, Limit: 51}
		users, err := db.ListUsers(ctx, q)
		check(b, err)
		one := users[0].User.ID
		for _, way := range []struct {
			name string
			read func() error
		}{
			{"a profile, a statement each", func() error {
				_, err := db.FindUser(ctx, bank.ID, one)
				check(b, err)
				_, err = db.ListDevices(ctx, bank.ID, []string{one})
				check(b, err)
				_, err = db.LatestSets(ctx, bank.ID, []string{one})
				return err
			}},
			{"a profile, one statement", func() error {
				_, err := db.FindProfile(ctx, bank.ID, one, profile.Everything)
				return err
			}},
			{"a page, all of its devices", func() error {
				users, err := db.ListUsers(ctx, q)
				check(b, err)
				_, err = db.ListDevices(ctx, bank.ID, convert(users, func(m user.Match) string { return m.User.ID }))
				return err
			}},
			{"a page, all parts of its devices", func() error {
				_, err := db.ListProfiles(ctx, q, profile.Devices|profile.Dates|profile.Pauses|profile.Details)
				return err
			}},
			{"a page, what lists show", func() error {
				_, err := db.ListProfiles(ctx, q, profile.Devices)
				return err
			}},
		} {
			b.Run(name+"/"+way.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					check(b, way.read())
				}
			})
		}
	}
}
