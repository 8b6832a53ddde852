package graph

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// A null where the schema forbids it is INTERNAL. gqlgen's words for it, which
// name type and field, are for the log.
func TestPresenter_KeepsForbiddenNullsToOurselves(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	show := presenter{log: slog.New(slog.NewTextHandler(&log, nil)), suggest: true}.present
	field, index := &ast.Field{Name: "devices", Alias: "devices"}, 1
	ctx := graphql.WithResponseContext(t.Context(), show, graphql.DefaultRecover)
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "User", Field: graphql.CollectedField{Field: field}})
	for place, nulled := range map[string]func(){
		"devices": func() { graphql.AddInvalidNullError(ctx, "") },
		"devices[1]": func() {
			graphql.AddInvalidNullError(graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &index}), "Device!")
		},
	} {
		before := len(graphql.GetErrors(ctx))
		nulled()
		errs := graphql.GetErrors(ctx)
		if len(errs) != before+1 {
			t.Fatalf("%s: %d errors more", place, len(errs)-before)
		}
		shown := errs[before]
		id, _ := shown.Extensions["id"].(string)
		if shown.Extensions["code"] != fault.Internal || len(shown.Extensions) != 2 || id == "" || shown.Path.String() != place ||
			shown.Message != "Something went wrong on our side. Support can find it by this id: "+id {
			t.Errorf("%s: %+v", place, shown)
		}
		if !strings.Contains(log.String(), id) || !strings.Contains(log.String(), "field User.devices") {
			t.Errorf("%s: the log has %s", place, &log)
		}
	}
}
