package freeze

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notice"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// Users finds the users whom staff unfreeze.
type Users interface {
	Target(ctx context.Context, userID string) (user.User, error)
}

// Service keeps the rules of freezing.
type Service struct {
	Store        Store
	Users        Users
	Institutions institution.Finder
	Notices      notice.Teller
	Audit        audit.Recorder
	Limiter      *throttle.Limiter
	Clock        clock.Clock
	// URL is where customers reach the desk; without it there are no links.
	URL *url.URL
}

// Link makes the address of the page by which a user says that what a notice
// tells was not their doing. Each mail has its own: one that is sent again has a
// new link, and the first works as well, as it may have arrived. The language is
// part of it, so that the page needs no look at whose it is.
func (s *Service) Link(ctx context.Context, u user.User, n notification.Notice, noticedAt time.Time) (string, error) {
	if s.URL == nil {
		return "", nil
	}
	token := strings.ToLower(string(u.Language)) + "-" + auth.NewToken()
	err := s.Store.CreateNotYouLink(ctx, Link{
		TokenHash: auth.HashToken(token), InstitutionID: u.InstitutionID, UserID: u.ID, Notice: n, NoticedAt: noticedAt, ExpiresAt: s.Clock.Now().Add(linkLifetime),
	})
	return s.URL.JoinPath("not-you", token).String(), err
}

// Language returns the language of the user for whom a link was made, as the link
// itself says.
func Language(token string) (message.Language, bool) {
	tag, _, _ := strings.Cut(token, "-")
	for _, l := range message.Languages() {
		if strings.EqualFold(tag, string(l)) {
			return l, true
		}
	}
	return "", false
}
