package world

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/user"
)

// Told is a notice to an owner and the device it leaves out, empty for none.
type Told struct {
	Notice notification.Notice
	Except string
}

// Teller is a notice.Teller that writes to the real outbox and keeps what it was
// told, also where the transaction of it is rolled back. Err makes it fail.
type Teller struct {
	All []Told
	Err error

	mu     sync.Mutex
	outbox *notice.Service
}

// Tell implements notice.Teller.
func (d *Teller) Tell(ctx context.Context, u user.User, n notification.Notice, exceptDevice string) error {
	if err := d.keep(Told{n, exceptDevice}); err != nil {
		return err
	}
	return d.outbox.Tell(ctx, u, n, exceptDevice)
}

// TellByMail implements notice.Teller.
func (d *Teller) TellByMail(ctx context.Context, u user.User, n notification.Notice) error {
	if err := d.keep(Told{Notice: n}); err != nil {
		return err
	}
	return d.outbox.TellByMail(ctx, u, n)
}

func (d *Teller) keep(told Told) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.Err == nil {
		d.All = append(d.All, told)
	}
	return d.Err
}

// Outbox returns the notices that wait to be sent, in the order in which they were
// written, and empties it.
func (w *World) Outbox(t testing.TB) (all []notice.Row) {
	t.Helper()
	read := func(ctx context.Context, c *job.Claimed) error {
		row, err := w.DB.FindNotice(ctx, c.Subject)
		all = append(all, row)
		return err
	}
	outbox := &job.Runner{Service: w.Jobs(), Handlers: map[job.Kind]job.Handler{notice.Send: {Do: read}}, Log: slog.Default()}
	for _, q := range []job.Queue{job.Mail, job.Phone} {
		for outbox.Next(t.Context(), q) {
		}
	}
	slices.SortFunc(all, func(a, b notice.Row) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Recorder is an audit.Recorder that keeps what it records. Err makes it fail.
type Recorder struct {
	Events []audit.Event
	// Failures is how many wrong passwords were counted.
	Failures int
	Err      error

	mu sync.Mutex
}

// Record implements audit.Recorder.
func (r *Recorder) Record(_ context.Context, e audit.Event) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Err == nil {
		r.Events = append(r.Events, e)
	}
	return r.Err
}

// RecordFor implements audit.Recorder.
func (r *Recorder) RecordFor(ctx context.Context, _ auth.Actor, e audit.Event) error {
	return r.Record(ctx, e)
}

// CountFailure implements challenge.Auditor.
func (r *Recorder) CountFailure(context.Context, string, string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Failures++
	return r.Err
}

// Actions returns what was done in each event.
func (r *Recorder) Actions() (all []audit.Action) {
	for _, e := range r.Events {
		all = append(all, e.Action)
	}
	return all
}

// Hasher hashes in no time. Err makes it fail as where it has too much to do.
type Hasher struct {
	// Count is how many hashes it had to compute.
	Count int
	Err   error
	// During is called for each of them.
	During func()

	mu sync.Mutex
}

// Hash returns what Hasher makes of a secret.
func Hash(plain string) string {
	sum := sha256.Sum256([]byte(plain))
	return hex.EncodeToString(sum[:])
}

// Hash hashes a secret.
func (h *Hasher) Hash(_ context.Context, plain string) (string, error) {
	return Hash(plain), h.work()
}

// HashBeside hashes a secret.
func (h *Hasher) HashBeside(ctx context.Context, _, plain string) (string, error) {
	return h.Hash(ctx, plain)
}

// HashAll hashes secrets.
func (h *Hasher) HashAll(_ context.Context, plain []string) ([]string, error) {
	hashes := make([]string, len(plain))
	for i, p := range plain {
		hashes[i] = Hash(p)
		if err := h.work(); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// Verify reports whether a hash is of a secret.
func (h *Hasher) Verify(_ context.Context, hash, plain string) (bool, error) {
	return hash == Hash(plain), h.work()
}

// VerifyEach reports of each hash whether it is of a secret.
func (h *Hasher) VerifyEach(_ context.Context, hashes []string, plain string) ([]bool, error) {
	right := make([]bool, len(hashes))
	for i, hash := range hashes {
		right[i] = hash == Hash(plain)
	}
	return right, h.work()
}

// VerifyNothing does the work of Verify where there is no hash.
func (h *Hasher) VerifyNothing(context.Context, string) error { return h.work() }

func (h *Hasher) work() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Count++
	if h.During != nil {
		h.During()
	}
	return h.Err
}

// Sent is a one-time code on its way to somebody.
type Sent struct {
	To   notification.Recipient
	Code string
}

// Inbox gets every one-time code that is sent. Err makes sending fail, with the code
// in the inbox all the same.
type Inbox struct {
	All []Sent
	Err error
	// Log gets a row for each, as if the provider had taken it.
	Log interface {
		CreateNotification(ctx context.Context, n notification.Notification) error
	}
	Time clock.Clock

	mu sync.Mutex
}

// SendCode implements onetimecode.Sender.
func (i *Inbox) SendCode(ctx context.Context, to notification.Recipient, code string, _ time.Duration) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.All = append(i.All, Sent{to, code})
	row := notification.Notification{
		ID: to.AttemptID, InstitutionID: to.Institution.ID, UserID: to.UserID, Channel: to.Channel, Kind: notification.VerificationCode, To: to.To,
		Purpose: to.Purpose, Subject: to.Subject, DeviceID: to.DeviceID, Keyless: to.Keyless,
		ProviderStatus: "queued", Date: i.Time.Now(), UpdatedAt: i.Time.Now(),
	}
	if i.Err != nil {
		row.ProviderStatus = "failed"
	}
	return cmp.Or(i.Log.CreateNotification(ctx, row), i.Err)
}

// Last returns the newest, or the zero Sent.
func (i *Inbox) Last() Sent {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.All) == 0 {
		return Sent{}
	}
	return i.All[len(i.All)-1]
}
