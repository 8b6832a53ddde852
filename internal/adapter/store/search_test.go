package store

import (
	"context"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/user"
)

// desk returns the context of staff who may look users up.
func (b bank) desk() context.Context {
	return auth.WithActor(b.t.Context(), auth.Actor{
		UserID: "usr_desk", InstitutionID: b.ID, Kind: auth.Staff, Permissions: []auth.Permission{auth.ViewUsers},
	})
}

func names(matches []user.Match) string {
	full := make([]string, len(matches))
	for i, m := range matches {
		full[i] = m.User.Name()
	}
	return strings.Join(full, ", ")
}

func testSearch(t *testing.T, db *DB) {
	users := &user.Service{Store: db, Clock: clock.NewFake(now)}
	harbor, summit := newBank(t, db), newBank(t, db)
	email := func(address string) func(u *user.User) { return func(u *user.User) { u.Email = address } }
	ann := harbor.user(named("Ann", "Archer"), email("zoe@customer.example"))
	harbor.user(named("Anna", "Anders"), email("anna@customer.example"))
	jose := harbor.user(named("José María", "Núñez"), email("jose.maria+bank@customer.example"))
	harbor.user(named("Étienne", "d’Arc"), email("étienne@customer.example"))
	harbor.user(named("Flor", "García-López"), email("flor@xn--bcher-kva.example"))
	harbor.user(named("Ann", "Staff"), staff, email("staff@harbor.example"))
	harbor.user(named("100%", "Under_Score"), email("1000@customer.example"))
	summit.user(named("Ann", "Other"), email("ann@customer.example"))
	harbor.phone(ann, "+12025550101")
	harbor.phone(ann, "+12025550102")
	harbor.phone(jose, "+447700900104")
	summit.phone(summit.user(named("Sum", "Mit")), "+12025550103")

	for _, test := range []struct{ name, search, want string }{
		{"by first name", "ann a", "Ann Archer"},
		{"by last name", "archer", "Ann Archer"},
		{"by last and first name", "archer an", "Ann Archer"},
		{"in any case", "ARCHER", "Ann Archer"},
		{"with spaces around and between", "  archer \u00a0  ann ", "Ann Archer"},
		{"without the accents that the name has", "nunez", "José María Núñez"},
		{"with the accents that the name has", "NÚÑEZ", "José María Núñez"},
		{"with accents written apart", "nu\u0301n\u0303ez", "José María Núñez"},
		{"with accents that the name does not have", "árchér", "Ann Archer"},
		{"by email", "jose.maria+bank@customer.example", "José María Núñez"},
		{"by the beginning of an email", "zoe@c", "Ann Archer"},
		{"by an email in capitals", "ZOE@Customer", "Ann Archer"},
		{"by an email with accents", "étienne@", "Étienne d’Arc"},
		{"by an email of digits", "1000", "100% Under_Score"},
		{"by a number in E.164", "+12025550101", "Ann Archer"},
		{"by a number without its plus", "12025550101", "Ann Archer"},
		{"by a number as it is dialled at home", "2025550101", "Ann Archer"},
		{"by a number in groups", "(202) 555-0101", "Ann Archer"},
		{"by a number with dots", "+1.202.555.0102", "Ann Archer"},
		{"by a number with spaces and hyphens that do not break", "+1\u00a0202\u2011555\u20110101", "Ann Archer"},
		{"by the beginning of a number", "+44 7700", "José María Núñez"},
		{"by a number pasted with its trunk zero", "\u202a+44 (0)7700 900104\u202c", "José María Núñez"},
		{"by a number with 00 before its country code", "0044 7700 900104", "José María Núñez"},
		{"by the last four digits", "0104", "José María Núñez"},
		{"by the last seven digits", "555-0101", "Ann Archer"},
		{"by the last four digits in another script", "٠١٠٤", "José María Núñez"},
		{"by any word of a name", "maría nú", "José María Núñez"},
		{"by the last name's last word", "lópez", "Flor García-López"},
		{"by last and first name where the last has two", "garcía-lópez flor", "Flor García-López"},
		{"by an apostrophe of a tablet", "d’arc", "Étienne d’Arc"},
		{"by an apostrophe of a keyboard", "d'arc", "Étienne d’Arc"},
		{"by no apostrophe", "darc", "Étienne d’Arc"},
		{"by an id", ann.ID, "Ann Archer"},
		{"by an id with what was copied along", "\u200b " + ann.ID + "\u00a0", "Ann Archer"},
		{"by an address as people write it", "flor@bücher.example", "Flor García-López"},
		{"by an address as it is mailed to", "flor@xn--bcher-kva.example", "Flor García-López"},
		{"by a number dialled at home with its trunk zero", "07700 900104", "José María Núñez"},
		{"giving once a user that several numbers match", "+1 202 555", "Ann Archer"},
		{"giving once a user that name and email match", "anna", "Anna Anders"},
		{"giving the matches in the order of what they match", "an", "Anna Anders, Ann Archer, Ann Staff"},
		{"taking percent and underscore for themselves", "100%", "100% Under_Score"},
		{"taking no underscore for any letter", "under_", "100% Under_Score"},
		{"finding nothing in the middle of a word", "rcher", ""},
		{"finding nothing by a percent sign", "%", ""},
		{"finding nothing by an underscore", "_", ""},
		{"finding nothing by a lone plus", "+", ""},
		{"finding nothing by brackets", "()", ""},
		{"finding nothing by a quote", "'", ""},
		{"finding nothing by SQL", "' OR 1=1 --", ""},
		{"finding nothing by the greatest rune", "\U0010ffff", ""},
		{"finding nothing by an emoji", "🙂", ""},
		{"finding nothing by a number of another institution", "+12025550103", ""},
		{"finding nothing by another script", "Анна", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			page, err := users.Search(harbor.desk(), user.Filter{Search: test.search})

			check(t, err)
			same(t, names(page.Matches), test.want)
		})
	}

	t.Run("giving once a user who removed a number and added it again", func(t *testing.T) {
		bob := harbor.user(named("Bob", "Back"))
		_, err := db.sql.Exec(t.Context(), "", `UPDATE devices SET removed_at = ? WHERE id = ?`, now, harbor.phone(bob, "+12025550155").ID)
		check(t, err)
		harbor.phone(bob, "+12025550155")

		page, err := users.Search(harbor.desk(), user.Filter{Search: "+12025550155"})

		check(t, err)
		same(t, names(page.Matches), "Bob Back")
	})

	t.Run("restricted to a kind", func(t *testing.T) {
		for kind, want := range map[auth.Kind]string{auth.Customer: "Anna Anders, Ann Archer", auth.Staff: "Ann Staff"} {
			page, err := users.Search(harbor.desk(), user.Filter{Search: "an", Kind: kind})

			check(t, err)
			same(t, names(page.Matches), want)
		}
	})

	t.Run("for nothing lists everyone by last name", func(t *testing.T) {
		for _, search := range []string{"", "   ", "\u00a0"} {
			page, err := users.Search(harbor.desk(), user.Filter{Search: search})

			check(t, err)
			same(t, names(page.Matches), "Anna Anders, Ann Archer, Bob Back, Étienne d’Arc, Flor García-López, José María Núñez, Ann Staff, 100% Under_Score")
		}
	})

	t.Run("for nothing, restricted to a kind", func(t *testing.T) {
		page, err := users.Search(harbor.desk(), user.Filter{Kind: auth.Staff})

		check(t, err)
		same(t, names(page.Matches), "Ann Staff")
	})

	t.Run("returns every field", func(t *testing.T) {
		page, err := users.Search(harbor.desk(), user.Filter{Search: "archer"})

		check(t, err)
		same(t, page.Matches, []user.Match{{User: ann, Key: "archer ann"}})
	})

	t.Run("refuses what no database should see", func(t *testing.T) {
		for name, search := range map[string]string{
			"a NUL": "a\x00b", "a line break": "a\nb", "broken UTF-8": "\xff", "101 characters": strings.Repeat("é", 101),
		} {
			_, err := users.Search(harbor.desk(), user.Filter{Search: search})
			if fault.CodeOf(err) != fault.InvalidInput {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := users.Search(harbor.desk(), user.Filter{Search: strings.Repeat("é", 100)})
		check(t, err)
	})

	t.Run("refuses a cursor that no page gave", func(t *testing.T) {
		for _, after := range []string{"x", "!!", "bnVsbA", "W10"} {
			_, err := users.Search(harbor.desk(), user.Filter{After: after})
			wantCode(t, err, fault.InvalidInput)
		}
	})
}
