// Command generate runs gqlgen and then makes plain fields fast, as package gqlfast
// describes:
//
//	go run ./internal/platform/gqlfast/generate [-config gqlgen.yml] [-guards directive,...]
//
// A directive that is named as a guard has to be one of fields that asks about the
// viewer alone. In the generated Guards it is a function without the object, of
// which the generated NewFastSchema makes the directive.
//
// It writes gqlfast.generated.go beside gqlgen's files, and renames those functions
// of theirs whose places it takes. It stands on gqlgen's experimental plugin
// interface and on the shape of its code: where an upgrade changes either, the
// generation fails.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	config := flag.String("config", "gqlgen.yml", "gqlgen's configuration")
	guards := flag.String("guards", "", "the directives that ask about the viewer alone, with commas between")
	flag.Parse()
	names := strings.FieldsFunc(*guards, func(r rune) bool { return r == ',' })
	if err := generate(*config, names); err != nil {
		fmt.Fprintln(os.Stderr, "gqlfast/generate:", err)
		os.Exit(1)
	}
}
