package contest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/factordesk/factordesk/internal/platform/gqlfast/contest"
	"github.com/factordesk/factordesk/internal/platform/gqlfast/testschema/generated"
)

// Nearly all documents are valid, so that nearly all are executed.
func TestQuestions_AreValid(t *testing.T) {
	t.Parallel()
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	q := contest.Questions{Schema: schema, Depth: 6, Width: 6, Size: 50}
	const asked = 500
	refused := 0
	for seed := range uint64(asked) {
		document := q.Ask(seed).Document
		parsed, err := parser.ParseQuery(&ast.Source{Input: document})
		if err != nil {
			t.Fatalf("%v\n%s", err, document)
		}
		if errs := validator.ValidateWithRules(schema, parsed, rules.NewDefaultRules()); errs != nil {
			refused++
			t.Logf("%v\n%s", errs, document)
		}
	}
	if refused > asked/100 {
		t.Errorf("%d of %d are refused", refused, asked)
	}
}

// A seed says all that is needed to ask again.
func TestQuestions_AreTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	q := contest.Questions{Schema: generated.NewExecutableSchema(generated.Config{}).Schema(), Depth: 6, Width: 6, Size: 50}
	for seed := range uint64(20) {
		if diff := cmp.Diff(q.Ask(seed), q.Ask(seed)); diff != "" {
			t.Error(diff)
		}
	}
	if cmp.Equal(q.Ask(1).Document, q.Ask(2).Document) {
		t.Error("two seeds give one document")
	}
}
