package graph

import (
	"context"
	"log/slog"
	"maps"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/graph/generated"
	"github.com/factordesk/factordesk/graph/model"
)

// Options say how open the API is.
type Options struct {
	// Environment decides how open the API is: introspection, suggestions and GET
	// are off in production, and where it is not said.
	Environment model.Environment
	// Operations may be named by their hash. In production nothing else runs, where
	// they are exclusive.
	Operations Operations
	Log        *slog.Logger
}

// NewHandler makes the HTTP handler of the API. The server puts actor, client and
// cookies into the request's context before.
func NewHandler(s Services, o Options) http.Handler {
	if o.Environment == "" {
		o.Environment = model.EnvironmentProduction
	}
	open := o.Environment != model.EnvironmentProduction
	r := &Resolver{s, o.Environment}
	srv := handler.New(generated.NewPlainSchema(generated.Config{
		Schema: served(), Resolvers: r, Directives: directives(), Complexity: weights(),
	}, guards()))
	srv.AddTransport(transport{get: open, operations: o.Operations, locked: !open && o.Operations.exclusive})
	srv.SetErrorPresenter(presenter{log: o.Log, suggest: open}.present)
	srv.SetRecoverFunc(recoverPanic)
	srv.SetParserTokenLimit(MaxTokens)
	known := documents{listed: o.Operations.parsed, cache: lru.New[*ast.QueryDocument](1000)}
	srv.SetQueryCache(known)
	srv.SetDisableSuggestion(!open)
	if open {
		srv.Use(extension.Introspection{})
	}
	srv.AroundRootFields(confirmed(s.Sessions))
	srv.AroundRootFields(withLoaders(r))
	srv.Use(refusals{record: s.Audit, log: o.Log})
	srv.Use(shape{introspection: open, known: known})
	srv.Use(newBounded(known))
	return srv
}

// served is the schema without @defer, which gqlgen adds to every schema: the
// transport answers once, and what was put off would be null without an error.
func served() *ast.Schema {
	schema := *generated.NewExecutableSchema(generated.Config{}).Schema()
	schema.Directives = maps.Clone(schema.Directives)
	delete(schema.Directives, "defer")
	return &schema
}

// documents caches parsed documents, but none that holds a string, which may be
// a code or a password, and none that is unusually long. Listed ones stay.
type documents struct {
	listed map[string]*ast.QueryDocument
	cache  graphql.Cache[*ast.QueryDocument]
}

func (d documents) Get(ctx context.Context, query string) (*ast.QueryDocument, bool) {
	if doc, ok := d.listed[query]; ok {
		return doc, true
	}
	return d.cache.Get(ctx, query)
}

func (d documents) Add(ctx context.Context, query string, doc *ast.QueryDocument) {
	const longest = 8 << 10
	if len(query) <= longest && !hasString(doc) {
		d.cache.Add(ctx, query, doc)
	}
}

func hasString(doc *ast.QueryDocument) bool {
	for _, op := range doc.Operations {
		if selectionHasString(op.SelectionSet) {
			return true
		}
		for _, v := range op.VariableDefinitions {
			if valueHasString(v.DefaultValue) {
				return true
			}
		}
	}
	for _, f := range doc.Fragments {
		if selectionHasString(f.SelectionSet) {
			return true
		}
	}
	return false
}

func selectionHasString(set ast.SelectionSet) bool {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			for _, arg := range s.Arguments {
				if valueHasString(arg.Value) {
					return true
				}
			}
			if selectionHasString(s.SelectionSet) {
				return true
			}
		case *ast.InlineFragment:
			if selectionHasString(s.SelectionSet) {
				return true
			}
		}
	}
	return false
}

func valueHasString(v *ast.Value) bool {
	if v == nil {
		return false
	}
	if v.Kind == ast.StringValue || v.Kind == ast.BlockValue {
		return true
	}
	for _, child := range v.Children {
		if valueHasString(child.Value) {
			return true
		}
	}
	return false
}
