package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// machine is what pgtemp asks the computer it runs on.
type machine struct {
	getenv   func(string) string
	lookPath func(string) (string, error)
	glob     func(string) ([]string, error)
	// install is nil where pgtemp may not or can not install packages.
	install func(context.Context, io.Writer) error
}

func thisMachine() machine {
	on := machine{getenv: os.Getenv, lookPath: exec.LookPath, glob: filepath.Glob}
	if _, err := exec.LookPath("apt-get"); err == nil && os.Geteuid() == 0 {
		on.install = installOnDebian
	}
	return on
}

// places are where packages put PostgreSQL's programs without adding them to PATH: Debian, Red Hat, Homebrew.
var places = []string{
	"/usr/lib/postgresql/*/bin/initdb",
	"/usr/pgsql-*/bin/initdb",
	"/opt/homebrew/opt/postgresql@*/bin/initdb",
}

var errNoPostgres = errors.New("PostgreSQL is not on this machine (no initdb in PATH or the usual places). " +
	"Install the server package (Debian and Ubuntu: `apt-get install postgresql` as root; macOS: `brew install postgresql`) " +
	"or set TEST_DATABASE_URL to a postgres:// URL whose user may create databases")

// findPostgres returns the directory of PostgreSQL's programs, after installing them where that is possible.
func (on machine) findPostgres(ctx context.Context, log io.Writer) (string, error) {
	if dir, found := on.postgres(); found {
		return dir, nil
	}
	if on.install == nil {
		return "", errNoPostgres
	}
	_, _ = fmt.Fprintln(log, "pgtemp: PostgreSQL is not on this machine: installing it with apt-get")
	if err := on.install(ctx, log); err != nil {
		return "", fmt.Errorf("apt-get could not install PostgreSQL: %w. %w", err, errNoPostgres)
	}
	if dir, found := on.postgres(); found {
		return dir, nil
	}
	return "", errNoPostgres
}

func (on machine) postgres() (dir string, found bool) {
	if initdb, err := on.lookPath("initdb"); err == nil {
		// A link in PATH leads to the directory that has the server, too.
		if real, err := filepath.EvalSymlinks(initdb); err == nil {
			initdb = real
		}
		return filepath.Dir(initdb), true
	}
	for _, place := range places {
		matches, err := on.glob(place)
		if err == nil && len(matches) > 0 {
			return filepath.Dir(slices.MaxFunc(matches, byVersion)), true
		}
	}
	return "", false
}

var number = regexp.MustCompile(`\d+`)

func byVersion(a, b string) int { return version(a) - version(b) }

func version(path string) int {
	// A path without a number counts as 0, older than any other.
	v, _ := strconv.Atoi(number.FindString(path))
	return v
}

// noDefaultCluster keeps Debian's package from making and starting a cluster of its own.
const noDefaultCluster = "/etc/postgresql-common/createcluster.conf"

func installOnDebian(ctx context.Context, log io.Writer) error {
	if _, err := os.Stat(noDefaultCluster); errors.Is(err, os.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(noDefaultCluster), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(noDefaultCluster, []byte("create_main_cluster = false\n"), 0o644); err != nil {
			return err
		}
	}
	for _, args := range [][]string{
		{"update"},
		{"install", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", "-o", "DPkg::Lock::Timeout=300", "postgresql"},
	} {
		apt := exec.CommandContext(ctx, "apt-get", args...)
		apt.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		apt.Stdout, apt.Stderr = log, log
		// A killed dpkg leaves the machine's package database in need of repair.
		apt.Cancel = func() error { return apt.Process.Signal(syscall.SIGTERM) }
		apt.WaitDelay = time.Minute
		if err := apt.Run(); err != nil {
			return fmt.Errorf("apt-get %s: %w", args[0], err)
		}
	}
	return nil
}
