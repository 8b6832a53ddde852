// Package graph is the GraphQL API: the schema, one folder up from what gqlgen
// generates of it, and resolvers that convert, call a service and wrap.
//
//	request ── transport.go ──> limits.go ──> directives.go ──> resolver ──> service
//	                                                └── errors.go: every error leaves through Present
//
// Whether the viewer may ask is a directive on the field; whose data it is, and
// every other rule, is the services' business.
package graph

import (
	"log/slog"

	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/account"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/authenticator"
	"github.com/factordesk/factordesk/internal/backupcode"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/departure"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/diagnosis"
	"github.com/factordesk/factordesk/internal/enrollment"
	"github.com/factordesk/factordesk/internal/freeze"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/invite"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/live"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/passwordreset"
	"github.com/factordesk/factordesk/internal/profile"
	"github.com/factordesk/factordesk/internal/provider"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

//go:generate go -C .. run ./internal/platform/gqlfast/generate -guards authenticated,hasPermission,inSession
//go:generate go -C .. run ./internal/dev/sdl graph/schema/*.graphqls schema.graphql

// Services are what the resolvers call.
type Services struct {
	Account        *account.Service
	Institutions   *institution.Service
	Users          *user.Service
	Profiles       *profile.Service
	Devices        *device.Service
	Diagnosis      *diagnosis.Service
	Authenticators *authenticator.Service
	Freezes        *freeze.Service
	Departures     *departure.Service
	BackupCodes    *backupcode.Service
	Challenges     *challenge.Service
	PasswordResets *passwordreset.Service
	Enrollments    *enrollment.Service
	Notifications  *notification.Service
	Sessions       *auth.Sessions
	Audit          *audit.Service
	Jobs           *job.Desk
	SMSProviders   *provider.Service
	Roles          *role.Service
	Invites        *invite.Service
	Live           *live.Hub
}

// Resolver answers fields by calling the services.
type Resolver struct {
	s           Services
	environment model.Environment
	log         *slog.Logger
}
