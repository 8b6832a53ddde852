package graph

import (
	"context"
	"log/slog"
	"maps"
	"net/http"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/graph/generated"
	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/graph/transport"
)

// Options say how open the API is.
type Options struct {
	// Environment decides how open the API is: introspection, suggestions and GET
	// are for development, and off where it is not said.
	Environment model.Environment
	// Operations may be named by their hash. In production nothing else runs, where
	// they are exclusive.
	Operations transport.Operations
	Log        *slog.Logger
}

// NewHandler makes the HTTP handler of the API. The server puts actor, client and
// cookies into the request's context before.
func NewHandler(s Services, o Options) http.Handler {
	if o.Environment == "" {
		o.Environment = model.EnvironmentProduction
	}
	open := o.Environment == model.EnvironmentDevelopment
	if o.Environment != model.EnvironmentProduction {
		o.Operations = o.Operations.AmongOthers()
	}
	r := &Resolver{s, o.Environment, o.Log}
	srv := transport.NewServer(generated.NewFastSchema(generated.Config{
		Schema: served(), Resolvers: r, Directives: directives(), Complexity: weights(),
	}, guards()), o.Operations, open)
	srv.SetErrorPresenter(presenter{log: o.Log, suggest: open}.present)
	srv.SetRecoverFunc(recoverPanic)
	srv.AroundRootFields(confirmed(s.Sessions))
	srv.AroundRootFields(recordedLooks(s.Audit, o.Log))
	srv.AroundRootFields(withLoaders(r))
	srv.Use(refusals{record: s.Audit, numbers: s.Notifications, log: o.Log})
	return srv
}

// WithConnection returns a context of a request whose streams last as long as the
// connection, as transport.WithConnection does.
func WithConnection(ctx, connection context.Context) context.Context {
	return transport.WithConnection(ctx, connection)
}

// ReadOperations reads manifests for NewHandler, as transport.ReadOperations does.
func ReadOperations(builtIn map[string][]byte, files []string) (transport.Operations, error) {
	return transport.ReadOperations(served(), builtIn, files)
}

// served is the schema as clients see it: without @defer, which gqlgen adds to every
// schema though the transport answers once, so that what was put off would be null
// without an error, and without what binds it to Go code.
func served() *ast.Schema {
	schema := *generated.NewExecutableSchema(generated.Config{}).Schema()
	schema.Directives = maps.Clone(schema.Directives)
	delete(schema.Directives, "defer")
	delete(schema.Directives, "goField")
	return &schema
}
