package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

// With this variable the test binary is pgtemp itself.
const beMain = "PGTEMP_BE_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(beMain) != "" {
		main()
	}
	os.Exit(m.Run())
}

// pgtemp prepares a pgtemp process whose temporary files go below the returned directory.
func pgtemp(t *testing.T, args ...string) (cmd *exec.Cmd, output *bytes.Buffer, dir string) {
	t.Helper()
	if _, found := thisMachine().postgres(); !found {
		t.Skip("no PostgreSQL programs on this machine")
	}
	// The server's user must be able to enter it, which t.TempDir does not promise.
	dir, err := os.MkdirTemp("", "pgtemp-test-") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	output = new(bytes.Buffer)
	cmd = exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), beMain+"=1", "TMPDIR="+dir, pgtest.Variable+"=")
	cmd.Stdout, cmd.Stderr = output, output
	return cmd, output, dir
}

func TestRun(t *testing.T) {
	t.Run("hands the cluster to the command and its exit code back", func(t *testing.T) {
		cmd, output, dir := pgtemp(t, "--", "sh", "-c", `echo "$TEST_DATABASE_URL"; exit 7`)

		err := cmd.Run()

		if exit := new(exec.ExitError); !errors.As(err, &exit) || exit.ExitCode() != 7 {
			t.Errorf("ended with %v, want exit code 7\n%s", err, output)
		}
		url := strings.TrimSpace(output.String())
		if !strings.HasPrefix(url, "postgres://") {
			t.Errorf("the command saw %q", url)
		}
		if answers(url) {
			t.Error("the server still answers")
		}
		wantEmpty(t, dir)
	})

	t.Run("sorts text by a language, in a time zone that is not UTC", func(t *testing.T) {
		var log bytes.Buffer
		bin, found := thisMachine().postgres()
		if !found {
			t.Skip("no PostgreSQL programs on this machine")
		}
		running, err := startCluster(t.Context(), bin, &log)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = running.stop() }()
		db, err := sql.Open("postgres", running.url)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()

		var before bool
		var zone string
		if err := db.QueryRow("SELECT 'a'::text < 'B'::text, to_char(now(), 'OF')").Scan(&before, &zone); err != nil {
			t.Fatal(err)
		}
		if !before && log.Len() == 0 {
			t.Error("text sorts by bytes, and nothing was said")
		}
		if zone != "-03:30" {
			t.Errorf("the time zone is %s", zone)
		}
	})

	t.Run("hands a signal on and tidies up", func(t *testing.T) {
		for _, sent := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
			cmd, output, dir := pgtemp(t, "--", "sh", "-c", `trap 'exit 42' INT TERM; echo up; while :; do sleep 0.1; done`)
			lines, err := follow(cmd)
			if err != nil {
				t.Fatal(err)
			}
			lines.await(t, "up")

			if err := cmd.Process.Signal(sent); err != nil {
				t.Fatal(err)
			}

			err = cmd.Wait()
			if exit := new(exec.ExitError); !errors.As(err, &exit) || exit.ExitCode() != 42 {
				t.Errorf("after %v it ended with %v, want the command's exit code 42\n%s", sent, err, output)
			}
			wantEmpty(t, dir)
		}
	})

	t.Run("ends like a shell when a signal ends the command", func(t *testing.T) {
		code, err := runCommand([]string{"sh", "-c", "kill -TERM $$"}, "", nil, io.Discard, io.Discard)
		if want := 128 + int(syscall.SIGTERM); err != nil || code != want {
			t.Errorf("got %d, %v, want %d", code, err, want)
		}
	})

	t.Run("tidies up when a signal comes before the server is up", func(t *testing.T) {
		cmd, output, dir := pgtemp(t, "--", "sleep", "60")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(10 * time.Second); empty(t, dir) && time.Now().Before(deadline); {
			time.Sleep(5 * time.Millisecond)
		}

		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}

		if err := cmd.Wait(); err == nil {
			t.Errorf("it ended well\n%s", output)
		}
		wantEmpty(t, dir)
	})

	t.Run("takes its server along when it is killed", func(t *testing.T) {
		if runtime.GOOS != "linux" {
			t.Skip("only Linux can")
		}
		cmd, _, _ := pgtemp(t, "--", "sh", "-c", `echo "$TEST_DATABASE_URL"; sleep 1`)
		lines, err := follow(cmd)
		if err != nil {
			t.Fatal(err)
		}
		url := lines.await(t, "postgres://")

		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed

		for deadline := time.Now().Add(10 * time.Second); answers(url); time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("the server still answers")
			}
		}
	})

	t.Run("steps aside when there is a cluster", func(t *testing.T) {
		const given = "postgres://somebody@127.0.0.1:1/postgres"
		cmd, output, dir := pgtemp(t, "--", "sh", "-c", `echo "$TEST_DATABASE_URL"`)
		cmd.Env = append(cmd.Env, pgtest.Variable+"="+given)

		if err := cmd.Run(); err != nil {
			t.Fatal(err, output)
		}
		if got := strings.TrimSpace(output.String()); got != given {
			t.Errorf("the command saw %q, want %q", got, given)
		}
		wantEmpty(t, dir)
	})

	t.Run("ends with 2 when called wrongly", func(t *testing.T) {
		for _, args := range [][]string{nil, {"--"}, {"go", "test"}} {
			var said bytes.Buffer
			if code := run(args, machine{}, io.Discard, &said); code != 2 || !strings.Contains(said.String(), usage) {
				t.Errorf("run(%q) = %d, %q", args, code, &said)
			}
		}
	})
}

