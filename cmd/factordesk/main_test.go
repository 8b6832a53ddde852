package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/pgtest"
)

// asProgram, in the environment, makes the test binary be the program.
const asProgram = "TEST_AS_FACTORDESK"

// patience is how long anything may take before a test gives up.
const patience = 90 * time.Second

// TestMain keeps the settings of the machine out of the tests, and the tests
// inside the machine: a proxy that nobody runs stands in front of Twilio.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "FACTORDESK_") || strings.HasPrefix(name, "TWILIO_") || name == "DATABASE_URL" || strings.HasSuffix(strings.ToLower(name), "_proxy") {
			_ = os.Unsetenv(name)
		}
	}
	_ = os.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	var err error
	if scratch, err = os.MkdirTemp("", "factordesk-test-"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(scratch)
	os.Exit(code)
}

// scratch is a folder that lasts as long as all tests.
var scratch string

// databases returns the URL of an empty database of each kind.
func databases(t *testing.T) map[string]string {
	t.Helper()
	return map[string]string{"SQLite": sqlite(t), "PostgreSQL": pgtest.DSN(t)}
}

func sqlite(t *testing.T) string { return "sqlite://" + filepath.Join(t.TempDir(), "factordesk.db") }

// result is what a command did.
type result struct {
	code     int
	out, err string
}

// command runs a command in this process, as main would. The environment is what
// the test has set.
func command(t *testing.T, input string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var out, errs buffer
	code := run(ctx, args, streams{strings.NewReader(input), &out, &errs})
	return result{code, out.String(), errs.String()}
}

// succeeds is a command that must succeed and say nothing on stderr but heads of
// records; it returns what was printed.
func succeeds(t *testing.T, input string, args ...string) string {
	t.Helper()
	r := command(t, input, args...)
	heads := slices.DeleteFunc(strings.SplitAfter(r.err, "\n"), func(line string) bool { return strings.Contains(line, ` msg="audit head" institution=ins_`) })
	if r.code != exitOK || strings.Join(heads, "") != "" {
		t.Fatalf("factordesk %s: exit code %d\n%s%s", strings.Join(args, " "), r.code, r.out, r.err)
	}
	return r.out
}

// fails is a command that must fail, in one line on stderr, which it returns.
func fails(t *testing.T, code int, args ...string) string {
	t.Helper()
	r := command(t, "", args...)
	if r.code != code || r.out != "" || strings.Count(r.err, "\n") != 1 || !strings.HasPrefix(r.err, "factordesk: ") {
		t.Errorf("factordesk %s: exit code %d, want %d and one line on stderr\nstdout: %q\nstderr: %q", strings.Join(args, " "), r.code, code, r.out, r.err)
	}
	return r.err
}

// program runs a command as a process of its own.
func program(t *testing.T, settings []string, input string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var out, errs buffer
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Dir = t.TempDir()
	cmd.Env = slices.Concat(os.Environ(), []string{asProgram + "=1"}, settings)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &errs
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// process is a server that runs as a process of its own.
type process struct {
	t         *testing.T
	cmd       *exec.Cmd
	out, errs buffer
	ended     chan struct{}
	endErr    error
	// API, Ops and Sandbox are where it listens, as it says.
	API, Ops, Sandbox string
	// Dir is where it runs.
	Dir string
	// typed is what was typed and shown that nobody else may read.
	typed secrets
	// answered is which operations were done and refused; errors and headers are
	// what was answered beside the data.
	answered        outcomes
	errors, headers buffer
}

// serve starts `factordesk serve` and waits until it is ready. It listens at
// ports of its own unless the settings say otherwise. It is stopped with the
// test, and must end well.
func serve(t *testing.T, settings []string, args ...string) *process {
	t.Helper()
	p := launch(t, settings, args...)
	p.await()
	return p
}

// launch starts without waiting.
func launch(t *testing.T, settings []string, args ...string) *process {
	t.Helper()
	return launchOf(t, os.Args[0], settings, args...)
}

// launchOf starts the program of another version.
func launchOf(t *testing.T, program string, settings []string, args ...string) *process {
	t.Helper()
	p := &process{t: t, ended: make(chan struct{}), Dir: t.TempDir()}
	p.cmd = exec.Command(program, append([]string{"serve"}, args...)...)
	p.cmd.Dir = p.Dir
	p.cmd.Env = append(os.Environ(), asProgram+"=1", "FACTORDESK_ADDR=127.0.0.1:0", "FACTORDESK_OPS_ADDR=127.0.0.1:0", "FACTORDESK_SANDBOX_ADDR=127.0.0.1:0", "FACTORDESK_DRAIN=0s")
	p.cmd.Env = append(p.cmd.Env, settings...)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.errs
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.endErr = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() { p.stop() })
	return p
}

var addresses = regexp.MustCompile(`(?s)API +(http://\S+)/graphql.*Metrics +(http://\S+)/metrics(?:.*Phones +(http://\S+)/sandbox/)?.*\n\n$`)

func (p *process) await() {
	p.t.Helper()
	eventually(p.t, "ready", func() bool {
		found := addresses.FindStringSubmatch(p.out.String())
		if found == nil {
			select {
			case <-p.ended:
				p.t.Fatalf("ended before it was ready: %v\n%s", p.endErr, p.errs.String())
			default:
			}
			return false
		}
		p.API, p.Ops, p.Sandbox = found[1], found[2], found[3]
		return true
	})
}

// stop asks the process to end, as an operator would, and waits for it.
func (p *process) stop() {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	p.wait()
}

func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Error(err)
	}
}

func (p *process) wait() {
	p.t.Helper()
	select {
	case <-p.ended:
		if p.endErr != nil {
			p.t.Errorf("serve: %v\n%s", p.endErr, p.errs.String())
		}
	case <-time.After(patience):
		_ = p.cmd.Process.Kill()
		<-p.ended
		p.t.Errorf("serve did not end\n%s", p.errs.String())
	}
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still not %s", what)
		}
	}
}

// buffer is written and read at once.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(data []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(data)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
