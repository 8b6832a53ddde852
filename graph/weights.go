package graph

import (
	"github.com/factordesk/factordesk/graph/generated"
	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/page"
)

// weights weigh lists by the size that is asked for, or by what they usually hold,
// and a history by the call to Twilio that it takes. docs/api.md tells clients.
func weights() generated.ComplexityRoot {
	const (
		devices  = 3
		codeSets = 2
		codes    = 10
		history  = 100
		sessions = 20
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
	// The messages of a history weigh 20 where they are not told how many: what the
	// history's own argument asks for is a multiple of that.
	whole := func(first *int, child int) int { return history + (page(first, child)+19)/20 }
	c.Query.NotificationHistory = func(child int, _ string, _ *notification.Source, first *int, _ *string) int {
		return whole(first, child)
	}
	c.User.NotificationHistory = func(child int, _ *string, _ *notification.Source, first *int, _ *string) int {
		return whole(first, child)
	}
	c.NotificationHistory.Messages = func(child int, first *int, _ *string) int { return page(first, child) }
	c.Query.AuditLog = func(child int, _ *model.AuditLogFilter, first *int, _ *string) int { return 1 + page(first, child) }
	c.User.CodeTimeline = func(child int, first *int, _ *string) int { return 1 + page(first, child) }
	c.Viewer.Sessions = func(child int) int { return sessions * (1 + child) }
	c.User.Sessions = func(child int) int { return sessions * (1 + child) }
	c.User.Devices = func(child int) int { return devices * (1 + child) }
	c.User.BackupCodeSets = func(child int) int { return codeSets * (1 + child) }
	c.BackupCodeSummary.Codes = func(child int) int { return codes * (1 + child) }
	return c
}
