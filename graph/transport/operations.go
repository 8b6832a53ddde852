package transport

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Operations are documents that clients name by their SHA-256 instead of sending
// them, as clients were built with them. Requests add none: a hash that came with
// its document would be known from then on, and the list would be no list.
type Operations struct {
	texts     map[string]string             // by SHA-256 in hexadecimal
	parsed    map[string]*ast.QueryDocument // by text
	exclusive bool                          // nothing else runs
}

// AmongOthers returns the operations where others run, too.
func (o Operations) AmongOthers() Operations {
	o.exclusive = false
	return o
}

// BuiltIn stands among the files of ReadOperations for the manifests of the
// clients that the program is built with.
const BuiltIn = "built-in"

// ReadOperations reads manifests: JSON objects {SHA-256: document}, as the client
// preset of GraphQL Code Generator writes them. Those of the clients that are
// built in are known anyway; with any file, or BuiltIn in place of one, production
// runs no other documents. A document that could not run on the schema is an error
// here.
func ReadOperations(schema *ast.Schema, builtIn map[string][]byte, files []string) (Operations, error) {
	o := Operations{map[string]string{}, map[string]*ast.QueryDocument{}, len(files) > 0}
	for _, name := range slices.Sorted(maps.Keys(builtIn)) {
		if err := o.add(schema, name, builtIn[name]); err != nil {
			return Operations{}, err
		}
	}
	for _, file := range files {
		if file == BuiltIn {
			continue
		}
		manifest, err := os.ReadFile(file) //nolint:gosec // the operator names the files
		if err == nil {
			err = o.add(schema, file, manifest)
		}
		if err != nil {
			return Operations{}, err
		}
	}
	return o, nil
}

func (o Operations) add(schema *ast.Schema, file string, data []byte) error {
	var manifest map[string]string
	if json.Unmarshal(bytes.TrimPrefix(data, byteOrderMark), &manifest) != nil || len(manifest) == 0 {
		return fmt.Errorf("%s is no JSON object with documents by their SHA-256", file)
	}
	for _, id := range slices.Sorted(maps.Keys(manifest)) {
		text, hash := manifest[id], strings.TrimPrefix(id, "sha256:")
		if hash != hashOf(text) {
			return fmt.Errorf("%s: %q is not the SHA-256 of its document (persistedDocuments wants hashAlgorithm: 'sha256')", file, id)
		}
		doc, err := check(schema, text)
		if err != nil {
			return fmt.Errorf("%s: the document %s cannot run: %w", file, hash, err)
		}
		o.texts[hash], o.parsed[text] = text, doc
	}
	return nil
}

// check parses and validates a document, and holds it against every limit that
// does not depend on variables.
func check(schema *ast.Schema, text string) (*ast.QueryDocument, error) {
	limits := shape{known: graphql.NoCache[*ast.QueryDocument]{}}
	if err := limits.MutateOperationParameters(context.Background(), &graphql.RawParams{Query: text}); err != nil {
		return nil, err
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, MaxTokens)
	if err != nil {
		return nil, err
	}
	if len(doc.Operations) == 0 {
		return nil, errors.New("it holds no operation")
	}
	if errs := validator.ValidateWithRules(schema, doc, nil); len(errs) > 0 {
		return nil, errs[0]
	}
	return doc, nil
}

func hashOf(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}

// The refusals of a document. Clients that do as Apollo's stop sending hashes when
// they read unsupported, and repeat the request with its document; where only
// listed documents run that would be in vain.
const (
	unlisted    = "This server runs only the documents that its clients were built with, and this is none of them."
	unknown     = "No document is known by this documentId. Send the document itself: a hash is never learned from a request."
	unsupported = "PersistedQueryNotSupported"
	differs     = "The document is not the one that the hash beside it names."
)

// document returns the document that a request is for, or says why it can't. With
// locked only listed documents are given.
func (o Operations) document(r *request, locked bool) (document string, problem *gqlerror.Error) {
	given := r.Query
	for _, id := range r.ids() {
		text, listed := o.texts[id.hash]
		switch {
		case given == nil && listed:
			given = &text
		case given == nil && locked:
			return "", unknownID(unlisted)
		case given == nil:
			return "", unknownID(id.unknown)
		case id.hash != hashOf(*given):
			return "", refusal(fault.InvalidInput, differs)
		}
	}
	if locked && o.parsed[*given] == nil {
		return "", refusal(fault.InvalidInput, unlisted)
	}
	return *given, nil
}

// unknownID names the field, so that a client which was built with another list of
// documents knows that the server has another version.
func unknownID(message string) *gqlerror.Error {
	err := refusal(fault.InvalidInput, message)
	err.Extensions["field"] = "documentId"
	return err
}

// documentID names a document by its SHA-256 in lower-case hexadecimal.
type documentID struct{ hash, unknown string }

// ids are the names that a request gives its document by: documentId, which is
// the specification's, and the extension of Apollo's clients and urql's.
func (r *request) ids() []documentID {
	var ids []documentID
	if r.DocumentID != nil {
		ids = append(ids, documentID{strings.TrimPrefix(*r.DocumentID, "sha256:"), unknown})
	}
	extension, _ := r.Extensions["persistedQuery"].(map[string]any)
	if hash, ok := extension["sha256Hash"].(string); ok {
		ids = append(ids, documentID{hash, unsupported})
	}
	return ids
}
