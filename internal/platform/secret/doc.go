// Package secret keeps secrets: a keyset that encrypts what must be read back
// (provider tokens) and authenticates what must only be compared (one-time
// codes), a bounded argon2id hasher for what people type (passwords, backup
// codes), and a string type that does not print itself.
//
// A keyset file holds three Tink keysets: aead for secrets at rest, mac for one-time
// codes, audit for the record. Each has one primary key, which new values use, and
// older keys that still read:
//
//	keys create            a keyset with one key each
//	keys add               a new key each, not primary yet (deploy it everywhere)
//	keys promote           the newest key becomes primary
//	keys reencrypt         what is stored is written anew under the primary
//	keys retire            a key that nothing stored needs any more goes
package secret
