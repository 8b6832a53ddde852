package sqldb

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/lib/pq"
)

var errUnreadable = errors.New("the PostgreSQL URL cannot be read") // a parser's own message could show the password

func openPostgres(databaseURL string, mode Mode, through []Through) (*DB, error) {
	dsn, err := postgresDSN(databaseURL, mode)
	if err != nil {
		return nil, err
	}
	config, err := pq.NewConfig(dsn)
	if err != nil {
		return nil, errUnreadable
	}
	settings := config.Runtime
	listen, err := listenURL(dsn, settings)
	if err != nil {
		return nil, err
	}
	config.Runtime = nil
	connector, err := pq.NewConnectorConfig(config)
	if err != nil {
		return nil, errUnreadable
	}
	connector.Dialer(newDialer())
	failovers := new(atomic.Int64)
	watch := func(settings map[string]string) driver.Connector {
		return &watched{
			Connector:   setting{connector, settingsText(settings)},
			connectFor:  connectFor(config),
			longest:     longest(settings["statement_timeout"]),
			wantsWriter: config.TargetSessionAttrs == pq.TargetSessionAttrsReadWrite || config.TargetSessionAttrs == pq.TargetSessionAttrsPrimary,
			failovers:   failovers,
		}
	}
	own := maps.Clone(settings)
	own["lock_timeout"] = readyLock
	return pooled(&DB{dialect: onPostgres, own: alone(watch(own)), listenURL: listen}, watch(settings), through), nil
}

// connectFor returns how long a connection may take to be made: as long as the URL
// allows for each host. lib/pq itself bounds no more than the first steps.
func connectFor(config pq.Config) time.Duration {
	return cmp.Or(config.ConnectTimeout, 30*time.Second) * time.Duration(1+len(config.Multi))
}

// longest returns how long a statement may take where its caller sets no limit: a
// little longer than PostgreSQL lets it. It is 0 where that sets none, or in a way
// that is not read here.
func longest(statementTimeout string) time.Duration {
	if _, err := strconv.Atoi(statementTimeout); err == nil {
		statementTimeout += "ms"
	}
	limit, err := time.ParseDuration(strings.Replace(statementTimeout, "min", "m", 1))
	if err != nil || limit <= 0 {
		return 0
	}
	return limit + 2*time.Second
}

// postgresDSN adds what a URL leaves open. What is read often is in memory, where
// one page costs as much as the next; PostgreSQL takes it to be on a turning disk,
// and would rather read all devices than those of fifty users one by one.
func postgresDSN(databaseURL string, mode Mode) (string, error) {
	one, hosts, ports := splitHosts(databaseURL)
	u, err := url.Parse(one)
	if err != nil {
		return "", errUnreadable
	}
	q := u.Query()
	for name, value := range map[string]string{
		"application_name": "factordesk", "connect_timeout": "5", "statement_timeout": "15000", "TimeZone": "UTC", "random_page_cost": "1.1",
	} {
		if !q.Has(name) {
			q.Set(name, value)
		}
	}
	for name, list := range map[string]string{"host": hosts, "port": ports} {
		if list != "" {
			q.Set(name, list)
		}
	}
	if mode == ReadOnly {
		q.Set("default_transaction_read_only", "on")
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// splitHosts takes the hosts out of a URL that names several as libpq takes it,
// user@h1:1,h2:2: lib/pq wants hosts and ports apart. It returns a URL of one host as
// it is.
func splitHosts(databaseURL string) (without, hosts, ports string) {
	scheme, rest, _ := strings.Cut(databaseURL, "://")
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority := rest[:end]
	user := authority[:strings.LastIndexByte(authority, '@')+1]
	names := strings.Split(authority[len(user):], ",")
	if len(names) == 1 {
		return databaseURL, "", ""
	}
	numbers := make([]string, len(names))
	for i, name := range names {
		if colon := strings.LastIndexByte(name, ':'); colon > strings.LastIndexByte(name, ']') {
			names[i], numbers[i] = name[:colon], name[colon+1:]
		}
		names[i] = strings.Trim(names[i], "[]")
	}
	if strings.Join(numbers, "") != "" {
		ports = strings.Join(numbers, ",")
	}
	return scheme + "://" + user + rest[end:], strings.Join(names, ","), ports
}

// setting gives each connection its settings once it is there. PgBouncer refuses
// most of them while a connection is made, and hands on what is said after it.
type setting struct {
	driver.Connector
	text string
}

// settingsText is the statement that makes settings.
func settingsText(settings map[string]string) string {
	calls := make([]string, 0, len(settings))
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		calls = append(calls, fmt.Sprintf("set_config(%s, %s, false)", pq.QuoteLiteral(name), pq.QuoteLiteral(settings[name])))
	}
	if len(calls) == 0 {
		return ""
	}
	return "SELECT " + strings.Join(calls, ", ")
}

// Connect implements driver.Connector.
func (s setting) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := s.Connector.Connect(ctx)
	if err != nil || s.text == "" {
		return c, err
	}
	if _, err := c.(driver.ExecerContext).ExecContext(ctx, s.text, nil); err != nil {
		_ = c.Close()
		return nil, err
	}
	return c, nil
}

// inUTF8 returns an error that says what to do where PostgreSQL keeps texts in another
// encoding: names would be cut, refused or taken for others.
func (db *DB) inUTF8(ctx context.Context) error {
	if db.dialect != onPostgres {
		return nil
	}
	var encoding string
	if err := db.x.QueryRowContext(ctx, "SELECT current_setting('server_encoding')").Scan(&encoding); err != nil {
		return fmt.Errorf("the database does not answer: %w", err)
	}
	if encoding != "UTF8" {
		return fmt.Errorf("the database keeps texts as %s: it has to be UTF8. Make another with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0", encoding)
	}
	return nil
}
