package graph

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/factordesk/factordesk/graph/generated"
	"github.com/factordesk/factordesk/graph/transport"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// presenter turns every error into what a client may see: the code and message
// of a fault, a safe sentence about a bad request, and for anything else INTERNAL
// with an id under which the log has the rest.
type presenter struct {
	log *slog.Logger
	// suggest is false where messages must not say what the schema has instead.
	suggest bool
}

func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	shown := &gqlerror.Error{Path: graphql.GetPath(ctx)}
	var located *gqlerror.Error
	if errors.As(err, &located) {
		located = declared(*located)
		shown.Locations = located.Locations
		if located.Path != nil {
			shown.Path = located.Path
		}
	}
	var f *fault.Error
	switch {
	case errors.As(err, &f) && f.Code != fault.Internal:
		p.logCause(ctx, f)
	case fault.CodeOf(err) == fault.Timeout:
		f = fault.Errorf(fault.Timeout, "This took too long. Try again.")
	case located != nil && aboutRequest(ctx, located):
		f = &fault.Error{Code: fault.InvalidInput, Message: p.badRequest(located), Field: fieldOf(located.Path)}
	default:
		id := rand.Text()
		p.log.ErrorContext(ctx, "internal error", "id", id, "path", shown.Path.String(), "error", err)
		shown.Message = "Something went wrong on our side. Support can find it by this id: " + id
		shown.Extensions = map[string]any{"code": fault.Internal, "id": id}
		return shown
	}
	shown.Message, shown.Extensions = f.Message, extensions(f)
	return shown
}

// inputFields are the names of all fields of all inputs of the schema.
var inputFields = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for _, t := range generated.NewExecutableSchema(generated.Config{}).Schema().Types {
		if t.Kind == ast.InputObject {
			for _, f := range t.Fields {
				names[f.Name] = true
			}
		}
	}
	return names
})

// declared cuts the path of an error in the variables where it leaves what the
// schema declares: a name that it does not have may be a value that slipped.
func declared(err gqlerror.Error) *gqlerror.Error {
	if len(err.Path) < 2 || err.Path[0] != ast.PathName("variable") {
		return &err
	}
	for i, step := range err.Path {
		if name, ok := step.(ast.PathName); ok && i > 1 && !inputFields()[string(name)] {
			err.Path = err.Path[:i]
			break
		}
	}
	return &err
}

// aboutRequest tells an error in the document, its variables or arguments from
// one of a resolver, which gqlgen locates, too: parser, validator and limits wrap
// nothing, and the path of an argument goes on where that of its field ends.
func aboutRequest(ctx context.Context, err *gqlerror.Error) bool {
	if err.Err == nil {
		return true
	}
	field := graphql.GetFieldContext(ctx)
	return field != nil && len(err.Path) > len(field.Path())
}

// logCause keeps what the client is not shown.
func (p presenter) logCause(ctx context.Context, f *fault.Error) {
	if f.Cause != nil {
		p.log.WarnContext(ctx, "refused", "code", f.Code, "message", f.Message, "cause", f.Cause)
	}
}

// wholeSeconds returns a wait as clients are told it: whoever waits so long has waited
// long enough.
func wholeSeconds(wait time.Duration) int { return max(1, int(math.Ceil(wait.Seconds()))) }

func extensions(f *fault.Error) map[string]any {
	e := map[string]any{"code": f.Code}
	if f.Field != "" {
		e["field"] = f.Field
	}
	if f.Code == fault.Throttled || f.Code == fault.Unavailable {
		e["retryAfterSeconds"] = wholeSeconds(f.RetryAfter)
	}
	if !f.Until.IsZero() {
		e["until"] = f.Until.UTC().Format(time.RFC3339)
	}
	if f.ProviderCode != 0 {
		e["providerCode"] = f.ProviderCode
	}
	if f.TryInstead != "" {
		e["tryInstead"] = f.TryInstead
	}
	return e
}

// namesOnly are the validation rules whose messages name parts of the schema and
// of the document, and never quote a value: a value may be a code or a password.
var namesOnly = map[string]bool{
	"FieldsOnCorrectType": true, "FieldsOnCorrectTypeWithoutSuggestions": true, "FragmentsOnCompositeTypes": true,
	"KnownArgumentNames": true, "KnownArgumentNamesWithoutSuggestions": true, "KnownDirectives": true,
	"KnownFragmentNames": true, "KnownRootType": true, "KnownTypeNames": true, "KnownTypeNamesWithoutSuggestions": true,
	"LoneAnonymousOperation": true, "MaxIntrospectionDepth": true, "NoFragmentCycles": true, "OverlappingFieldsCanBeMerged": true, "NoUndefinedVariables": true, "NoUnusedFragments": true,
	"NoUnusedVariables": true, "PossibleFragmentSpreads": true, "ProvidedRequiredArguments": true,
	"ScalarLeafs": true, "ScalarLeafsWithoutSuggestions": true, "SingleFieldSubscriptions": true,
	"UniqueArgumentNames": true, "UniqueDirectivesPerLocation": true, "UniqueFragmentNames": true,
	"UniqueInputFieldNames": true, "UniqueOperationNames": true, "UniqueVariableNames": true,
	"VariablesAreInputTypes": true, "VariablesInAllowedPosition": true,
}

// badRequest says what is wrong with a document, its variables or arguments
// without quoting a value.
func (p presenter) badRequest(err *gqlerror.Error) string {
	code, _ := err.Extensions["code"].(string)
	switch {
	case namesOnly[err.Rule] && !p.suggest:
		// gqlgen switches suggestions off for some rules only.
		said, _, _ := strings.Cut(err.Message, " Did you mean")
		return said
	case namesOnly[err.Rule], err.Rule == transport.LimitRule, code == "COMPLEXITY_LIMIT_EXCEEDED":
		return err.Message
	case code == errcode.ParseFailed:
		return "The document is not valid GraphQL, has too many tokens, or nests too deep."
	case err.Rule != "":
		return "A value in the document is not of the type that its place wants (" + err.Rule + ")."
	case err.Path != nil:
		return "The value of " + err.Path.String() + " is not of the type that its place wants."
	default:
		return "The request is not valid: it names no operation, or a value has the wrong type."
	}
}

// fieldOf returns the input field that a path ends at.
func fieldOf(path ast.Path) string {
	for i := len(path) - 1; i >= 0; i-- {
		if name, ok := path[i].(ast.PathName); ok {
			return string(name)
		}
	}
	return ""
}

// panicked is a panic in a resolver, for the log. Only the runtime's own are
// quoted, which name types and lengths; any other may hold what it was about.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string {
	if err, ok := p.value.(runtime.Error); ok {
		return fmt.Sprintf("panic: %v\n%s", err, p.stack)
	}
	return fmt.Sprintf("panic: a %T\n%s", p.value, p.stack)
}

func recoverPanic(_ context.Context, value any) error {
	return &panicked{value: value, stack: debug.Stack()}
}
