package audit

import (
	"context"
	"strings"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
)

const entryPrefix = "aud_"

// ID is the entry's, unique over all institutions and kinds of objects: whose record
// it is in, and its number there.
func (e Entry) ID() string {
	return entryPrefix + strings.TrimPrefix(e.InstitutionID, string(id.Institution)+"_") + "_" + formatSequence(e.Sequence)
}

// IsEntryID reports whether s could be an entry's id.
func IsEntryID(s string) bool { return strings.HasPrefix(s, entryPrefix) }

// Find returns an entry of the actor's institution by its id, to staff who hold
// VIEW_AUDIT_LOG; any other is NOT_FOUND.
func (s *Service) Find(ctx context.Context, entryID string) (Entry, error) {
	actor, err := auth.Require(ctx, auth.ViewAuditLog)
	if err != nil {
		return Entry{}, err
	}
	number, err := parseSequence(entryID[strings.LastIndexByte(entryID, '_')+1:])
	wanted := Entry{InstitutionID: actor.InstitutionID, Sequence: number}
	if err != nil || wanted.ID() != entryID || number >= maxSequence {
		return Entry{}, noEntry()
	}
	found, err := s.Store.ListEntries(ctx, Query{InstitutionID: actor.InstitutionID, Below: number + 1, Limit: 1})
	if err != nil {
		return Entry{}, err
	}
	if len(found) == 0 || found[0].Sequence != number {
		return Entry{}, noEntry()
	}
	return found[0], nil
}

func noEntry() error { return fault.Errorf(fault.NotFound, "There is no such entry.") }
