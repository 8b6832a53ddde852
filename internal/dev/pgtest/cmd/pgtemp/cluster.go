package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	_ "github.com/lib/pq"
)

const (
	superuser      = "factordesk"
	startPatience  = time.Minute
	stopPatience   = 10 * time.Second
	portsToTry     = 5
	addressInUse   = "could not bind IPv4 address"
	linesOfTheLog  = 20
	halfHourOffset = "<-0330>+03:30"
)

// cluster is a PostgreSQL server that this process started, and the directory that holds all of it.
type cluster struct {
	dir    string
	url    string
	server *exec.Cmd
	ended  chan struct{}
}

// startCluster makes a cluster and returns when it answers. The caller stops it.
func startCluster(ctx context.Context, bin string, log io.Writer) (_ *cluster, err error) {
	dir, err := os.MkdirTemp("", "factordesk-postgres-")
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.stop())
		}
	}()
	as, err := unprivileged()
	if err != nil {
		return nil, err
	}
	password := rand.Text()
	if err := os.WriteFile(c.path("password"), []byte(password), 0o600); err != nil {
		return nil, err
	}
	if as != nil {
		for _, path := range []string{dir, c.path("password")} {
			if err := os.Chown(path, int(as.Uid), int(as.Gid)); err != nil {
				return nil, err
			}
		}
	}
	if err := c.initialise(ctx, bin, as, log); err != nil {
		return nil, err
	}
	for range portsToTry {
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		c.url = fmt.Sprintf("postgres://%s:%s@127.0.0.1:%d/postgres?sslmode=disable", superuser, password, port)
		if err := c.start(bin, port, as); err != nil {
			return nil, err
		}
		if err = c.awaitReady(ctx); err == nil {
			return c, nil
		}
		if !strings.Contains(err.Error(), addressInUse) {
			return nil, err
		}
	}
	return nil, errors.New("found no free port for PostgreSQL")
}

func (c *cluster) path(name string) string { return filepath.Join(c.dir, name) }

// unprivileged is whom to run PostgreSQL as: it refuses root. It is nil for whoever isn't root.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(found.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(found.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as")
}

// collations are tried in turn. The first two sort text by English rules, as many production clusters do.
var collations = [][]string{
	{"--locale=C", "--locale-provider=icu", "--icu-locale=en-US"},
	{"--locale=en_US.UTF-8"},
	{"--locale=C"},
}

func (c *cluster) initialise(ctx context.Context, bin string, as *syscall.Credential, log io.Writer) error {
	var failure error
	for i, collation := range collations {
		args := append([]string{"--pgdata=" + c.path("data"), "--username=" + superuser, "--pwfile=" + c.path("password"),
			"--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"}, collation...)
		initdb := c.program(ctx, as, filepath.Join(bin, "initdb"), args...)
		output, err := initdb.CombinedOutput()
		if err == nil {
			if i == len(collations)-1 {
				_, _ = fmt.Fprintln(log, "pgtemp: this PostgreSQL has no English collation, so text sorts by bytes: some mistakes in ordering go unseen")
			}
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		failure = fmt.Errorf("initdb: %w\n%s", err, output)
	}
	return failure
}

func (c *cluster) program(ctx context.Context, as *syscall.Credential, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = c.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: as}
	endWithParent(cmd.SysProcAttr)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = stopPatience
	return cmd
}

func (c *cluster) start(bin string, port int, as *syscall.Credential) error {
	log, err := os.Create(c.path("log"))
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	args := []string{"-D", c.path("data")}
	for _, setting := range []string{
		"listen_addresses=127.0.0.1", "port=" + strconv.Itoa(port), "unix_socket_directories=",
		"fsync=off", "synchronous_commit=off", "full_page_writes=off",
		"max_connections=200", "timezone=" + halfHourOffset,
	} {
		args = append(args, "-c", setting)
	}
	// The server is ended by stop, in order, never by a context.
	c.server = c.program(context.Background(), as, filepath.Join(bin, "postgres"), args...)
	c.server.Stdout, c.server.Stderr = log, log
	if err := c.server.Start(); err != nil {
		c.server = nil
		return err
	}
	ended := make(chan struct{})
	c.ended = ended
	go func(server *exec.Cmd) {
		_ = server.Wait() // the log says more than the exit code
		close(ended)
	}(c.server)
	return nil
}

func (c *cluster) awaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	db, err := sql.Open("postgres", c.url)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for {
		unready := db.PingContext(ctx)
		if unready == nil {
			return nil
		}
		select {
		case <-c.ended:
			return fmt.Errorf("PostgreSQL did not start:\n%s", c.endOfLog())
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not answer (%w):\n%s", unready, c.endOfLog())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (c *cluster) endOfLog() string {
	log, err := os.ReadFile(c.path("log"))
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(log)), "\n")
	return strings.Join(lines[max(0, len(lines)-linesOfTheLog):], "\n")
}

// stop ends the server, each time less gently, and removes the cluster's directory.
func (c *cluster) stop() error {
	if c.server != nil {
		// Interrupt is PostgreSQL's fast shutdown, quit its immediate one.
		for _, how := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
			_ = c.server.Process.Signal(how) // fails only when the server has ended
			if within(stopPatience, c.ended) {
				break
			}
		}
	}
	return os.RemoveAll(c.dir)
}

func within(patience time.Duration, done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	case <-time.After(patience):
		return false
	}
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return port, listener.Close()
}
