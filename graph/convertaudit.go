package graph

import (
	"context"
	"slices"
	"strings"

	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/audit"
)

func auditFilter(f *model.AuditLogFilter) audit.Filter {
	if f == nil {
		return audit.Filter{}
	}
	return audit.Filter{
		ActorID: orZero(f.ActorID.Value()), TargetID: orZero(f.TargetID.Value()), Action: orZero(f.Action.Value()),
		From: orZero(f.From.Value()), To: orZero(f.To.Value()),
	}
}

// entry returns an entry of the audit log.
func (r *Resolver) entry(ctx context.Context, entryID string) (*model.AuditLogEntry, error) {
	e, err := r.s.Audit.Find(ctx, entryID)
	if err != nil {
		return nil, err
	}
	return new(auditEntry(e)), nil
}

func auditConnection(p audit.Page, after string) *model.AuditLogConnection {
	c := &model.AuditLogConnection{
		Edges: make([]model.AuditLogEdge, len(p.Entries)), Nodes: make([]model.AuditLogEntry, len(p.Entries)),
	}
	for i, e := range p.Entries {
		c.Nodes[i] = auditEntry(e)
		c.Edges[i] = model.AuditLogEdge{Cursor: e.Cursor(), Node: &c.Nodes[i]}
	}
	c.PageInfo = pageInfo(p.HasNext, after != "", p.Entries)
	return c
}

func auditEntry(e audit.Entry) model.AuditLogEntry {
	out := model.AuditLogEntry{
		ID: e.ID(), Sequence: int(e.Sequence), At: e.At, ActorID: orNil(e.ActorID), Action: e.Action, TargetID: orNil(e.TargetID), TargetUserID: e.TargetUserID(),
		Outcome: e.Outcome, Details: make([]model.AuditDetail, 0, len(e.Details)), Address: orNil(e.Address),
	}
	for name, value := range e.Details {
		out.Details = append(out.Details, model.AuditDetail{Name: name, Value: value})
	}
	slices.SortFunc(out.Details, func(a, b model.AuditDetail) int { return strings.Compare(a.Name, b.Name) })
	return out
}
