package model

import (
	"time"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/user"
)

// UserEdge is a user in a page. It makes its cursor when somebody asks for it.
type UserEdge struct{ Match *user.Match }

// Cursor is the place after the user.
func (e UserEdge) Cursor() string { return e.Match.Cursor() }

// Node is the user.
func (e UserEdge) Node() *user.User { return &e.Match.User }

// NotificationHistory is what is known of the texts to some numbers, with every page
// that is asked for.
type NotificationHistory struct {
	UnavailableReason *string
	AsOf              *time.Time
	Stale             bool
	StaleReason       *string
	// Numbers are those whose texts these are, as people read them.
	Numbers []string
	// Page returns a page that was read.
	Page func(first *int, after *string) *NotificationConnection
}

// Messages are the texts of a page.
func (h *NotificationHistory) Messages(first *int, after *string) *NotificationConnection {
	return h.Page(first, after)
}

// NotificationEdge is a text in a page. It makes its cursor when somebody asks for
// it.
type NotificationEdge struct {
	Message *notification.Notification
	Node    *Notification
}

// Cursor is the place after the text.
func (e NotificationEdge) Cursor() string { return e.Message.Cursor() }

// CodeAttemptEdge is a code in a page. It makes its cursor when somebody asks for it.
type CodeAttemptEdge struct {
	Attempt *notification.Attempt
	Node    *CodeAttempt
}

// Cursor is the place after the code.
func (e CodeAttemptEdge) Cursor() string { return e.Attempt.Cursor() }
