package plaintest

import (
	"context"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

// shrink leaves out of a document whatever it can without the two agreeing, and
// gives what is left with the difference that is left.
func (c Contest) shrink(ctx context.Context, document string, variables map[string]any, difference error) (string, error) {
	for smaller := true; smaller; {
		smaller = false
		for i := 0; ; i++ {
			shorter, ok := without(document, i)
			if !ok {
				break
			}
			if answer, err := c.Compare(ctx, shorter, variables); err != nil && answer.Refused == nil {
				document, difference, smaller = shorter, err, true
				i--
			}
		}
	}
	return document, difference
}

// without leaves the nth thing out of a document: a selection, a directive or,
// in front of the others, what nothing uses.
func without(document string, n int) (string, bool) {
	doc, err := parser.ParseQuery(&ast.Source{Input: document})
	if err != nil {
		return "", false
	}
	for _, op := range doc.Operations {
		op.SelectionSet = omit(op.SelectionSet, &n)
	}
	for _, f := range doc.Fragments {
		f.SelectionSet = omit(f.SelectionSet, &n)
	}
	var b strings.Builder
	formatter.NewFormatter(&b).FormatQueryDocument(doc)
	used := b.String()
	kept := doc.Fragments[:0]
	for _, f := range doc.Fragments {
		if strings.Contains(used, "..."+f.Name+"\n") || strings.Contains(used, "..."+f.Name+" ") || strings.Contains(used, "... "+f.Name) {
			kept = append(kept, f)
		}
	}
	doc.Fragments = kept
	for _, op := range doc.Operations {
		var declared ast.VariableDefinitionList
		for _, v := range op.VariableDefinitions {
			if strings.Count(used, "$"+v.Variable) > 1 {
				declared = append(declared, v)
			}
		}
		op.VariableDefinitions = declared
	}
	b.Reset()
	formatter.NewFormatter(&b).FormatQueryDocument(doc)
	return b.String(), n < 0
}

// omit counts down over selections and their directives, and leaves out the one
// at which the count ends.
func omit(set ast.SelectionSet, n *int) ast.SelectionSet {
	var kept ast.SelectionSet
	directives := func(list *ast.DirectiveList) {
		for i := range *list {
			if *n--; *n == -1 {
				*list = append((*list)[:i:i], (*list)[i+1:]...)
				return
			}
		}
	}
	for _, s := range set {
		if *n--; *n == -1 {
			continue
		}
		switch s := s.(type) {
		case *ast.Field:
			directives(&s.Directives)
			s.SelectionSet = omit(s.SelectionSet, n)
		case *ast.InlineFragment:
			directives(&s.Directives)
			s.SelectionSet = omit(s.SelectionSet, n)
		case *ast.FragmentSpread:
			directives(&s.Directives)
		}
		kept = append(kept, s)
	}
	return kept
}
