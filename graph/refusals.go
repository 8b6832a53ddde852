package graph

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// refusals records the mutations, the subscriptions and the looks into a history that staff were
// refused, whoever refused them: a directive, a service or the store. What is
// done, the services record themselves, in the transaction of it. Other queries are
// recorded by recordedLooks.
//
// It costs each field of an operation, so operations without either go without.
type refusals struct {
	record  *audit.Service
	numbers *notification.Service
	log     *slog.Logger
}

var _ graphql.OperationContextMutator = refusals{}

func (refusals) ExtensionName() string { return "Refusals" }

func (refusals) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext implements graphql.OperationContextMutator.
func (r refusals) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	recorded := op.Operation.Operation != ast.Query || looksIntoHistory(op.Operation.SelectionSet)
	for _, f := range op.Doc.Fragments {
		recorded = recorded || looksIntoHistory(f.SelectionSet)
	}
	if recorded {
		around := op.ResolverMiddleware
		op.ResolverMiddleware = func(ctx context.Context, next graphql.Resolver) (any, error) {
			return around(ctx, func(ctx context.Context) (any, error) { return r.resolve(ctx, next) })
		}
	}
	return nil
}

const historyField = "notificationHistory"

// isHistory reports whether a field is a look into a history.
func isHistory(name string) bool {
	return name == historyField || name == notification.TimelineOperation
}

// looksIntoHistory reports whether a selection does, fragments that it names apart.
func looksIntoHistory(set ast.SelectionSet) bool {
	return slices.ContainsFunc(set, func(s ast.Selection) bool {
		switch s := s.(type) {
		case *ast.Field:
			return isHistory(s.Name) || looksIntoHistory(s.SelectionSet)
		case *ast.InlineFragment:
			return looksIntoHistory(s.SelectionSet)
		}
		return false
	})
}

func (r refusals) resolve(ctx context.Context, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx)
	looking := isHistory(field.Field.Name) && field.Object != "UserViewerCan" || field.Object == "Subscription"
	if field.Object != "Mutation" && !looking {
		return next(ctx)
	}
	actor, signedIn := auth.FromContext(ctx)
	ctx, aim := audit.WithAim(ctx)
	result, err := next(ctx)
	if err == nil || !signedIn || actor.Kind != auth.Staff {
		return result, err
	}
	e := audit.Event{
		Action: audit.Refused, Outcome: fault.CodeOf(err), Details: map[string]string{"operation": field.Field.Name},
	}
	if !looking {
		e.TargetID = cmp.Or(aim.Target(), targetOf(field.Field, graphql.GetOperationContext(ctx).Variables))
	} else {
		e.Action = audit.ReadHistory
		if user, ok := field.Parent.Result.(interface{ OwnerID() string }); ok {
			e.TargetID = user.OwnerID()
		} else {
			e.TargetID = target(field.Args["userId"])
		}
		if number := numberAsked(field.Args); number != "" {
			e.Details["numbers"] = r.numbers.Recorded(ctx, actor, number)
		}
	}
	recording, cancel := toRecord(ctx)
	defer cancel()
	if recordErr := r.record.RecordFor(recording, actor, e); recordErr != nil {
		r.log.ErrorContext(ctx, "a refusal could not be recorded", "operation", field.Field.Name, "error", recordErr)
	}
	return result, err
}

// toRecord returns a context in which what became of a request is recorded, also where
// its caller left or its time is over: for a second then, for a database that has not
// answered may not answer now either.
func toRecord(ctx context.Context) (context.Context, context.CancelFunc) {
	until := time.Now().Add(time.Second)
	if deadline, ok := ctx.Deadline(); ok && deadline.After(until) {
		until = deadline
	}
	return context.WithDeadline(context.WithoutCancel(ctx), until)
}

// numberAsked is the number whose history is asked for, empty for all of a
// user's.
func numberAsked(args map[string]any) string {
	switch number := args["phoneNumber"].(type) {
	case string:
		return number
	case *string:
		return orZero(number)
	}
	return ""
}
