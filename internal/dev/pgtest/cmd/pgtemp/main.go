// Pgtemp runs a command beside a temporary PostgreSQL cluster:
//
//	pgtemp -- go test ./...
//
// It finds PostgreSQL (or, as root on Debian, installs it), makes a cluster in a temporary directory, sets
// TEST_DATABASE_URL, runs the command without standard input, stops the cluster, removes the directory and ends with
// the command's exit code. Signals go to the command's process group. If TEST_DATABASE_URL is set already, the command
// simply takes pgtemp's place.
//
// The cluster trades durability for speed, and it is as unlike the developer's machine as it can be: text sorts by a
// language and not by bytes, and the time zone is a half-hour one, so that a query which relies on either fails here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

const usage = "usage: pgtemp -- command [argument ...]"

func main() {
	os.Exit(run(os.Args[1:], thisMachine(), os.Stdout, os.Stderr))
}

func run(args []string, on machine, stdout, stderr io.Writer) int {
	if len(args) < 2 || args[0] != "--" {
		_, _ = fmt.Fprintln(stderr, usage)
		return 2
	}
	command := args[1:]
	if on.getenv(pgtest.Variable) != "" {
		_, _ = fmt.Fprintln(stderr, "pgtemp:", replace(command))
		return 1
	}

	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer cancel()

	bin, err := on.findPostgres(ctx, stderr)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "pgtemp:", err)
		return 1
	}
	running, err := startCluster(ctx, bin, stderr)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "pgtemp:", err)
		return 1
	}
	defer func() {
		if err := running.stop(); err != nil {
			_, _ = fmt.Fprintln(stderr, "pgtemp:", err)
		}
	}()
	code, err := runCommand(command, running.url, signals, stdout, stderr)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "pgtemp:", err)
	}
	return code
}

// replace makes the command take this process's place. It returns only when it fails.
func replace(command []string) error {
	path, err := exec.LookPath(command[0])
	if err != nil {
		return err
	}
	return syscall.Exec(path, command, os.Environ())
}

// runCommand runs the command in a process group of its own, so that a signal reaches what the command started, too,
// and a Ctrl-C at the terminal arrives once and not twice.
func runCommand(command []string, url string, signals <-chan os.Signal, stdout, stderr io.Writer) (int, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), pgtest.Variable+"="+url)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return 127, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case received := <-signals:
			// The group may be gone already; then its exit code is on the way.
			_ = syscall.Kill(-cmd.Process.Pid, received.(syscall.Signal))
		case err := <-ended:
			if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
				return 1, err
			}
			return exitCode(cmd.ProcessState), nil
		}
	}
}

// exitCode follows the shell: a command ended by signal n has the code 128+n.
func exitCode(state *os.ProcessState) int {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return state.ExitCode()
}
