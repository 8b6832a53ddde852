package sqldb

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

// likePgBouncer stands before a database and refuses what PgBouncer refuses by
// default while a connection is made. It returns the URL to go through it.
func likePgBouncer(t *testing.T, databaseURL string) string {
	t.Helper()
	behind, err := url.Parse(databaseURL)
	check(t, err)
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go pool(client, behind.Host)
		}
	}()
	through := *behind
	through.Host = listener.Addr().String()
	return through.String()
}

// pool hands a connection on if it asks for nothing that PgBouncer does not know.
func pool(client net.Conn, behind string) {
	defer func() { _ = client.Close() }()
	head := make([]byte, 4)
	if _, err := io.ReadFull(client, head); err != nil {
		return
	}
	rest := make([]byte, binary.BigEndian.Uint32(head)-4)
	if _, err := io.ReadFull(client, rest); err != nil {
		return
	}
	known := []string{"user", "database", "client_encoding", "datestyle", "timezone", "standard_conforming_strings", "application_name"}
	parts := strings.Split(string(rest[4:]), "\x00")
	for i := 0; i+1 < len(parts) && parts[i] != ""; i += 2 {
		if !slices.Contains(known, strings.ToLower(parts[i])) {
			said := "SFATAL\x00C08P01\x00Munsupported startup parameter: " + parts[i] + "\x00\x00"
			refusal := binary.BigEndian.AppendUint32([]byte{'E'}, uint32(len(said)+4))
			_, _ = client.Write(append(refusal, said...))
			return
		}
	}
	server, err := new(net.Dialer).DialContext(context.Background(), "tcp", behind)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	_, _ = server.Write(slices.Concat(head, rest))
	go func() { _, _ = io.Copy(server, client); _ = server.Close() }()
	_, _ = io.Copy(client, server)
}

func settingOf(t *testing.T, db *DB, name string) (value string) {
	t.Helper()
	check(t, db.Get(t.Context(), "setting", &value, `SELECT current_setting(?)`, name))
	return value
}

func TestOpen_ThroughAPooler(t *testing.T) {
	through := likePgBouncer(t, pgtest.DSN(t))
	db := open(t, through)
	check(t, db.Migrate(t.Context()))
	for name, want := range map[string]string{"statement_timeout": "15s", "random_page_cost": "1.1", "TimeZone": "UTC", "application_name": "factordesk"} {
		same(t, settingOf(t, db, name), want)
	}

	own := open(t, through+"&statement_timeout=7000&application_name=o%27brien&search_path=pg_catalog")
	for name, want := range map[string]string{"statement_timeout": "7s", "application_name": "o'brien", "search_path": "pg_catalog", "random_page_cost": "1.1"} {
		same(t, settingOf(t, own, name), want)
	}

	reader, err := Open(t.Context(), through, ReadOnly)
	check(t, err)
	t.Cleanup(func() { check(t, reader.Close()) })
	if _, err := reader.Exec(t.Context(), "thing", `CREATE TABLE things (id TEXT)`); err == nil {
		t.Error("written by who only reads")
	}
	if _, err := Open(t.Context(), through+"&no_such_setting=1", ReadWrite); err == nil {
		t.Error("a setting that there is not was taken")
	}
}

func TestOpen_WantsUTF8(t *testing.T) {
	base := pgtest.DSN(t)
	db := open(t, base)
	name := strings.TrimPrefix(mustParse(t, base).Path, "/") + "_latin"
	exec(t, db, `CREATE DATABASE `+name+` ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`)
	t.Cleanup(func() {
		_, err := db.Exec(context.Background(), "", `DROP DATABASE `+name+` WITH (FORCE)`)
		check(t, err)
	})
	latin := mustParse(t, base)
	latin.Path = "/" + name

	for _, mode := range []Mode{ReadWrite, Existing, ReadOnly} {
		_, err := Open(t.Context(), latin.String(), mode)
		if err == nil || !strings.Contains(err.Error(), "keeps texts as LATIN1: it has to be UTF8") {
			t.Errorf("mode %d: %v", mode, err)
		}
	}
}

func mustParse(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	check(t, err)
	return u
}

func TestOpen_SeveralHosts(t *testing.T) {
	base := mustParse(t, pgtest.DSN(t))
	dead, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	check(t, err)
	gone := dead.Addr().String()
	check(t, dead.Close())
	for _, hosts := range []string{gone + "," + base.Host, base.Host + "," + gone, "[::1]:1," + base.Host} {
		several := "postgres://" + base.User.String() + "@" + hosts + base.Path + "?" + base.RawQuery + "&target_session_attrs=read-write"
		same(t, settingOf(t, open(t, several), "TimeZone"), "UTC")
	}
}

func TestSplitHosts(t *testing.T) {
	for given, want := range map[string][3]string{
		"postgres://h1:1,h2:2":                     {"postgres://", "h1,h2", "1,2"},
		"postgres://u:p@h1:1,h2:2/desk?sslmode=x":  {"postgres://u:p@/desk?sslmode=x", "h1,h2", "1,2"},
		"postgres://u:p%40,x@h1,h2:2/desk":         {"postgres://u:p%40,x@/desk", "h1,h2", ",2"},
		"postgres://u@h1,h2/desk?port=1,2":         {"postgres://u@/desk?port=1,2", "h1,h2", ""},
		"postgres://u@[::1]:1,[2001:db8::1]/desk":  {"postgres://u@/desk", "::1,2001:db8::1", "1,"},
		"postgresql://u:a,b@h1:5432/desk":          {"postgresql://u:a,b@h1:5432/desk", "", ""},
		"postgres://u@[::1]:5432/desk?x=a,b@c:1,d": {"postgres://u@[::1]:5432/desk?x=a,b@c:1,d", "", ""},
	} {
		without, hosts, ports := splitHosts(given)
		same(t, [3]string{without, hosts, ports}, want)
	}
}
