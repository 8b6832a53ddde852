package passwordreset

import (
	"context"
	"net/url"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Challenges asks for second factors.
type Challenges interface {
	// StartReset makes a challenge on which the hash of a new password waits:
	// CONFLICT for a user with no usable way.
	StartReset(ctx context.Context, inst institution.Institution, u user.User, hash string) (challenge.Challenge, error)
}

// Hasher hashes and checks passwords.
type Hasher interface {
	Hash(ctx context.Context, plain string) (string, error)
	Verify(ctx context.Context, hash, plain string) (bool, error)
}

// Sender sends the mails.
type Sender interface {
	SendPasswordLink(ctx context.Context, r notification.Recipient, link string) error
}

// Service keeps the rules of resets.
type Service struct {
	Store        Store
	Institutions institution.Finder
	Challenges   Challenges
	Hasher       Hasher
	Sender       Sender
	Audit        audit.Recorder
	Limiter      *throttle.Limiter
	Jobs         job.Enqueuer
	Clock        clock.Clock
	// Pages are where users of each kind choose a new password; the token is put
	// into the fragment.
	Pages map[auth.Kind]*url.URL
}
