package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/config"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Check that no entry was changed, is missing or was cut off."`
}

type auditVerifyCmd struct {
	config.Database
	config.Keys
	Head []string `help:"A head that the log shows, as INSTITUTION=HEAD; repeat it. Without one, entries cut off at the end don't show." placeholder:"HEAD"`
}

// Run prints the head of every record that is whole, and fails at the first that
// is not, and where there is none. It writes nothing, whatever it finds.
func (c *auditVerifyCmd) Run(ctx context.Context, s streams) error {
	known, err := c.known()
	if err != nil {
		return settingsError{err}
	}
	db, keys, err := reading(ctx, c.Database, c.Keys)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := keysetOf(db, keys).Check(ctx); err != nil {
		return err
	}
	record := &audit.Service{Store: db, Keys: keys.Audit()}
	heads, err := record.VerifyAll(ctx, known)
	if err != nil {
		return err
	}
	for _, institutionID := range slices.Sorted(maps.Keys(heads)) {
		head := heads[institutionID]
		if _, err := fmt.Fprintf(s.Out, "%s is whole: %d entries, head %[1]s=%[3]s\n", institutionID, head.Sequence, head); err != nil {
			return err
		}
	}
	return nil
}

func (c *auditVerifyCmd) known() (map[string]audit.Head, error) {
	known := map[string]audit.Head{}
	for _, h := range c.Head {
		institutionID, head, _ := strings.Cut(h, "=")
		parsed, err := audit.ParseHead(head)
		if err != nil {
			return nil, fmt.Errorf("--head %q: %w", h, err)
		}
		known[institutionID] = parsed
	}
	return known, nil
}
