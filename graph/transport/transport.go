// Package transport is GraphQL over HTTP for any schema: it knows no domain.
//
//	read        a POST of JSON, or a GET where that is open (request.go)
//	documents   that clients name by their hash (operations.go), and that are parsed
//	            already (documents.go)
//	limits      held against a document before it is validated, and before it is
//	            executed (limits.go, measure.go)
//	variables   held against the specification where gqlparser is lax (variables.go)
//	execute     gqlgen's executor
//	answer      in the media type that the client takes, written once (answer.go)
//	stream      of events, which a subscription is answered by (stream.go)
//
// What an error says is the business of whoever sets an error presenter; requests
// that are no GraphQL are refused here, and nothing that they hold is quoted.
package transport

import (
	"net/http"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// NewServer returns a server that executes the documents of clients within the
// limits. Where it is open, clients may introspect the schema, are helped by
// suggestions, and may GET. Where operations are exclusive, nothing else runs.
func NewServer(schema graphql.ExecutableSchema, operations Operations, open bool) *handler.Server {
	srv := handler.New(schema)
	srv.AddTransport(overHTTP{get: open, operations: operations, locked: operations.exclusive})
	srv.SetParserTokenLimit(MaxTokens)
	known := documents{listed: operations.parsed, cache: lru.New[*ast.QueryDocument](1000)}
	srv.SetQueryCache(known)
	srv.SetDisableSuggestion(!open)
	if open {
		srv.Use(extension.Introspection{})
	}
	srv.Use(shape{introspection: open, known: known})
	srv.Use(&strict{})
	srv.Use(newBounded(known))
	return srv
}

// overHTTP speaks GraphQL over HTTP: POST of JSON, and GET for queries where
// it is switched on. It takes the place of gqlgen's own, which quotes a body that
// is no JSON back at the client, codes and all, and misses parts of the
// specification (https://graphql.github.io/graphql-over-http/draft/).
type overHTTP struct {
	get        bool
	operations Operations
	// locked is set where nothing but operations runs.
	locked bool
}

var _ graphql.Transport = overHTTP{}

// Supports takes every request: what it can't serve it refuses in GraphQL's own
// form.
func (t overHTTP) Supports(*http.Request) bool { return true }

// Do answers one request. What calls a stream keeps its frame as long as that lasts, on
// one stack each: so this one, and all below it, are small.
func (t overHTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	a := &answer{w: w}
	op := t.prepare(a, r, exec)
	switch {
	case op == nil:
	case op.Operation.Operation == ast.Subscription:
		a.stream(r, exec, op)
	default:
		a.execute(r, exec, op)
	}
}

// prepare returns the operation that a request asks for; nil once it is answered that
// there is none.
func (t overHTTP) prepare(a *answer, r *http.Request, exec graphql.GraphExecutor) *graphql.OperationContext {
	var ok bool
	a.mediaType, ok = negotiate(r.Header.Values("Accept"))
	a.streams = r.Method == http.MethodPost && acceptsStream(r.Header.Values("Accept"))
	if !ok && !a.streams {
		a.refuse(http.StatusNotAcceptable, "Accept "+graphqlJSON+" or "+plainJSON+".")
		return nil
	}
	start := graphql.Now()
	asked, status, problem := t.read(a.w, r)
	if problem != "" {
		a.refuse(status, problem)
		return nil
	}
	document, refused := t.operations.document(asked, t.locked)
	if refused != nil {
		a.undone(&graphql.Response{Errors: gqlerror.List{refused}})
		return nil
	}
	params := &graphql.RawParams{
		Query: document, OperationName: asked.OperationName, Variables: asked.Variables, Extensions: asked.Extensions,
		Headers: r.Header, ReadTime: graphql.TraceTiming{Start: start, End: graphql.Now()},
	}
	op, errs := exec.CreateOperationContext(r.Context(), params)
	switch {
	case errs != nil:
		errs = errs[:min(len(errs), MaxErrors)]
		a.undone(exec.DispatchError(graphql.WithOperationContext(r.Context(), op), errs))
	case r.Method == http.MethodGet && op.Operation.Operation != ast.Query:
		a.w.Header().Set("Allow", http.MethodPost)
		a.refuse(http.StatusMethodNotAllowed, "GET is for queries only.")
	case op.Operation.Operation == ast.Subscription && !a.streams:
		a.refuse(http.StatusNotAcceptable, wantsStream)
	default:
		return op
	}
	return nil
}

// execute runs a query or mutation.
func (a *answer) execute(r *http.Request, exec graphql.GraphExecutor, op *graphql.OperationContext) {
	responses, ctx := exec.DispatchOperation(r.Context(), op)
	response := responses(ctx)
	switch {
	case response == nil: // the request's time was over before it began
		a.refuseAs(fault.Timeout, http.StatusServiceUnavailable, tookTooLong)
	case a.mediaType == "":
		a.once(*response)
	default:
		a.write(http.StatusOK, envelope{Errors: response.Errors, Extensions: response.Extensions}, response.Data)
	}
}
