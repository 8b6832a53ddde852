package graph

import (
	"github.com/factordesk/factordesk/graph/generated"
	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/page"
)

// weights weigh lists by the size that is asked for, and a history by the
// call to Twilio that it takes.
func weights() generated.ComplexityRoot {
	const (
		perUserDevices = 3
		history        = 50
		sessions       = 20
	)
	page := func(first *int, child int) int {
		n := 20
		if first != nil {
			n = min(max(*first, 1), page.MaxPage)
		}
		return n * child
	}
	var c generated.ComplexityRoot
	c.Query.Users = func(child int, _ *string, _ *auth.Kind, first *int, _ *string) int { return 1 + page(first, child) }
	c.Query.NotificationHistory = func(child int, _ string, _ *notification.Source, first *int, _ *string) int {
		return history + page(first, child)
	}
	c.User.NotificationHistory = func(child int, _ *string, _ *notification.Source, first *int, _ *string) int {
		return history + page(first, child)
	}
	c.Query.AuditLog = func(child int, _ *model.AuditLogFilter, first *int, _ *string) int { return 1 + page(first, child) }
	c.Viewer.Sessions = func(child int) int { return 1 + sessions*child }
	c.User.Devices = func(child int) int { return 1 + perUserDevices*child }
	return c
}
