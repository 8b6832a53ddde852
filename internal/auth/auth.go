// Package auth says who is calling and what they may do.
//
// A request comes in with a session token in a cookie. The server hands it to
// Sessions.Resolve, which finds the live session, the user behind it and the
// permissions of the user's roles in one statement, and puts an Actor into the
// context. From there on every rule asks the context:
//
//	cookie ── Resolve ──> Actor ── WithActor ──> context ──> Require(ctx, ViewUsers)
//
// Who called a moment ago is known, without a statement (known.go). What this
// process does to a session or a permission holds at once; what another one does
// holds within RevokedWithin, and at once for mutations, which begin with Confirm.
//
// Require and SignedIn are what the GraphQL directives call, and services call
// them again: a rule holds however the caller got there.
//
// Tokens are 256 random bits. The database holds their SHA-256 only.
package auth
