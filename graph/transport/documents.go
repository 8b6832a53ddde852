package transport

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

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
