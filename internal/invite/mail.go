package invite

import (
	"context"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// SendInvitation is the kind of the jobs that mail an invitation each.
const SendInvitation job.Kind = "SEND_INVITATION"

// Handlers returns what does the jobs of invitations.
func (s *Service) Handlers() map[job.Kind]job.Handler {
	return map[job.Kind]job.Handler{SendInvitation: {Do: s.mail, GiveUpAfter: Lifetime}}
}

// mail mails an invitation that is still good. Each try makes a token of its own.
func (s *Service) mail(ctx context.Context, c *job.Claimed) error {
	now := s.Clock.Now()
	i, err := s.Store.FindInvite(ctx, c.Subject, now)
	if fault.CodeOf(err) == fault.NotFound { // used, withdrawn or replaced
		return nil
	}
	if err != nil {
		return err
	}
	inst, err := s.Institutions.Find(ctx, i.InstitutionID)
	if err != nil {
		return err
	}
	u, err := s.Store.FindUser(ctx, i.InstitutionID, i.UserID)
	if err != nil || u.Left() {
		return err
	}
	by, err := s.inviter(ctx, i, inst)
	if err != nil {
		return err
	}
	token := auth.NewToken()
	if ok, err := s.Store.SetInviteToken(ctx, i.ID, auth.HashToken(token), now); err != nil || !ok {
		return err
	}
	page := *s.Page
	page.Fragment = token
	err = s.Sender.SendInvitation(ctx, notification.Recipient{
		Institution: inst, UserID: u.ID, Email: u.Email, Language: u.Language, Channel: notification.Email, To: u.Email, Confirmed: true,
	}, by, page.String())
	if fault.CodeOf(err) == fault.ProviderError { // the address refuses mail, the next time, too
		return job.Final(err)
	}
	return err
}
