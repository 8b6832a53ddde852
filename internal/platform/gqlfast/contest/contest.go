// Package contest holds two executable schemas against each other: stock, as
// gqlgen generates it, and fast, which follows plans. It asks both random valid
// queries and wants the same bytes of data and the same errors.
//
//	Questions ── document, variables ──> Pair ──> stock ──┐
//	   seed        each in some contexts  └─────> fast ──┴─ the same, or the smallest
//	                                                        document that tells them apart
//
// What was asked and answered is counted by kind, so that a test can say what it
// must not have missed.
package contest

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Contest is many questions to a pair.
type Contest struct {
	Questions
	*Pair
	// Documents is how many are asked, each with some sets of variables.
	Documents int
	// Context makes a random context to ask in, and says which.
	Context func(ctx context.Context, r *rand.Rand) (context.Context, string)
	// Kinds are the kinds of errors, by a part of their JSON.
	Kinds map[string]string
}

// Run asks the questions, from the seed of GQLFAST_SEED and as many documents as
// GQLFAST_DOCUMENTS says, where they are set.
func (c Contest) Run(t *testing.T) {
	t.Helper()
	seed, documents := setting(t, "GQLFAST_SEED", 1), setting(t, "GQLFAST_DOCUMENTS", c.Documents)
	t.Logf("GQLFAST_SEED=%d GQLFAST_DOCUMENTS=%d", seed, documents)
	count := &counter{Tally: Tally{}}
	var workers sync.WaitGroup
	for n := range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := n; i < documents && !t.Failed(); i += runtime.GOMAXPROCS(0) {
				c.one(t, uint64(seed+i), count)
			}
		})
	}
	workers.Wait()
	c.report(t, count.Tally)
}

func setting(t *testing.T, name string, otherwise int) int {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// one asks one document with all its variables.
func (c Contest) one(t *testing.T, seed uint64, count *counter) {
	question := c.Ask(seed)
	r := rand.New(rand.NewPCG(seed, 1))
	seen := maps.Clone(question.Shapes)
	clear(seen)
	for shape := range question.Shapes {
		seen[shape] = 1
	}
	for _, variables := range slices.Concat(question.Variables, question.Variables) {
		ctx, where := c.Context(t.Context(), r)
		answer, err := c.Compare(ctx, question.Document, variables)
		if err != nil {
			smallest, err := c.shrink(ctx, question.Document, variables, err)
			t.Errorf("GQLFAST_SEED=%d GQLFAST_DOCUMENTS=1, %s, variables %v, after %s answers\n%s\nwhich shrinks to\n%s\n%v",
				seed, where, variables, count.get("answers"), question.Document, smallest, err)
			return
		}
		c.classify(answer, seen)
	}
	count.add(seen)
}

var (
	// inList is an error with an index in its path.
	inList = regexp.MustCompile(`"path":\[[^]]*,\d`)
	// place is where an error stands.
	place = regexp.MustCompile(`,"(path|locations)":\[[^]]*]`)
)

func (c Contest) classify(a Answer, seen Tally) {
	seen["answers"]++
	switch {
	case a.Refused != nil:
		seen["refused: "+a.Refused[0]]++
		seen["refused"]++
	case a.Data == "null":
		seen["no data"]++
	}
	if strings.Contains(a.Data, ":null") {
		seen["null in data"]++
	}
	if len(a.Errors) > 0 {
		seen["with errors"]++
	}
	for _, e := range a.Errors {
		if inList.MatchString(e) {
			seen["error in a list"]++
		}
		kind := "another error: " + place.ReplaceAllString(e, "")
		for mark, known := range c.Kinds {
			if strings.Contains(e, mark) {
				kind = known
			}
		}
		seen[kind]++
	}
}

// shapes are what the documents of every contest hold.
var shapes = []string{
	"__typename", "alias", "arguments", "argument by variable", "variable with a default", "field asked twice", "inline fragment",
	"fragment without a type", "named fragment", "fragment that grows differently", "literal condition", "literal condition that leaves out", "condition by variable",
	"null in data", "error in a list",
}

// report fails where something that had to be asked or answered was not.
func (c Contest) report(t *testing.T, count Tally) {
	t.Helper()
	kinds := slices.Sorted(maps.Keys(count))
	for _, kind := range kinds {
		t.Logf("%8d %s", count[kind], kind)
		if strings.HasPrefix(kind, "another error") {
			t.Errorf("%s", kind)
		}
	}
	stock, fast, wavered := c.stock.fields.Load(), c.fast.fields.Load(), c.wavered.Load()
	t.Logf("gqlgen resolved %d fields for stock, %d for fast; stock wavered %d times", stock, fast, wavered)
	if t.Failed() || os.Getenv("GQLFAST_DOCUMENTS") != "" {
		return
	}
	if fast*4 > stock*3 {
		t.Errorf("gqlgen resolved nearly as many fields for fast as for stock: where are the plans?")
	}
	answers := count["answers"]
	for _, kind := range slices.AppendSeq(slices.Clone(shapes), maps.Values(c.Kinds)) {
		if count[kind] == 0 {
			t.Errorf("nothing asked or answered was of the kind %q", kind)
		}
	}
	if count["refused"]*200 > answers || count["no data"]*3 > answers || wavered*200 > int64(answers) {
		t.Errorf("too little was compared: of %d answers, %d were refused, %d had no data, %d wavered",
			answers, count["refused"], count["no data"], wavered)
	}
}

// counter adds up what workers counted.
type counter struct {
	mu sync.Mutex
	Tally
}

func (c *counter) add(more Tally) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for kind, n := range more {
		c.Tally[kind] += n
	}
}

func (c *counter) get(kind string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fmt.Sprint(c.Tally[kind])
}
