// Package id makes and checks the ids of everything Factordesk keeps.
//
// An id is its kind's prefix, an underscore and a UUID version 7 (RFC 9562) in
// lowercase hexadecimal: usr_019abcde... It is unique over all kinds, so the
// same string serves as database key and as Relay global ID, and it can be read
// out of a log.
package id

import (
	"encoding/hex"
	"strings"

	"github.com/google/uuid"
)

// Kind is the prefix of one kind of id.
type Kind string

// The kinds of id.
const (
	Institution Kind = "ins"
	User        Kind = "usr"
	Role        Kind = "rol"
	Device      Kind = "dev"
	Session     Kind = "ses"
	Challenge   Kind = "cha"
	CodeSet     Kind = "set"
	Code        Kind = "cod"
	Provider    Kind = "prv"
	Message     Kind = "msg"
	Notice      Kind = "ntc"
	Job         Kind = "job"
	// ResetRequest is somebody's wish for a link to choose a new password.
	ResetRequest Kind = "rst"
	Invite       Kind = "inv"
	// Process is one run of the program.
	Process Kind = "prc"
)

// New makes an id of a kind. Ids of one process ascend in time.
func New(k Kind) string {
	u := uuid.Must(uuid.NewV7())
	return string(k) + "_" + hex.EncodeToString(u[:])
}

// Is reports whether s has the form of an id of kind k. Anything else is not worth
// a look into the database.
func Is(k Kind, s string) bool {
	rest, ok := strings.CutPrefix(s, string(k)+"_")
	if !ok || len(rest) != 32 {
		return false
	}
	for _, c := range []byte(rest) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
