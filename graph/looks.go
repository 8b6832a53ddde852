package graph

import (
	"context"
	"log/slog"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	ids "github.com/factordesk/factordesk/internal/platform/id"
)

// looks are the queries of staff that the record has, had or refused. Looks into a
// history, at whatever depth, are recorded elsewhere: see refusals.
var looks = map[string]audit.Action{
	"user": audit.ReadProfile, "node": audit.ReadProfile, "users": audit.ReadUsers, "auditLog": audit.ReadAuditLog,
	"staff": audit.ReadStaff, "accessReview": audit.ReadAuditLog,
}

// recordedLooks records what staff look at, before it is shown: it is not, where it
// can't be recorded. Of queries that are not among looks it records refusals alone.
// It stands around root fields, so the fields below cost nothing more.
func recordedLooks(record *audit.Service, log *slog.Logger) graphql.RootFieldMiddleware {
	return func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		op := graphql.GetOperationContext(ctx)
		actor, signedIn := auth.FromContext(ctx)
		shown := next(ctx)
		if op.Operation.Operation != ast.Query || !signedIn || actor.Kind != auth.Staff {
			return shown
		}
		field := graphql.GetRootFieldContext(ctx).Field
		e, ok := look(field, op.Variables, refusal(ctx, field), actor)
		if !ok {
			return shown
		}
		recording, cancel := toRecord(ctx)
		defer cancel()
		if err := record.RecordFor(recording, actor, e); err != nil {
			log.ErrorContext(ctx, "a look could not be recorded", "operation", field.Name, "error", err)
			if e.Outcome == "" {
				graphql.AddError(graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Query", Field: field}), err)
				return graphql.Null
			}
		}
		return shown
	}
}

// look returns what the record says of a query, if it is one that it has.
func look(field graphql.CollectedField, variables map[string]any, refused fault.Code, actor auth.Actor) (audit.Event, bool) {
	e := audit.Event{Action: looks[field.Name], Outcome: refused, Details: map[string]string{"operation": field.Name}}
	args := field.ArgumentMap(variables)
	if id, _ := args["id"].(string); field.Name == "node" {
		switch {
		case audit.IsEntryID(id):
			e.Action = audit.ReadAuditLog
		case notification.IsTextID(id) && refused == "":
			return e, false // its service has recorded it
		case notification.IsTextID(id):
			e.Action = audit.ReadHistory
		}
	}
	switch {
	case field.Name == historyField || strings.HasPrefix(field.Name, "__"):
		return e, false
	case e.Action == "" && refused == "":
		return e, false
	case e.Action == "":
		e.Action = audit.Refused
	case e.Action == audit.ReadUsers || e.Action == audit.ReadStaff || field.Name == "accessReview":
		if search, ok := args["search"].(string); ok && search != "" && refused == "" {
			e.Details["search"] = search
		}
	case e.Action == audit.ReadProfile:
		e.TargetID = target(args["id"])
		if refused == "" && (e.TargetID == actor.UserID || ids.Is(ids.Institution, e.TargetID)) {
			return e, false // what is one's own, and what everybody sees
		}
	}
	return e, true
}

// refusal is the code of the error that a root field met, empty for none.
func refusal(ctx context.Context, field graphql.CollectedField) fault.Code {
	for _, err := range graphql.GetErrors(ctx) {
		if len(err.Path) == 1 && err.Path[0] == ast.PathName(field.Alias) {
			code, _ := err.Extensions["code"].(fault.Code)
			return code
		}
	}
	return ""
}

// target returns an argument that names whom or what is acted on or looked at: the id
// of a user, a device or the institution, and nothing else.
func target(arg any) string {
	named, _ := arg.(string)
	if ids.Is(ids.User, named) || ids.Is(ids.Device, named) || ids.Is(ids.Institution, named) {
		return named
	}
	return ""
}

// targetOf returns whom or what the input of a mutation names.
func targetOf(field graphql.CollectedField, variables map[string]any) string {
	input, _ := field.ArgumentMap(variables)["input"].(map[string]any)
	for _, name := range []string{"deviceId", "userId"} {
		if found := target(input[name]); found != "" {
			return found
		}
	}
	return ""
}
