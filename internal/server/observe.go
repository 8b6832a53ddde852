package server

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/factordesk/factordesk/internal/platform/fault"
)

// Metrics are the numbers that operators watch.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight prometheus.Gauge
}

// NewMetrics makes the numbers; further collectors join them.
func NewMetrics(more ...prometheus.Collector) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "factordesk_http_requests_total", Help: "Answered requests, by route and status.",
		}, []string{"route", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "factordesk_http_request_duration_seconds", Help: "Time to answer, by route.", Buckets: prometheus.DefBuckets,
		}, []string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "factordesk_http_requests_in_flight", Help: "Requests being answered.",
		}),
	}
	m.registry.MustRegister(m.requests, m.duration, m.inFlight,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.registry.MustRegister(more...)
	return m
}

// Ops makes the handler of the private address: metrics and profiles.
func (m *Metrics) Ops() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

// recorder remembers the status of an answer; 0 before there is one.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the writer below.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// observe counts and logs each request by its route. Paths, queries and bodies,
// which may name people, are not logged.
func (c Config) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w}
		c.Metrics.inFlight.Inc()
		defer func() {
			c.Metrics.inFlight.Dec()
			c.answered(rec, r, time.Since(start))
		}()
		defer c.recovered(rec, r)
		next.ServeHTTP(rec, r)
	})
}

// answered counts and logs a request. How long a stream took says nothing about others.
func (c *Config) answered(rec *recorder, r *http.Request, took time.Duration) {
	route, status := route(r), cmp.Or(rec.status, http.StatusOK)
	if strings.HasPrefix(rec.Header().Get("Content-Type"), "text/event-stream") {
		route += " (stream)"
	} else {
		c.Metrics.duration.WithLabelValues(route).Observe(took.Seconds())
	}
	c.Metrics.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	c.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("route", route), slog.String("method", r.Method),
		slog.Int("status", status), slog.Duration("took", took))
}

// recovered answers for a handler that panicked. net/http would log the panic's
// value, which may hold anything; the kind of it and the stack are enough.
func (c *Config) recovered(w *recorder, r *http.Request) {
	value := recover()
	if value == nil {
		return
	}
	if value == http.ErrAbortHandler { //nolint:errorlint // as net/http compares it
		panic(value)
	}
	id := rand.Text()
	c.Log.ErrorContext(r.Context(), "panic", "id", id, "kind", fmt.Sprintf("%T", value), "stack", string(debug.Stack()))
	if w.status == 0 {
		writeError(w, http.StatusInternalServerError, "Something went wrong on our side. Support can find it by this id: "+id,
			map[string]any{"code": fault.Internal, "id": id})
	}
}

// route names a request among a bounded set.
func route(r *http.Request) string {
	switch p := r.URL.Path; {
	case p == "/graphql", p == "/healthz", p == "/readyz":
		return p
	case len(p) >= 10 && p[:10] == "/webhooks/":
		return "/webhooks/"
	case len(p) >= 9 && p[:9] == "/graphiql":
		return "/graphiql"
	case strings.HasPrefix(p, "/not-you/"):
		return "/not-you/"
	case p == "/admin", strings.HasPrefix(p, "/admin/"):
		return "/admin/"
	case p == "/banking", strings.HasPrefix(p, "/banking/"):
		return "/banking/"
	default:
		return "other"
	}
}
