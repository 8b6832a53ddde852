package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/keyset"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

type keysListCmd struct {
	config.Database
	config.Keys
}

// Run lists the keys of the file, part by part, with what needs each.
func (c *keysListCmd) Run(ctx context.Context, s streams) error {
	db, _, err := reading(ctx, c.Database, c.Keys)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	r, err := ringOf(db, c.Keys)
	if err != nil {
		return err
	}
	if err := r.service.Check(ctx); err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.Out, 0, 4, 2, ' ', 0)
	for _, k := range r.keys {
		uses, err := r.service.Uses(ctx, k)
		if err != nil {
			return err
		}
		state := "old"
		if k.Primary {
			state = "in use"
		} else if k.New {
			state = "added, not in use yet"
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\n", k.Name, state, needs(uses))
	}
	return w.Flush()
}

func needs(uses []keyset.Use) string {
	if len(uses) == 0 {
		return "nothing stored needs it"
	}
	all := make([]string, len(uses))
	for i, u := range uses {
		all[i] = fmt.Sprintf("%d %s", u.Count, u.What)
	}
	return "needed by " + strings.Join(all, ", ")
}

type keysRetireCmd struct {
	config.Database
	config.Keys
	Key string `arg:"" help:"The key, as keys list names it." placeholder:"PART/ID"`
}

// Run takes the key out of the file unless something stored needs it. Other processes
// may still write under a key that they take for the one in use, so the file with
// another one in use has to be everywhere before.
func (c *keysRetireCmd) Run(ctx context.Context, s streams) error {
	_, db, err := offline(ctx, s, c.Database, c.Keys)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	r, err := ringOf(db, c.Keys)
	if err != nil {
		return err
	}
	k, err := named(r.keys, c.Key)
	if err != nil {
		return err
	}
	uses, err := r.service.Uses(ctx, k)
	if err != nil {
		return err
	}
	if len(uses) > 0 {
		return fmt.Errorf("%s stays: %s; %s", k.Name, needs(uses), wayOut(k))
	}
	data, err := secret.Retire(r.data, k)
	if err != nil {
		return err
	}
	e := audit.Event{Action: audit.RetiredKey, Details: map[string]string{"key": k.Name}}
	if err := recordEverywhere(ctx, s, db, r.service.Keys, e, func() error { return rewrite(c.KeysetFile, data) }); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.Out, "Retired %s. Deploy %s to every process.\n", k.Name, c.KeysetFile)
	return err
}

// named returns the key of a name, if it may be retired.
func named(keys []secret.Key, name string) (secret.Key, error) {
	for _, k := range keys {
		switch {
		case k.Name == name && k.Primary:
			return k, fmt.Errorf("%s is the key in use: run factordesk keys add and keys promote first, and deploy the file after each", name)
		case k.Name == name:
			return k, nil
		}
	}
	return secret.Key{}, settingsError{fmt.Errorf("the keyset has no key %q: factordesk keys list names them", name)}
}

// wayOut says what to do about what needs a key.
func wayOut(k secret.Key) string {
	switch k.Part() {
	case "aead":
		return "run factordesk keys reencrypt"
	case "mac":
		return "run factordesk keys reencrypt, and wait until the codes are over, ten minutes at most"
	default:
		return "the record is proven by it for as long as it is kept"
	}
}

// ring is a keyset file beside the database that its keys are needed for.
type ring struct {
	data    []byte
	keys    []secret.Key
	service *keyset.Service
}

// ringOf reads the keyset file.
func ringOf(db *store.DB, k config.Keys) (ring, error) {
	if k.KeysetFile == "" {
		return ring{}, settingsError{errors.New("FACTORDESK_KEYSET is missing: it names the keyset file")}
	}
	set, err := k.Keyset()
	if err != nil {
		return ring{}, settingsError{err}
	}
	r := ring{service: keysetOf(db, set)}
	if r.data, err = os.ReadFile(k.KeysetFile); err == nil {
		r.keys, err = secret.Keys(r.data)
	}
	return r, err
}
