package gqlfast

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// What follows is what the generator would write, for one type. The differential
// test in testschema compares answers; here is what can't be seen in an answer.

var testSchema = gqlparser.MustLoadSchema(&ast.Source{Name: "schema", Input: `
	type Query { box: Box } type Mutation { box: Box }
	type Box { name: String! secret: String left: Int right: Int boxes: [Box!]! }
`})

type box struct {
	name  string
	boxes []*box
}

// desk stands for gqlgen's execution context.
type desk struct {
	own atomic.Int64 // calls of gqlgen's own functions
	// waits is called by the fields that may wait.
	waits func(ctx context.Context, field string)
}

func (d *desk) resolve(ctx context.Context, field graphql.CollectedField, _ *box) graphql.Marshaler {
	d.own.Add(1)
	if d.waits != nil {
		d.waits(ctx, field.Name)
	}
	return graphql.MarshalInt(1)
}

func (d *desk) boxes(ctx context.Context, field graphql.CollectedField, obj *box) graphql.Marshaler {
	return List(ctx, d, field.Selections, obj.boxes, "[Box!]!", boxesValue, (*desk).ownBoxes)
}

func (d *desk) ownBoxes(ctx context.Context, selection ast.SelectionSet, v []*box) graphql.Marshaler {
	return MarshalSlice(ctx, len(v), 0, false, func(ctx context.Context, i int) graphql.Marshaler {
		return d.box(ctx, selection, v[i])
	})
}

func (d *desk) box(ctx context.Context, selection ast.SelectionSet, obj *box) graphql.Marshaler {
	return Object(ctx, d, selection, obj, "Box", typeBox, nil)
}

func typeBox() Type[desk, *box] {
	return Type[desk, *box]{Name: "Box", Satisfies: []string{"Box"}, Field: fieldBox}
}

func boxesValue(p *Planner, selection ast.SelectionSet) Value[[]*box] {
	return ListOf(false, NotNull(ValueOf(p, selection, typeBox)))
}

func fieldBox(p *Planner, name string, selection ast.SelectionSet) Step[desk, *box] {
	switch name {
	case "name":
		return Field(true, true, (*desk).resolve, func(b *box) string { return b.name }, String[string])
	case "secret":
		return Field(p.Allows(1), false, (*desk).resolve, func(b *box) string { return b.name }, String[string])
	case "boxes":
		return Field(true, true, (*desk).boxes, func(b *box) []*box { return b.boxes }, boxesValue(p, selection))
	}
	return Step[desk, *box]{Own: (*desk).resolve, Waits: true}
}

// stub executes what a test wants with the selection of the root field.
type stub struct {
	graphql.ExecutableSchema
	run func(ctx context.Context, selection ast.SelectionSet) graphql.Marshaler
}

func (s stub) Exec(ctx context.Context) graphql.ResponseHandler {
	field := graphql.GetOperationContext(ctx).Operation.SelectionSet[0].(*ast.Field)
	return func(ctx context.Context) *graphql.Response {
		var b strings.Builder
		s.run(ctx, field.SelectionSet).MarshalGQL(&b)
		return &graphql.Response{Data: []byte(b.String())}
	}
}

func load(t testing.TB, query string) *ast.QueryDocument {
	t.Helper()
	doc, errs := gqlparser.LoadQueryWithRules(testSchema, query, rules.NewDefaultRules())
	if errs != nil {
		t.Fatal(errs)
	}
	return doc
}

func execute(ctx context.Context, s *Schema, doc *ast.QueryDocument, variables map[string]any) string {
	ctx = graphql.WithOperationContext(ctx, &graphql.OperationContext{
		Doc: doc, Operation: doc.Operations[0], Variables: variables,
	})
	return string(s.Exec(ctx)(ctx).Data)
}

func crowd(n int) *box {
	b := &box{name: "all"}
	for i := range n {
		b.boxes = append(b.boxes, &box{name: fmt.Sprint(i)})
	}
	return b
}

func TestGuard(t *testing.T) {
	t.Parallel()
	type field struct{}
	var asked int
	var answer error
	guard := func(ctx context.Context) error {
		asked++
		if graphql.GetFieldContext(ctx) != nil || ctx.Value(field{}) != nil {
			t.Error("the guard sees a field")
		}
		return answer
	}
	d := &desk{}
	s := NewSchema(stub{run: func(ctx context.Context, selection ast.SelectionSet) graphql.Marshaler {
		ctx = graphql.WithFieldContext(context.WithValue(ctx, field{}, true), &graphql.FieldContext{Object: "Query"})
		_ = d.box(ctx, selection, crowd(3))
		return d.box(ctx, selection, crowd(100))
	}}, []Guard{guard}, []string{"Box.left", "Box.right"})

	doc := load(t, `{ box { boxes { secret } } }`)
	got := execute(t.Context(), s, doc, nil)
	if !strings.HasPrefix(got, `{"boxes":[{"secret":"0"},`) || asked != 1 || d.own.Load() != 0 {
		t.Errorf("for 103 objects of a query the guard was asked %d times and gqlgen %d: %.40s", asked, d.own.Load(), got)
	}
	asked, answer = 0, errors.New("no")
	if execute(t.Context(), s, doc, nil); asked != 1 || d.own.Load() != 103 {
		t.Errorf("denied: the guard was asked %d times, and gqlgen's directive %d times, which is to report every object", asked, d.own.Load())
	}
	answer = nil
	d.own.Store(0)
	if execute(t.Context(), s, doc, nil); d.own.Load() != 0 {
		t.Error("allowed again: the answer of the operation before still holds")
	}
	asked = 0
	mutation := load(t, `mutation { box { boxes { secret } } }`)
	if execute(t.Context(), s, mutation, nil); asked < 2 {
		t.Error("a mutation may change who the viewer is, and the guard was asked only once")
	}
}

