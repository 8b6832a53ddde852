// Package pgtest provides a test with a real PostgreSQL database of its own.
//
// The cluster comes from TEST_DATABASE_URL, a postgres:// URL whose user may create databases. `make test` starts a
// temporary one through cmd/pgtemp and sets it; a single package is tested the same way:
//
//	go run ./internal/dev/pgtest/cmd/pgtemp -- go test ./internal/adapter/store
//
// A test that needs PostgreSQL and finds none fails. It is never skipped, or the production database would go untested
// without anybody noticing.
package pgtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"
)

// Variable names the environment variable that holds the cluster's URL.
const Variable = "TEST_DATABASE_URL"

const patience = 30 * time.Second

// DSN creates an empty database for this test and returns its URL. The database is dropped when the test ends,
// whether or not connections to it were left open.
func DSN(t testing.TB) string {
	t.Helper()
	cluster, err := parse(os.Getenv(Variable))
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	if err := exec(cluster, "CREATE DATABASE "+pq.QuoteIdentifier(name)+" TEMPLATE template0"); err != nil {
		t.Fatalf("create a database on %s: %v", cluster.Redacted(), err)
	}
	t.Cleanup(func() {
		if err := exec(cluster, "DROP DATABASE "+pq.QuoteIdentifier(name)+" WITH (FORCE)"); err != nil {
			t.Errorf("drop the database %s: %v", name, err)
		}
	})
	database := *cluster
	database.Path = "/" + name
	return database.String()
}

func parse(cluster string) (*url.URL, error) {
	if cluster == "" {
		return nil, errors.New("this test needs PostgreSQL: run it by `make test` or " +
			"`go run ./internal/dev/pgtest/cmd/pgtemp -- go test …`, or set " + Variable +
			" to a postgres:// URL whose user may create databases")
	}
	parsed, err := url.Parse(cluster)
	if err != nil || (parsed.Scheme != "postgres" && parsed.Scheme != "postgresql") {
		return nil, errors.New(Variable + " is not a postgres:// URL")
	}
	if query := parsed.Query(); !query.Has("sslmode") {
		query.Set("sslmode", "disable")
		parsed.RawQuery = query.Encode()
	}
	return parsed, nil
}

func exec(cluster *url.URL, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	db, err := sql.Open("postgres", cluster.String())
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, statement); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", statement, err), db.Close())
	}
	return db.Close()
}
