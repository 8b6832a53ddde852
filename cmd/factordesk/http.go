package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

// listeners are the addresses that are bound before anything else happens, so
// that an address that is taken is the first thing said.
type listeners struct {
	public, ops, sandbox net.Listener
}

func (c *serveCmd) listen() (*listeners, error) {
	l := &listeners{}
	for _, one := range []struct {
		into    *net.Listener
		name    string
		addr    string
		skipped bool
	}{
		{&l.public, "FACTORDESK_ADDR", c.Addr, false},
		{&l.ops, "FACTORDESK_OPS_ADDR", c.OpsAddr, false},
		{&l.sandbox, "FACTORDESK_SANDBOX_ADDR", c.SandboxAddr, !c.Sandbox()},
	} {
		if one.skipped {
			continue
		}
		listener, err := net.Listen("tcp", one.addr)
		if err != nil {
			l.close()
			return nil, fmt.Errorf("cannot listen on %s (%s): %w", one.addr, one.name, err)
		}
		*one.into = listener
	}
	return l, nil
}

// close closes what no server has taken over; closing twice does no harm.
func (l *listeners) close() {
	for _, one := range []net.Listener{l.public, l.ops, l.sandbox} {
		if one != nil {
			_ = one.Close()
		}
	}
}

// httpServer is a server that says when it fails.
type httpServer struct {
	*http.Server
	name   string
	failed chan<- error
}

func newHTTPServer(name string, h http.Handler, failed chan<- error, log *slog.Logger) *httpServer {
	return &httpServer{
		Server: &http.Server{
			Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second,
			WriteTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
			ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		},
		name: name, failed: failed,
	}
}

// patient takes the time limits off answers.
func (s *httpServer) patient() *httpServer {
	s.WriteTimeout, s.ReadTimeout = 0, 0
	return s
}

func (s *httpServer) start(l net.Listener) {
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.failed <- fmt.Errorf("the %s server failed: %w", s.name, err)
		}
	}()
}

// shutdown lets running requests end.
func (s *httpServer) shutdown(log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil {
		log.Error("requests were still running", "server", s.name, "error", err)
		_ = s.Close()
	}
}

// servers are the HTTP servers of one process.
type servers struct {
	public, ops, sandbox *httpServer
	failed               chan error
}

// stop ends what others depend on, last of all the sandbox.
func (s *servers) stop(sandbox *twiliosandbox.Sandbox, log *slog.Logger) {
	s.ops.shutdown(log)
	if sandbox != nil {
		sandbox.Close()
		s.sandbox.shutdown(log)
	}
}

// newLogger writes JSON for machines, and plain lines where a developer reads.
func newLogger(w io.Writer, level string, e config.Environment) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // one of the names that the flag admits
	o := &slog.HandlerOptions{Level: l, ReplaceAttr: maskAddresses}
	if e == config.Development {
		return slog.New(slog.NewTextHandler(w, o))
	}
	return slog.New(slog.NewJSONHandler(w, o))
}

var (
	number       = regexp.MustCompile(`\+[1-9][0-9]{6,14}`)
	emailAddress = regexp.MustCompile(`[^\s"'<>(),:;=/@]+@([^\s"'<>(),:;=/@]+\.[^\s"'<>(),:;=/@]+)`)
)

// maskAddresses is the last to see a line of the log, and leaves no telephone number
// and no email address in it, be it part of another's error or of a path.
func maskAddresses(_ []string, a slog.Attr) slog.Attr {
	if k := a.Value.Kind(); k != slog.KindString && k != slog.KindAny {
		return a
	}
	if text := a.Value.String(); number.MatchString(text) || emailAddress.MatchString(text) {
		a.Value = slog.StringValue(emailAddress.ReplaceAllString(number.ReplaceAllStringFunc(text, phone.Mask), "•••@$1"))
	}
	return a
}

func dbCollectors(db *store.DB) []prometheus.Collector {
	return []prometheus.Collector{
		collectors.NewDBStatsCollector(db.SQL(), "factordesk"),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "factordesk_sql_statements_total", Help: "SQL statements run.",
		}, func() float64 { return float64(db.Statements()) }),
	}
}

// budgetMetric counts how often a budget of acts of very high risk was nearly spent.
func budgetMetric(b *institution.Budget) prometheus.Collector {
	return prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name: "factordesk_high_risk_acts_near_budget_total", Help: "Acts of very high risk with four fifths of a staff user's hour spent, or refused beyond it.",
	}, func() float64 { return float64(b.Near()) })
}

// jobMetrics tell what waits to be done or swept, and what was given up.
func jobMetrics(jobs *job.Runner, db *store.DB, keep store.Retention) []prometheus.Collector {
	return []prometheus.Collector{
		counts{
			prometheus.NewDesc("factordesk_jobs_given_up_total", "Jobs that this process gave up, by kind: SEND_NOTICE is for notices.", []string{"kind"}, nil), prometheus.CounterValue,
			func(context.Context) (map[string]int, error) { return byName(jobs.GivenUp()), nil },
		},
		counts{
			prometheus.NewDesc("factordesk_jobs_due", "Jobs that are due and not done, by queue.", []string{"queue"}, nil), prometheus.GaugeValue,
			func(ctx context.Context) (map[string]int, error) {
				due, err := jobs.Store.CountJobs(ctx, jobs.Clock.Now())
				for _, q := range job.Queues() {
					due[q] += 0 // none is a number, too
				}
				return byName(due), err
			},
		},
		counts{
			prometheus.NewDesc("factordesk_sweep_rows_left", "Rows that are over and wait to be swept, by table; 10000 is that many or more.", []string{"table"}, nil), prometheus.GaugeValue,
			func(ctx context.Context) (map[string]int, error) { return db.CountLeft(ctx, jobs.Clock.Now(), keep) },
		},
	}
}

func byName[K ~string](counted map[K]int) map[string]int {
	all := make(map[string]int, len(counted))
	for k, n := range counted {
		all[string(k)] = n
	}
	return all
}

// counts are counted as they are asked for; they say nothing when the database does not
// answer.
type counts struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	count func(ctx context.Context) (map[string]int, error)
}

func (c counts) Describe(ch chan<- *prometheus.Desc) { ch <- c.desc }

func (c counts) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	all, err := c.count(ctx)
	if err != nil {
		return
	}
	for label, n := range all {
		ch <- prometheus.MustNewConstMetric(c.desc, c.kind, float64(n), label)
	}
}
