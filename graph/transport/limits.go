package transport

import (
	"context"
	"errors"
	"maps"

	"github.com/99designs/gqlgen/complexity"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/factordesk/factordesk/internal/platform/page"
)

// Limits of one request. Each is checked before anything is resolved.
const (
	MaxBodyBytes = 128 << 10
	MaxTokens    = 3000
	MaxDepth     = 12
	MaxAliases   = 30
	// MaxComplexity bounds the objects that an operation can ask for: each weighs 1, or
	// what the schema's weights say, and plain values nothing.
	MaxComplexity = 10_000
	// MaxSelections counts a fragment's fields each time it is spread.
	MaxSelections = 5000
	// MaxRepeats counts the pairs that validation compares.
	MaxRepeats = 2000
	// MaxDirectives is how many directives one field, fragment or operation may have.
	MaxDirectives = 5
	// MaxErrors is how many of a document's errors are told.
	MaxErrors = 10
)

// shape refuses documents that nest too deep, use too many aliases, each of which
// could try one more code, or are too large. It looks before validation does:
// validation compares every two fields that end up under one name, follows
// fragments as often as they are spread, and takes minutes for 14 KB that are made
// for it. Introspection is exempt from the depth, fragments on its types too, and
// refused where it is off.
type shape struct {
	introspection bool
	// known are the documents that were looked at before.
	known graphql.Cache[*ast.QueryDocument]
}

var _ graphql.OperationParameterMutator = shape{}

func (shape) ExtensionName() string                     { return "Shape" }
func (shape) Validate(_ graphql.ExecutableSchema) error { return nil }

func (s shape) MutateOperationParameters(ctx context.Context, request *graphql.RawParams) *gqlerror.Error {
	if _, ok := s.known.Get(ctx, request.Query); ok {
		return nil
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: request.Query}, MaxTokens)
	var refusal *gqlerror.Error
	if errors.As(err, &refusal) {
		errcode.Set(refusal, errcode.ParseFailed)
		return refusal
	}
	got := measureDocument(doc)
	switch {
	case got.depth > MaxDepth:
		return limitError("The document nests deeper than %d levels.", MaxDepth)
	case got.aliases > MaxAliases:
		return limitError("The document has more than %d aliases.", MaxAliases)
	case got.introspects && !s.introspection:
		return limitError("Introspection is switched off here.")
	case got.selections > MaxSelections:
		return limitError("The document has more than %d selections once its fragments are spread, or they spread in a circle.", MaxSelections)
	case got.directives > MaxDirectives:
		return limitError("The document puts more than %d directives in one place.", MaxDirectives)
	case got.repeats > MaxRepeats:
		return limitError("The document repeats fields or fragments too often, or its fragments spread in a circle.")
	}
	return nil
}

// LimitRule marks the errors of these limits among those of validation. Their
// messages quote nothing.
const LimitRule = "Limit"

func limitError(format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	err.Rule = LimitRule
	return err
}

// bounded refuses operations that are too complex, as gqlgen's extension does. It
// counts a document that is known only until it was seen to stay within the limit
// whatever its variables say: to count takes a tenth of a profile's time.
type bounded struct {
	extension.ComplexityLimit
	schema graphql.ExecutableSchema
	known  graphql.Cache[*ast.QueryDocument]
	within graphql.Cache[bool]
}

// plainValues weigh nothing: how many a document names is bounded by its tokens.
var plainValues = complexity.WithFixedScalarValue(0)

func newBounded(known graphql.Cache[*ast.QueryDocument]) *bounded {
	return &bounded{ComplexityLimit: *extension.FixedComplexityLimit(MaxComplexity, plainValues), known: known, within: lru.New[bool](1000)}
}

func (b *bounded) Validate(schema graphql.ExecutableSchema) error {
	b.schema = schema
	return b.ComplexityLimit.Validate(schema)
}

func (b *bounded) MutateOperationContext(ctx context.Context, oc *graphql.OperationContext) *gqlerror.Error {
	if _, known := b.known.Get(ctx, oc.RawQuery); !known || len(oc.Doc.Operations) > 1 {
		return b.ComplexityLimit.MutateOperationContext(ctx, oc)
	}
	within, counted := b.within.Get(ctx, oc.RawQuery)
	if !counted {
		within = complexity.Calculate(ctx, b.schema, oc.Operation, largest(oc), plainValues) <= MaxComplexity
		b.within.Add(ctx, oc.RawQuery, within)
	}
	if within {
		return nil
	}
	return b.ComplexityLimit.MutateOperationContext(ctx, oc)
}

// largest are the variables that make an operation most complex: how many are
// asked for is all that weighs, and all that is a number.
func largest(oc *graphql.OperationContext) map[string]any {
	variables := maps.Clone(oc.Variables)
	for _, v := range oc.Operation.VariableDefinitions {
		if v.Type.Name() == "Int" {
			variables[v.Variable] = page.MaxPage
		}
	}
	return variables
}
