package main

import (
	"sync"

	"github.com/factordesk/factordesk/internal/platform/secret"
)

// keysetFile returns the keyset of every database that is measured, which production
// takes.
var keysetFile = sync.OnceValues(secret.Create)

// keyset returns what keysetFile holds.
func keyset() (*secret.Keyset, error) {
	data, err := keysetFile()
	if err != nil {
		return nil, err
	}
	return secret.Parse(data)
}