func TestWaiting(t *testing.T) {
	t.Parallel()
	for name, query := range map[string]string{
		"fields of an object":               `{ box { left name right } }`,
		"elements of a list":                `{ box { boxes { left } } }`,
		"elements of a list, in a fragment": `query { box { boxes { ...F } } } fragment F on Box { ... { left } }`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			var both sync.WaitGroup
			both.Add(2)
			met := make(chan struct{})
			go func() { both.Wait(); close(met) }()
			d := &desk{waits: func(ctx context.Context, field string) {
				both.Done()
				select {
				case <-met:
				case <-ctx.Done():
					t.Errorf("%s waits alone", field)
				}
			}}
			s := NewSchema(stub{run: func(ctx context.Context, selection ast.SelectionSet) graphql.Marshaler {
				return d.box(ctx, selection, crowd(2))
			}}, nil, []string{"Box.left", "Box.right"})
			execute(ctx, s, load(t, query), nil)
		})
	}
}

// TestSerial finds out whether elements that select batch resolvers only, or
// nothing of gqlgen's, are walked one after the other.
func TestSerial(t *testing.T) {
	t.Parallel()
	var order []string // which nobody guards
	d := &desk{waits: func(_ context.Context, field string) { order = append(order, field) }}
	s := NewSchema(stub{run: func(ctx context.Context, selection ast.SelectionSet) graphql.Marshaler {
		return d.box(ctx, selection, crowd(50))
	}}, nil, nil) // so that left is as a batch resolver is
	got := execute(t.Context(), s, load(t, `{ box { boxes { left } } }`), nil)
	if len(order) != 50 || strings.Count(got, `{"left":1}`) != 50 {
		t.Errorf("%d fields, %s", len(order), got)
	}
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	d := &desk{}
	newSchema := func() *Schema {
		return NewSchema(stub{run: func(ctx context.Context, selection ast.SelectionSet) graphql.Marshaler {
			return d.box(ctx, selection, crowd(1))
		}}, nil, nil)
	}
	t.Run("are forgotten with their plans", func(t *testing.T) {
		s := newSchema()
		kept := load(t, `{ box { name } }`)
		execute(t.Context(), s, kept, nil)
		for range 100 {
			execute(t.Context(), s, load(t, `{ box { boxes { name } } }`), nil)
		}
		left := -1
		for try := 0; try < 100 && left != 1; try++ {
			runtime.GC()
			s.plans.mu.RLock()
			left = len(s.plans.docs)
			s.plans.mu.RUnlock()
			runtime.Gosched()
		}
		if left != 1 {
			t.Errorf("of 101 documents %d are kept, and only one is held", left)
		}
		runtime.KeepAlive(kept)
	})
	t.Run("keep a bounded number of plans", func(t *testing.T) {
		s := newSchema()
		var query strings.Builder
		variables := map[string]any{}
		query.WriteString("query(")
		for i := range 12 {
			fmt.Fprintf(&query, "$v%d: Boolean! ", i)
		}
		query.WriteString(") { box { name ")
		for i := range 12 {
			fmt.Fprintf(&query, "a%d: name @skip(if: $v%d) ", i, i)
		}
		query.WriteString("} }")
		doc := load(t, query.String())
		for outcome := range 1 << 12 {
			want := `{"name":"all"`
			for i := range 12 {
				skip := outcome&(1<<i) != 0
				variables[fmt.Sprint("v", i)] = skip
				if !skip {
					want += fmt.Sprintf(`,"a%d":"all"`, i)
				}
			}
			if got := execute(t.Context(), s, doc, variables); got != want+"}" {
				t.Fatalf("got %s, want %s}", got, want)
			}
		}
		if size := s.plans.of(doc).size; size != maxPlans {
			t.Errorf("%d plans are kept for 4096 outcomes", size)
		}
	})
	t.Run("serve many at once", func(t *testing.T) {
		s := newSchema()
		doc := load(t, `query($v: Boolean!) { box { name @skip(if: $v) boxes { name } } }`)
		var group sync.WaitGroup
		for i := range 64 {
			group.Go(func() {
				want := `{"name":"all","boxes":[{"name":"0"}]}`
				if i%2 == 0 {
					want = `{"boxes":[{"name":"0"}]}`
				}
				if got := execute(context.Background(), s, doc, map[string]any{"v": i%2 == 0}); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
		group.Wait()
	})
}

func TestFloat(t *testing.T) {
	t.Parallel()
	for _, f := range []float64{0, 1, -1, 0.1, 1e20, 1e21, 1e22, 1e-4, 1e-5, 123456789, 1.5e300} {
		var want strings.Builder
		if err := graphql.MarshalFloatContext(f).MarshalGQLContext(t.Context(), &want); err != nil {
			t.Fatal(err)
		}
		if got, ok := Float(nil, f); !ok || string(got) != want.String() {
			t.Errorf("got %s, gqlgen writes %s", got, want.String())
		}
	}
}

func FuzzString(f *testing.F) {
	for _, s := range []string{"", "Ada", `"\` + "\t\r\n\x00\x1f\x7f", "\u2028<>&", "\xff\xc3", "👋"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want strings.Builder
		graphql.MarshalString(s).MarshalGQL(&want)
		if got, ok := String(nil, s); !ok || string(got) != want.String() {
			t.Errorf("got %s, gqlgen writes %s", got, want.String())
		}
	})
}
