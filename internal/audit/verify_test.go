package audit_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/dev/desktest/world"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// Ten entries are written, then the database is changed behind the desk's back.
func TestService_Verify(t *testing.T) {
	for name, test := range map[string]struct {
		tamper []string
		// head checks against the head that was logged before.
		head bool
		// broken is the first entry found wrong; 0 for none.
		broken int64
		// reason is part of what is said of it.
		reason string
	}{
		"nothing happened":                  {},
		"nothing happened, with a head":     {head: true},
		"an act was changed":                {tamper: []string{`UPDATE audit_entries SET action = 'SIGNED_OUT' WHERE sequence = 4`}, broken: 4, reason: "changed"},
		"an actor was changed":              {tamper: []string{`UPDATE audit_entries SET actor_id = 'usr_x' WHERE sequence = 4`}, broken: 4},
		"an actor's kind was changed":       {tamper: []string{`UPDATE audit_entries SET actor_kind = 'CUSTOMER' WHERE sequence = 4`}, broken: 4},
		"a target was changed":              {tamper: []string{`UPDATE audit_entries SET target_id = 'usr_x' WHERE sequence = 4`}, broken: 4},
		"an outcome was changed":            {tamper: []string{`UPDATE audit_entries SET outcome = 'FORBIDDEN' WHERE sequence = 4`}, broken: 4},
		"a reason was changed":              {tamper: []string{`UPDATE audit_entries SET details = '{"reason":"another"}' WHERE sequence = 4`}, broken: 4},
		"details are no JSON any more":      {tamper: []string{`UPDATE audit_entries SET details = 'x' WHERE sequence = 4`}, broken: 4},
		"an address was changed":            {tamper: []string{`UPDATE audit_entries SET address = '192.0.2.9' WHERE sequence = 4`}, broken: 4},
		"a time was changed":                {tamper: []string{`UPDATE audit_entries SET at = '2026-01-01 00:00:00+00:00' WHERE sequence = 4`}, broken: 4},
		"a MAC was changed":                 {tamper: []string{`UPDATE audit_entries SET mac = (SELECT mac FROM audit_entries o WHERE o.sequence = 5 AND o.institution_id = audit_entries.institution_id) WHERE sequence = 4`}, broken: 4, reason: "changed"},
		"the first entry is missing":        {tamper: []string{`DELETE FROM audit_entries WHERE sequence = 1`}, broken: 1},
		"an entry is missing":               {tamper: []string{`DELETE FROM audit_entries WHERE sequence = 4`}, broken: 4, reason: "missing"},
		"an entry is missing, gap closed":   {tamper: append([]string{`DELETE FROM audit_entries WHERE sequence = 4`}, moveDown(5, 10)...), broken: 4},
		"two entries changed places":        {tamper: []string{`UPDATE audit_entries SET sequence = 99 WHERE sequence = 4`, `UPDATE audit_entries SET sequence = 4 WHERE sequence = 5`, `UPDATE audit_entries SET sequence = 5 WHERE sequence = 99`}, broken: 4, reason: "another's place"},
		"an entry was added":                {tamper: []string{copyOf(10, 11)}, broken: 11},
		"the end was cut off, unseen alone": {tamper: []string{`DELETE FROM audit_entries WHERE sequence > 7`}},
		"the end was cut off":               {tamper: []string{`DELETE FROM audit_entries WHERE sequence > 7`}, head: true, broken: 8, reason: "cut off"},
		"everything was cut off":            {tamper: []string{`DELETE FROM audit_entries`}, head: true, broken: 1, reason: "cut off"},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, d *desk) {
				d.write(t, d.Bank.ID, 10)
				logged, err := d.Verify(t.Context(), d.Bank.ID, nil)
				check(t, err)
				world.Tamper(t, d.DB.SQL(), test.tamper...)
				known := map[string]audit.Head{}
				if test.head {
					known[d.Bank.ID] = logged
				}

				_, err = d.VerifyAll(t.Context(), known)

				var broken *audit.Broken
				switch {
				case test.broken == 0:
					check(t, err)
				case !errors.As(err, &broken) || !strings.Contains(broken.Reason, test.reason) || broken.Sequence != test.broken || broken.InstitutionID != d.Bank.ID:
					t.Errorf("got %v, want entry %d", err, test.broken)
				}
			})
		})
	}
}

