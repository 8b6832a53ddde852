package store

import (
	"context"
	"database/sql/driver"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
)

// witness is a database handle that remembers the query it ran last, so that
// the plan of exactly that one can be asked for.
type witness struct {
	*DB
	query string
	args  []any
}

// watch returns a handle on a database that remembers.
func watch(t *testing.T, url string) *witness {
	w := &witness{}
	db, err := sqldb.Open(t.Context(), url, sqldb.ReadWrite, func(c driver.Connector) driver.Connector { return listening{c, w} })
	check(t, err)
	t.Cleanup(func() { _ = db.Close() })
	w.DB = &DB{sql: db}
	return w
}

type listening struct {
	driver.Connector
	w *witness
}

func (l listening) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := l.Connector.Connect(ctx)
	return listeningConn{c, l.w}, err
}

type listeningConn struct {
	driver.Conn
	w *witness
}

func (c listeningConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.w.query, c.w.args = query, nil
	for _, a := range args {
		c.w.args = append(c.w.args, a.Value)
	}
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

// explain returns the plan of the query that was run last. On PostgreSQL it runs
// it, so that the plan says how many rows each step gave.
func (w *witness) explain(t *testing.T, db *DB) string {
	t.Helper()
	if isPostgres(db) {
		var lines []string
		check(t, db.sql.List(t.Context(), &lines, `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) `+w.query, w.args...))
		return strings.Join(lines, "\n")
	}
	var steps []struct {
		ID, Parent, NotUsed int
		Detail              string
	}
	check(t, db.sql.List(t.Context(), &steps, `EXPLAIN QUERY PLAN `+w.query, w.args...))
	var lines []string
	for _, s := range steps {
		lines = append(lines, s.Detail)
	}
	return strings.Join(lines, "\n")
}

// few is how many rows, and how many of PostgreSQL's blocks, a page may read.
const few = 500

var (
	fullScan = regexp.MustCompile(`(?m)(Seq Scan on|^SCAN) (users|u|user_terms|t|s|notifications|devices|d|c|newer|sessions)\b.*$`)
	// In PostgreSQL's plan a step is indented, and says the rows of each loop.
	rowsOfStep = regexp.MustCompile(`(?m)^.*actual rows=([0-9.]+) loops=([0-9]+).*$`)
	rowsUnused = regexp.MustCompile(`Rows Removed by [A-Za-z ]+: ([0-9]+)`)
	pagesRead  = regexp.MustCompile(`Buffers: shared(?: hit=([0-9]+))?(?: read=([0-9]+))?`)
	sorted     = regexp.MustCompile(`(?m)^USE TEMP B-TREE FOR .*ORDER BY$`)
)

// frugal fails the test if a plan reads more than few rows or blocks. SQLite does
// not say how many it reads: there it must be by an index, in order, and may sort
// as often as is said.
func frugal(t *testing.T, plan string, sorts int) {
	t.Helper()
	wrong := fullScan.FindAllString(plan, -1)
	for _, step := range rowsOfStep.FindAllStringSubmatch(plan, -1) {
		rows, _ := strconv.ParseFloat(step[1], 64)
		loops, _ := strconv.ParseFloat(step[2], 64)
		if rows*loops > few {
			wrong = append(wrong, strings.TrimSpace(step[0]))
		}
	}
	for _, unused := range rowsUnused.FindAllStringSubmatch(plan, -1) {
		if n, _ := strconv.Atoi(unused[1]); n > few {
			wrong = append(wrong, unused[0])
		}
	}
	if m := pagesRead.FindStringSubmatch(plan); m != nil { // the first is the sum
		hit, _ := strconv.Atoi(m[1])
		read, _ := strconv.Atoi(m[2])
		if hit+read > few {
			wrong = append(wrong, m[0])
		}
	}
	if s := sorted.FindAllString(plan, -1); len(s) > sorts {
		wrong = append(wrong, s...)
	}
	if len(wrong) > 0 {
		t.Errorf("the plan is not frugal:\n\t%s\nin:\n%s", strings.Join(wrong, "\n\t"), plan)
	}
}
