package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/factordesk/factordesk/internal/platform/gctune"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// The variables by which a bench tells a process of its own program what to
// serve.
const (
	roleVariable     = "FACTORDESK_BENCH_ROLE"
	databaseVariable = "FACTORDESK_BENCH_DATABASE"
)

// The roles.
const (
	deskRole     = "factordesk"
	baselineRole = "baseline"
)

// subject is a server that is measured.
type subject struct {
	handler http.Handler
	// statements counts SQL statements; nil where nobody counts.
	statements func() int64
	// code returns the code that a user was sent last; nil where none are sent.
	code func(userID string) string
	// work begins what runs beside requests; nil where there is nothing.
	work  func()
	close func() error
}

// vitals are what a process has used up since it began, and the memory that it
// holds now.
type vitals struct {
	CPU           time.Duration
	Mallocs       uint64
	MallocedBytes uint64
	ResidentBytes int64
	Statements    int64
	// DatabaseCPU is added by the parent.
	DatabaseCPU time.Duration `json:"-"`
}

// addresses are where a process listens.
type addresses struct{ Public, Control string }

// serve is the life of a measured process: it prints its addresses and ends when
// its parent does.
func serve(ctx context.Context, role, databaseURL string, parent io.Reader, out io.Writer) error {
	newSubject := map[string]func(context.Context, string) (subject, error){deskRole: newDesk, baselineRole: newBaseline}[role]
	if newSubject == nil {
		return fmt.Errorf("%s: there is no %q", roleVariable, role)
	}
	gctune.Tune()
	s, err := newSubject(ctx, databaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = s.close() }()
	at := addresses{}
	for _, one := range []struct {
		address *string
		handler http.Handler
	}{{&at.Public, s.handler}, {&at.Control, s.control()}} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		*one.address = listener.Addr().String()
		go func() { _ = (&http.Server{Handler: one.handler, ReadHeaderTimeout: 5 * time.Second}).Serve(listener) }()
	}
	if err := json.NewEncoder(out).Encode(at); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, parent)
	return err
}

// control is what the bench asks the process itself.
func (s subject) control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /vitals", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(s.vitals()) })
	mux.HandleFunc("POST /settle", func(http.ResponseWriter, *http.Request) { debug.FreeOSMemory() })
	mux.HandleFunc("GET /code/{user}", func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(s.code(r.PathValue("user")))
	})
	mux.HandleFunc("POST /work", func(http.ResponseWriter, *http.Request) { s.work() })
	mux.HandleFunc("POST /hash/{times}", func(w http.ResponseWriter, r *http.Request) {
		hasher := secret.NewHasher(1)
		for times, _ := strconv.Atoi(r.PathValue("times")); times > 0; times-- {
			if _, err := hasher.Hash(r.Context(), "0123456789ABC"); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
		}
	})
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.Handle("GET /debug/pprof/allocs", pprof.Handler("allocs"))
	return mux
}

func (s subject) vitals() vitals {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	resident, _ := memoryOf("self")
	v := vitals{
		CPU:     time.Duration(used.Utime.Nano() + used.Stime.Nano()),
		Mallocs: memory.Mallocs, MallocedBytes: memory.TotalAlloc, ResidentBytes: resident,
	}
	if s.statements != nil {
		v.Statements = s.statements()
	}
	return v
}

// memoryOf returns the bytes of a process in memory and what of them it shares with
// files, 0 where the system does not tell.
func memoryOf(pid string) (resident, shared int64) {
	statm, _ := os.ReadFile("/proc/" + pid + "/statm")
	fields := strings.Fields(string(statm))
	if len(fields) < 3 {
		return 0, 0
	}
	resident, _ = strconv.ParseInt(fields[1], 10, 64)
	shared, _ = strconv.ParseInt(fields[2], 10, 64)
	page := int64(os.Getpagesize())
	return resident * page, shared * page
}

// process is a measured process as its parent sees it.
type process struct {
	role string
	at   addresses
	cmd  *exec.Cmd
	// hold is the process's standard input: it ends when this closes, whatever
	// becomes of the parent.
	hold io.Closer
}

// start runs this program again in a role.
func start(ctx context.Context, role, databaseURL string, log io.Writer) (*process, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{role: role, cmd: exec.CommandContext(ctx, program)}
	p.cmd.Env = append(os.Environ(), roleVariable+"="+role, databaseVariable+"="+databaseURL)
	p.cmd.Stderr = log
	if p.hold, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &p.at)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the %s did not start: %w", role, err), p.stop())
	}
	return p, nil
}

func (p *process) stop() error {
	_ = p.hold.Close()
	return p.cmd.Wait()
}

// ask makes a request of the process's control. into is where its JSON goes, or
// a writer for its bytes; nil discards.
func (p *process) ask(ctx context.Context, method, path string, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, "http://"+p.at.Control+path, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", p.role, path, answer.Status)
	}
	switch into := into.(type) {
	case nil:
		return nil
	case io.Writer:
		_, err = io.Copy(into, answer.Body)
		return err
	default:
		return json.NewDecoder(answer.Body).Decode(into)
	}
}

func (p *process) vitals(ctx context.Context) (vitals, error) {
	var v vitals
	err := p.ask(ctx, http.MethodGet, "/vitals", &v)
	return v, err
}
