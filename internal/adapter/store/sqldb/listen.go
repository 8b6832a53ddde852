package sqldb

import (
	"context"
	"net"
	"net/url"
	"time"

	"github.com/lib/pq"
)

const (
	// listenAgain is how long a listener that lost its connection waits before the next
	// one, at least and at most.
	listenAgain    = 100 * time.Millisecond
	listenAgainMax = 10 * time.Second
)

// Notify says something to all that listen on a channel of the database, which knows
// nothing of transactions that are under way here. On SQLite nobody can.
func (db *DB) Notify(ctx context.Context, channel, payload string) error {
	if db.dialect != onPostgres {
		return nil
	}
	_, err := db.Exec(ctx, "", `SELECT pg_notify(?, ?)`, channel, payload)
	return err
}

// Listen calls heard with what is said on a channel, on a connection of its own, until
// the context ends. It calls joined each time that it begins to listen: what was said
// before is lost. Both are called by one goroutine, troubled with the error of each
// connection that could not be made. On SQLite it returns at once.
func (db *DB) Listen(ctx context.Context, channel string, heard func(payload string), joined func(), troubled func(error)) error {
	if db.dialect != onPostgres {
		return nil
	}
	l := pq.NewDialListener(listening{newDialer().Dialer}, db.listenURL, listenAgain, listenAgainMax, func(_ pq.ListenerEventType, err error) {
		if err != nil {
			troubled(err)
		}
	})
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer func() { stop(); _ = l.Close() }()
	if err := l.Listen(channel); err != nil { // it waits for the first connection
		return err
	}
	joined()
	for {
		select {
		case <-ctx.Done():
			return nil
		case n, open := <-l.Notify:
			switch {
			case !open:
				return nil
			case n == nil: // the connection was lost, and is back
				joined()
			default:
				heard(n.Extra)
			}
		}
	}
}

// listening makes the connections of a listener, which last.
type listening struct{ *net.Dialer }

// DialTimeout implements pq.Dialer.
func (d listening) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// listenURL returns the URL of a listener's connection: without the settings of
// statements, which it does not run and PgBouncer refuses.
func listenURL(dsn string, settings map[string]string) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", errUnreadable
	}
	q := u.Query()
	for name := range settings {
		q.Del(name)
	}
	q.Set("application_name", "factordesk live")
	u.RawQuery = q.Encode()
	return u.String(), nil
}
