package graph

import (
	"context"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/factordesk/factordesk/graph/generated"
	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/gqlfast"
)

// Schemas returns what the handler executes, as gqlgen makes it and with plain
// fields made fast, and what the handler does to its executor.
func Schemas(s Services) (stock graphql.ExecutableSchema, fast *gqlfast.Schema, set func(e *executor.Executor)) {
	r := &Resolver{s, model.EnvironmentDevelopment, slog.New(slog.DiscardHandler)}
	c := generated.Config{Schema: served(), Resolvers: r, Directives: directives(), Complexity: weights()}
	fast = generated.NewFastSchema(c, guards())
	guards().Set(&c.Directives)
	stock = generated.NewExecutableSchema(c)
	log := slog.New(slog.DiscardHandler)
	return stock, fast, func(e *executor.Executor) {
		e.SetErrorPresenter(func(ctx context.Context, err error) *gqlerror.Error {
			shown := presenter{log: log}.present(ctx, err)
			if shown.Extensions["code"] == fault.Internal { // the id is another one each time
				shown.Message, shown.Extensions = "internal", nil
			}
			return shown
		})
		e.SetRecoverFunc(recoverPanic)
		e.AroundRootFields(withLoaders(r))
		e.Use(refusals{record: s.Audit, numbers: s.Notifications, log: log})
	}
}
