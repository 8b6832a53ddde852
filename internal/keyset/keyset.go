// Package keyset holds a database and its keyset together. What other nouns sealed
// and authenticated is worth nothing under another keyset, and what another one
// writes breaks the audit record for good, so every process that writes asks first:
//
//	Check ── is there a canary? ── yes ──> the keyset must open and verify it
//	            │
//	            no: from before there were canaries, or new
//	            └──> the keyset must open the oldest secret and verify the record
//	Claim ── Check, then write a canary if there is none
//
// It also says what needs an old key, so that the key can be retired once nothing
// does.
package keyset

import (
	"errors"
	"time"

	"github.com/factordesk/factordesk/internal/platform/secret"
)

// ErrForeign is what Check returns for a keyset of another database.
var ErrForeign = errors.New("this keyset does not belong to this database; nothing was changed: " +
	"let FACTORDESK_KEYSET name the file that wrote the database, or DATABASE_URL the database of this file")

// Canary is what the keyset of a database made, to tell another one by.
type Canary struct {
	Sealed, CodeMAC, AuditMAC []byte
	MadeAt                    time.Time
}

// Sealed is a secret at rest.
type Sealed struct {
	Place      secret.Place
	Ciphertext []byte
}

// Use is something that a key is needed for.
type Use struct {
	What  string
	Count int
}
