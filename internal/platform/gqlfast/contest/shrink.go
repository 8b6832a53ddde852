package contest

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

// shrink leaves out of a document whatever it can without the two agreeing, and
// returns what is left with the difference that is left.
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

// without leaves the nth thing out of a document, a selection or a directive,
// and what nothing uses then.
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
	for changed := true; changed; {
		changed = dropUnused(doc)
	}
	return written(doc), n < 0
}

func written(doc *ast.QueryDocument) string {
	var b strings.Builder
	formatter.NewFormatter(&b).FormatQueryDocument(doc)
	return b.String()
}

// dropUnused leaves out fragments and variables that nothing uses: valid
// documents have none.
func dropUnused(doc *ast.QueryDocument) bool {
	used := written(doc)
	changed := false
	doc.Fragments = slices.DeleteFunc(doc.Fragments, func(f *ast.FragmentDefinition) bool {
		unused := !regexp.MustCompile(`\.\.\. ?` + f.Name + `\b`).MatchString(used)
		changed = changed || unused
		return unused
	})
	for _, op := range doc.Operations {
		op.VariableDefinitions = slices.DeleteFunc(op.VariableDefinitions, func(v *ast.VariableDefinition) bool {
			unused := len(regexp.MustCompile(`\$`+v.Variable+`\b`).FindAllString(used, 2)) < 2
			changed = changed || unused
			return unused
		})
	}
	return changed
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
