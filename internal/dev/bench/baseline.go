package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	_ "github.com/lib/pq"  // the driver "postgres"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/user"
)

// The databases, by the names of their drivers, with which their URLs begin.
const (
	sqlite   = "sqlite"
	postgres = "postgres"
)

// baseline answers a and b as someone would who writes those two and nothing
// else: net/http, database/sql with prepared statements and a pool as wide as
// the desk's, rows scanned into structs, encoding/json. It checks the session
// and asks for permissions by the same rules, and does neither log nor count.
type baseline struct {
	db *sql.DB
	// lists names the database whose way of taking lists is spoken.
	lists      string
	statements atomic.Int64

	session, touch             *sql.Stmt
	user, devices, codes       *sql.Stmt
	firstPage, page, devicesOf *sql.Stmt
	// texts and refreshes are for 1, 2 … numbers.
	texts, refreshes []*sql.Stmt
}

func newBaseline(ctx context.Context, databaseURL string) (subject, error) {
	driver, dsn := sqlite, sqliteDSN(strings.TrimPrefix(databaseURL, "sqlite://"))
	if strings.HasPrefix(databaseURL, postgres) {
		driver = postgres
		var err error
		if dsn, err = postgresDSN(databaseURL); err != nil {
			return subject{}, err
		}
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return subject{}, err
	}
	width := max(4, 2*runtime.GOMAXPROCS(0))
	db.SetMaxOpenConns(width)
	db.SetMaxIdleConns(width)
	b := &baseline{db: db, lists: driver}
	if err := b.prepare(ctx); err != nil {
		return subject{}, errors.Join(err, db.Close())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /profile/{id}", b.serveProfile)
	mux.HandleFunc("GET /page", b.servePage)
	return subject{handler: mux, statements: b.statements.Load, close: db.Close}, nil
}

func sqliteDSN(path string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_time_format=sqlite&_texttotime=1&_timezone=UTC"
}

func postgresDSN(databaseURL string) (string, error) {
	u, err := url.Parse(databaseURL)
	if err != nil {
		return "", err
	}
	q := u.Query()
	q.Set("application_name", baselineRole)
	q.Set("TimeZone", "UTC")
	q.Set("statement_timeout", "15000")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

var numberedParameter = regexp.MustCompile(`\$(\d)`)

func (b *baseline) prepare(ctx context.Context) error {
	devicesOf := devicesOfMany
	if b.lists == sqlite {
		devicesOf = devicesOfManySQLite
	}
	b.texts, b.refreshes = make([]*sql.Stmt, mostNumbers), make([]*sql.Stmt, mostNumbers)
	statements := map[**sql.Stmt]string{
		&b.session: selectSession, &b.touch: touchSession, &b.user: selectUser, &b.devices: devicesOfOne, &b.codes: selectCodes,
		&b.firstPage: selectPage(""), &b.page: selectPage(`AND (sort_key, id) > ($2, $3)`), &b.devicesOf: devicesOf,
	}
	for i := range mostNumbers {
		statements[&b.texts[i]], statements[&b.refreshes[i]] = selectTexts(i+1), selectRefreshes(i+1)
	}
	for statement, query := range statements {
		if b.lists == sqlite {
			query = numberedParameter.ReplaceAllString(query, `?$1`)
		}
		var err error
		if *statement, err = b.db.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // it lives as long as the process
			return fmt.Errorf("%w in %s", err, query)
		}
	}
	return nil
}

const (
	selectSession = `
		SELECT s.id, s.institution_id, u.kind, s.last_used_at, s.expires_at, u.admin_level, u.removed_permissions,
		  COALESCE((SELECT string_agg(r.permissions, ',') FROM user_roles ur JOIN roles r ON r.id = ur.role_id
		    WHERE ur.user_id = u.id AND r.institution_id = u.institution_id), '')
		FROM sessions s JOIN users u ON u.id = s.user_id
		WHERE s.token_hash = $1 AND s.ended_at IS NULL AND u.status <> $2`
	touchSession = `UPDATE sessions SET last_used_at = $1 WHERE id = $2 AND last_used_at < $1`
)

// caller is who asks.
type caller struct {
	institutionID string
	permissions   []auth.Permission
}

func (c caller) can(p auth.Permission) bool { return slices.Contains(c.permissions, p) }

// refused is an answer without data.
type refused int

func (r refused) Error() string { return http.StatusText(int(r)) }

// caller finds out who asks, by cookie, and refuses who may not see users.
func (b *baseline) caller(r *http.Request) (caller, error) {
	cookie, err := r.Cookie(staffCookie)
	if err != nil || r.Host != adminHost {
		return caller{}, refused(http.StatusUnauthorized)
	}
	var c caller
	var sessionID, kind, removed, granted string
	var lastUsed, expires time.Time
	var adminLevel bool
	b.statements.Add(1)
	err = b.session.QueryRowContext(r.Context(), auth.HashToken(cookie.Value), user.Closed).
		Scan(&sessionID, &c.institutionID, &kind, &lastUsed, &expires, &adminLevel, &removed, &granted)
	if errors.Is(err, sql.ErrNoRows) {
		return caller{}, refused(http.StatusUnauthorized)
	}
	if err != nil {
		return caller{}, err
	}
	now := time.Now().UTC()
	if kind != string(auth.Staff) || !now.Before(expires) || now.Sub(lastUsed) >= auth.IdleTimeout {
		return caller{}, refused(http.StatusUnauthorized)
	}
	if now.Sub(lastUsed) >= time.Minute {
		b.statements.Add(1)
		if _, err := b.touch.ExecContext(r.Context(), now.Truncate(time.Microsecond), sessionID); err != nil {
			return caller{}, err
		}
	}
	c.permissions = auth.Effective(adminLevel, permissions(granted), permissions(removed))
	if !c.can(auth.ViewUsers) {
		return caller{}, refused(http.StatusForbidden)
	}
	return c, nil
}

func permissions(list string) []auth.Permission {
	var ps []auth.Permission
	for p := range strings.SplitSeq(list, ",") {
		ps = append(ps, auth.Permission(p))
	}
	return ps
}

// query runs a statement and scans each of its rows.
func (b *baseline) query(ctx context.Context, s *sql.Stmt, args []any, scan func(*sql.Rows) error) error {
	b.statements.Add(1)
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// answer writes data, or what is wrong, in GraphQL's form.
func answer(w http.ResponseWriter, data any, err error) {
	var r refused
	switch {
	case errors.As(err, &r):
		http.Error(w, r.Error(), int(r))
		return
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	body, err := json.Marshal(map[string]any{"data": data})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}