func TestFindPostgres(t *testing.T) {
	none := machine{
		getenv:   func(string) string { return "" },
		lookPath: func(string) (string, error) { return "", exec.ErrNotFound },
		glob:     func(string) ([]string, error) { return nil, nil },
	}

	t.Run("in PATH first", func(t *testing.T) {
		on := none
		on.lookPath = func(name string) (string, error) { return "/opt/postgresql/bin/" + name, nil }
		on.glob = func(string) ([]string, error) { return []string{"/usr/lib/postgresql/17/bin/initdb"}, nil }

		if dir, err := on.findPostgres(t.Context(), io.Discard); err != nil || dir != "/opt/postgresql/bin" {
			t.Errorf("got %q, %v", dir, err)
		}
	})

	t.Run("else the newest, by number", func(t *testing.T) {
		on := none
		on.glob = func(string) ([]string, error) {
			return []string{"/usr/lib/postgresql/13/bin/initdb", "/usr/lib/postgresql/15/bin/initdb", "/usr/lib/postgresql/9.6/bin/initdb"}, nil
		}

		if dir, err := on.findPostgres(t.Context(), io.Discard); err != nil || dir != "/usr/lib/postgresql/15/bin" {
			t.Errorf("got %q, %v", dir, err)
		}
	})

	t.Run("says what is missing where it can not install", func(t *testing.T) {
		var said bytes.Buffer

		code := run([]string{"--", "true"}, none, io.Discard, &said)

		if code != 1 || !strings.Contains(said.String(), "apt-get install postgresql") || !strings.Contains(said.String(), pgtest.Variable) {
			t.Errorf("ended with %d: %s", code, &said)
		}
	})

	t.Run("installs where it can, then looks again", func(t *testing.T) {
		on, there := none, false
		on.install = func(context.Context, io.Writer) error { there = true; return nil }
		on.glob = func(string) ([]string, error) {
			if !there {
				return nil, nil
			}
			return []string{"/usr/lib/postgresql/15/bin/initdb"}, nil
		}

		if dir, err := on.findPostgres(t.Context(), io.Discard); err != nil || dir != "/usr/lib/postgresql/15/bin" {
			t.Errorf("got %q, %v", dir, err)
		}
	})

	t.Run("says why installing failed", func(t *testing.T) {
		on := none
		on.install = func(context.Context, io.Writer) error { return errors.New("no route to the archive") }

		_, err := on.findPostgres(t.Context(), io.Discard)

		if err == nil || !strings.Contains(err.Error(), "no route to the archive") || !errors.Is(err, errNoPostgres) {
			t.Errorf("got %v", err)
		}
	})
}

// followed is the standard output of a running command, read as it comes.
type followed struct{ read *os.File }

func follow(cmd *exec.Cmd) (followed, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return followed{}, err
	}
	cmd.Stdout = write
	if err := cmd.Start(); err != nil {
		return followed{}, err
	}
	return followed{read}, write.Close()
}

// await returns the next thing the command says, which has to begin so.
func (f followed) await(t *testing.T, beginning string) string {
	t.Helper()
	defer func() { _ = f.read.Close() }()
	if err := f.read.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	said := make([]byte, 1024)
	n, err := f.read.Read(said)
	if err != nil || !strings.HasPrefix(string(said[:n]), beginning) {
		t.Fatalf("the command said %q (%v), want %s…", said[:n], err, beginning)
	}
	return strings.TrimSpace(string(said[:n]))
}

func answers(url string) bool {
	db, err := sql.Open("postgres", url)
	if err != nil {
		return false
	}
	defer func() { _ = db.Close() }()
	return db.Ping() == nil
}

func empty(t *testing.T, dir string) bool {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(left) == 0
}

func wantEmpty(t *testing.T, dir string) {
	t.Helper()
	if !empty(t, dir) {
		t.Error("the cluster's directory is still there")
	}
}