func moveDown(from, to int) []string {
	var statements []string
	for i := from; i <= to; i++ {
		statements = append(statements, fmt.Sprintf(`UPDATE audit_entries SET sequence = %d WHERE sequence = %d`, i-1, i))
	}
	return statements
}

func copyOf(from, to int) string {
	return fmt.Sprintf(`INSERT INTO audit_entries
		SELECT institution_id, %d, at, actor_id, actor_kind, action, target_id, outcome, details, address, mac
		FROM audit_entries WHERE sequence = %d`, to, from)
}

func TestService_Verify_AnotherInstitutionsEntries(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		d.write(t, d.Bank.ID, 3)
		d.write(t, d.Other.ID, 2)
		world.Tamper(t, d.DB.SQL(), fmt.Sprintf(
			`UPDATE audit_entries SET institution_id = '%s', sequence = 4 WHERE institution_id = '%s' AND sequence = 2`, d.Bank.ID, d.Other.ID))

		_, err := d.Verify(t.Context(), d.Bank.ID, nil)

		var broken *audit.Broken
		if !errors.As(err, &broken) || broken.Sequence != 4 {
			t.Errorf("got %v, want entry 4", err)
		}
	})
}

func TestService_Verify_RewrittenEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		d.write(t, d.Bank.ID, 3)
		logged, err := d.Verify(t.Context(), d.Bank.ID, nil)
		check(t, err)
		world.Tamper(t, d.DB.SQL(), `DELETE FROM audit_entries WHERE sequence = 3`)
		d.write(t, d.Bank.ID, 1) // the desk goes on as if nothing had been there

		_, err = d.Verify(t.Context(), d.Bank.ID, nil)
		check(t, err)
		_, err = d.Verify(t.Context(), d.Bank.ID, &logged)

		var broken *audit.Broken
		if !errors.As(err, &broken) || broken.Sequence != 3 {
			t.Errorf("got %v, want entry 3", err)
		}
	})
}

func TestService_VerifyAll_AnInstitutionIsGone(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		d.write(t, d.Bank.ID, 3)
		logged, err := d.Verify(t.Context(), d.Bank.ID, nil)
		check(t, err)
		_, err = d.DB.SQL().ExecContext(t.Context(), fmt.Sprintf(`DELETE FROM institutions WHERE id = '%s'`, d.Bank.ID))
		check(t, err)

		_, err = d.VerifyAll(t.Context(), map[string]audit.Head{d.Bank.ID: logged})

		var broken *audit.Broken
		if !errors.As(err, &broken) || broken.InstitutionID != d.Bank.ID || broken.Sequence != 1 {
			t.Errorf("got %v, want entry 1 of %s", err, d.Bank.ID)
		}
	})
}

func TestService_Verify_UnderRotatedKeys(t *testing.T) {
	d := deskIn(world.New(t))
	file, err := secret.Create()
	check(t, err)
	for range 3 {
		keys, err := secret.Parse(file)
		check(t, err)
		d.Keys = keys.Audit()
		d.write(t, d.Bank.ID, 2)
		file, err = secret.Add(file)
		check(t, err)
		file, err = secret.Promote(file)
		check(t, err)
	}

	head, err := d.Verify(t.Context(), d.Bank.ID, nil)

	check(t, err)
	if head.Sequence != 6 {
		t.Errorf("got %d entries, want 6", head.Sequence)
	}
	d.Keys = secret.Development().Audit()
	if _, err := d.Verify(t.Context(), d.Bank.ID, nil); err == nil {
		t.Error("another keyset found the record whole")
	}
}

