package model

import (
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/user"
)

// UserEdge is a user in a page. It makes its cursor when somebody asks for it.
type UserEdge struct{ Match *user.Match }

// Cursor is the place after the user.
func (e UserEdge) Cursor() string { return e.Match.Cursor() }

// Node is the user.
func (e UserEdge) Node() *user.User { return &e.Match.User }

// NotificationEdge is a text in a page. It makes its cursor when somebody asks for
// it.
type NotificationEdge struct {
	Message *notification.Notification
	Node    *Notification
}

// Cursor is the place after the text.
func (e NotificationEdge) Cursor() string { return e.Message.Cursor() }
