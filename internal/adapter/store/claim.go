package store

import "github.com/factordesk/factordesk/internal/platform/fault"

// claim takes a row whose turn has come. A look that finds none takes no lock; one
// whose row another worker was quicker to take looks again.
func claim[R any](look func() (id string, err error), take func(id string) (R, error)) (row R, ok bool, err error) {
	for {
		id, err := look()
		if fault.CodeOf(err) == fault.NotFound {
			return row, false, nil
		}
		if err != nil {
			return row, false, err
		}
		if row, err = take(id); fault.CodeOf(err) != fault.NotFound {
			return row, err == nil, err
		}
	}
}
