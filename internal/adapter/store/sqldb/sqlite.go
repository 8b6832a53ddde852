package sqldb

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
)

func openSQLite(path string, mode Mode, through []Through) (*DB, error) {
	if path == "" {
		return nil, fmt.Errorf("a SQLite URL names a file: sqlite://var/factordesk.db")
	}
	if mode == ReadWrite {
		if err := makeFile(path); err != nil {
			return nil, err
		}
	} else if _, err := os.Stat(path); os.IsNotExist(err) {
		return nil, &NoDatabaseError{path}
	}
	file := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_pragma=busy_timeout("
	as := ")&_time_format=sqlite&_texttotime=1&_timezone=UTC"
	if mode == ReadOnly {
		as += readOnly(path)
	} else {
		as += "&_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)"
	}
	connector, err := sqlite.NewConnector(file + "5000" + as)
	if err != nil {
		return nil, err
	}
	own, err := sqlite.NewConnector(file + readyLock + as)
	if err != nil {
		return nil, err
	}
	return pooled(&DB{dialect: onSQLite, path: path, own: alone(own)}, connector, through), nil
}

// makeFile makes a SQLite file that nobody else can read, and its folder. What SQLite
// puts beside the file it keeps from others as it finds the file kept.
func makeFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return err
	}
	return f.Close()
}

// readOnly returns how to open a file without writing. While others have it open, its
// write-ahead log is there and must be read. Nobody has it open where there is none,
// and SQLite, left to itself, would make one even to read.
func readOnly(path string) string {
	if _, err := os.Stat(path + "-wal"); err == nil {
		return "&mode=ro"
	}
	return "&mode=ro&immutable=1"
}
