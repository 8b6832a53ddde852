package twiliosandbox

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/factordesk/factordesk/internal/platform/clock"
)

// Account is a Twilio account that exists from the start.
type Account struct {
	SID          string // AC and 32 hexadecimal digits
	Token        string // auth token: authenticates requests and signs callbacks
	From         string // the number it owns, in E.164
	FriendlyName string
}

// Config is what a Sandbox starts with.
type Config struct {
	Accounts []Account
	// Open makes an unknown account from its first request, with the token that
	// the request brings. Such an account may send from any number.
	Open bool
	// Clock dates everything; nil is the machine's clock. Statuses are paced by
	// real time whatever the clock says.
	Clock clock.Clock
	// Log never gets a body or a token; nil discards.
	Log *slog.Logger
	// Settle is the time from one status to the next, 200 ms if zero: a text is
	// on the phone after one Settle and delivered after two.
	Settle time.Duration
}

const (
	defaultSettle = 200 * time.Millisecond
	maxRecords    = 100_000
	maxAccounts   = 1_000
)

// Sandbox is the whole of Twilio, as far as a second-factor desk uses it. Make
// it with New. It is safe for concurrent use.
type Sandbox struct {
	open    bool
	clock   clock.Clock
	log     *slog.Logger
	settle  time.Duration
	boot    string // tells this sandbox's page versions from an earlier one's
	control http.Handler
	client  *http.Client // carries callbacks

	ctx       context.Context // ends with Close
	cancel    context.CancelFunc
	life      sync.Mutex // guards closed and the start of goroutines
	closed    bool
	wg        sync.WaitGroup
	requests  atomic.Int64 // under way
	callbacks atomic.Int64 // under way

	mu        sync.Mutex // guards everything below
	accounts  map[string]*account
	keys      map[string]apiKey
	phones    map[string]*handset
	messages  *ledger[*message]
	calls     *ledger[*call]
	faults    []*fault
	indicator string // of the status page
	version   uint64 // rises with every change a phone shows
}

// New makes a sandbox that runs until Close.
func New(cfg Config) *Sandbox {
	s := &Sandbox{
		open:      cfg.Open,
		clock:     cfg.Clock,
		log:       cfg.Log,
		settle:    cfg.Settle,
		boot:      newSID(""),
		client:    loopbackClient(),
		accounts:  map[string]*account{},
		keys:      map[string]apiKey{},
		phones:    map[string]*handset{},
		indicator: "none",
	}
	if s.clock == nil {
		s.clock = clock.System{}
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.settle <= 0 {
		s.settle = defaultSettle
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.messages = newLedger(maxRecords, s.forgetMessage)
	s.calls = newLedger(maxRecords, s.forgetCall)
	s.control = s.controlHandler()
	for _, a := range cfg.Accounts {
		s.accounts[a.SID] = newAccount(a, s.clock.Now())
	}
	return s
}

// Close stops every message, call and callback under way and waits for them.
// Requests answered after Close are accepted, but nothing moves any more.
func (s *Sandbox) Close() {
	s.life.Lock()
	s.closed = true
	s.life.Unlock()
	s.cancel()
	s.wg.Wait()
	s.client.CloseIdleConnections()
}

// run starts fn in a goroutine that Close waits for.
func (s *Sandbox) run(fn func()) {
	s.life.Lock()
	defer s.life.Unlock()
	if s.closed {
		return
	}
	s.wg.Go(fn)
}

// wait lasts d and reports whether the sandbox still runs.
func (s *Sandbox) wait(d time.Duration) bool {
	if d <= 0 {
		return s.ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.ctx.Done():
		return false
	}
}

// newSID makes an identifier as Twilio's: two letters and 32 hexadecimal digits.
func newSID(prefix string) string {
	var b [16]byte
	rand.Read(b[:])
	return prefix + hex.EncodeToString(b[:])
}
