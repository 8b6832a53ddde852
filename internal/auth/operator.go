package auth

import (
	"os/user"
	"strings"
	"time"
)

// Operator is the kind of whoever runs a command on the machine. No user is of it.
const Operator Kind = "OPERATOR"

const operatorPrefix = "operator:"

// OperatorOf returns the actor of a command at a time, named for the user of the
// operating system who runs it: it may do at an institution what Admin-level staff may
// do who hold every permission, and is told from them in the record.
func OperatorOf(institutionID string, now time.Time) Actor {
	name := "unknown"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return Actor{
		UserID: operatorPrefix + name, InstitutionID: institutionID, Kind: Operator, AdminLevel: true, Permissions: Permissions(), FactorAt: now,
	}
}

// IsOperator reports whether the id of an actor is an operator's.
func IsOperator(actorID string) bool {
	return strings.HasPrefix(actorID, operatorPrefix) && len(actorID) <= 100
}
