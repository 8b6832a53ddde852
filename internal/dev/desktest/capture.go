package desktest

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"github.com/factordesk/factordesk/internal/notification"
)

// Mails is a folder of mails in memory.
type Mails struct {
	mu    sync.Mutex
	mails []notification.Mail
}

// Send implements notification.Mailer.
func (m *Mails) Send(_ context.Context, mail notification.Mail) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mails = append(m.mails, mail)
	return nil
}

// To returns the mails to an address, oldest first.
func (m *Mails) To(address string) []notification.Mail {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.mails), func(mail notification.Mail) bool { return mail.To != address })
}

// Log is everything that the desk logged, from level debug up.
type Log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write implements io.Writer.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// String returns what was logged so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
