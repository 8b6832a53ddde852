// Package gqlfast answers plain GraphQL fields from a plan, and leaves everything
// else to gqlgen's own functions.
//
// Generated code calls it (package generate). The README says how a plan is made
// and followed, what makes a field plain, and what of gqlgen all this stands on.
// Read on in schema.go, which begins an operation and asks guards; plan.go makes
// and follows plans of objects, list.go those of lists; cache.go keeps plans,
// value.go appends values, answer.go is what gqlgen gets.
package gqlfast