// A process with another keyset goes on with the record: what it wrote is told from
// what was changed.
func TestService_Verify_UnderAnotherKey(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		file, err := secret.Create()
		check(t, err)
		keys, err := secret.Parse(file)
		check(t, err)
		other := &desk{World: d.World, Service: &audit.Service{Store: d.DB, Keys: keys.Audit(), Clock: d.Time, Log: slog.New(slog.DiscardHandler)}}
		d.write(t, d.Bank.ID, 2)
		other.write(t, d.Bank.ID, 1)

		_, err = d.Verify(t.Context(), d.Bank.ID, nil)

		var broken *audit.Broken
		if !errors.As(err, &broken) || broken.Sequence != 3 || !strings.Contains(broken.Reason, "another key") || !strings.Contains(broken.Reason, "does not hold") {
			t.Errorf("got %v, want another key at entry 3", err)
		}
		for name, test := range map[string]struct {
			service *audit.Service
			want    bool
		}{"the right keys": {d.Service, true}, "the other keys, which wrote the end": {other.Service, true}} {
			if recognized, some, err := test.service.Recognize(t.Context()); err != nil || !some || recognized != test.want {
				t.Errorf("%s: %v, %v, %v", name, recognized, some, err)
			}
		}
		third, err := secret.Create()
		check(t, err)
		unknown, err := secret.Parse(third)
		check(t, err)
		stranger := &audit.Service{Store: d.DB, Keys: unknown.Audit()}
		if recognized, some, err := stranger.Recognize(t.Context()); err != nil || !some || recognized {
			t.Errorf("keys that wrote nothing: %v, %v, %v", recognized, some, err)
		}
	})
}

func TestService_VerifyAll_Nothing(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		if _, err := d.VerifyAll(t.Context(), nil); !errors.Is(err, audit.ErrNothing) {
			t.Errorf("got %v", err)
		}
		if _, some, err := d.Recognize(t.Context()); some || err != nil {
			t.Errorf("an empty record has entries: %v", err)
		}
		var broken *audit.Broken
		if _, err := d.VerifyAll(t.Context(), map[string]audit.Head{d.Bank.ID: {Sequence: 1}}); !errors.As(err, &broken) {
			t.Errorf("got %v, want it cut off", err)
		}
	})
}

// The record of an institution that is not there any more is as broken with nobody's
// head at hand.
func TestService_VerifyAll_ARecordOfNobody(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		d.write(t, d.Bank.ID, 1)
		world.Tamper(t, d.DB.SQL(), fmt.Sprintf(`DELETE FROM institutions WHERE id = '%s'`, d.Bank.ID))

		_, err := d.VerifyAll(t.Context(), nil)

		var broken *audit.Broken
		if !errors.As(err, &broken) || broken.InstitutionID != d.Bank.ID {
			t.Errorf("got %v", err)
		}
	})
}

// Only who owns the tables can change the record, not who may write to them.
func TestService_Record_CannotBeChanged(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		d.write(t, d.Bank.ID, 2)
		for _, statement := range []string{`UPDATE audit_entries SET outcome = 'DONE'`, `DELETE FROM audit_entries WHERE sequence = 2`, `DELETE FROM audit_entries`} {
			if _, err := d.DB.SQL().ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "the audit record is append-only") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		head, err := d.Verify(t.Context(), d.Bank.ID, nil)
		check(t, err)
		if head.Sequence != 2 {
			t.Errorf("%d entries", head.Sequence)
		}
	})
}

func TestParseHead(t *testing.T) {
	for _, s := range []string{"", "x", "1", ":00", "-1:00", "1:zz", "99999999999999999999:00"} {
		if h, err := audit.ParseHead(s); err == nil {
			t.Errorf("%q gave %v", s, h)
		}
	}
}
