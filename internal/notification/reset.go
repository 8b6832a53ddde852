package notification

import (
	"context"
	"fmt"

	"github.com/factordesk/factordesk/internal/platform/message"
)

// SendPasswordLink mails a link by which its user chooses a new password. The log
// has the mail without the link.
func (s *Service) SendPasswordLink(ctx context.Context, r Recipient, link string) error {
	w := message.In(r.Language)
	return s.send(ctx, r, passwordMail(r, w.ResetLink+" "+w.ResetEnd, w.ResetLink+"\n\n"+link+"\n\n"+w.ResetEnd))
}

// SendInvitation mails a link by which its user joins the staff, invited by somebody of
// a name. The log has the mail without the link.
func (s *Service) SendInvitation(ctx context.Context, r Recipient, by, link string) error {
	w, name := message.In(r.Language), r.Institution.Name
	first := fmt.Sprintf(w.InviteLink, by, name)
	return s.send(ctx, r, content{
		kind:   SecurityNotice,
		mail:   Mail{Subject: fmt.Sprintf(w.InviteSubject, name), Text: first + "\n\n" + link + "\n\n" + w.InviteEnd + "\n\n" + name + "\n"},
		logged: map[Channel]string{Email: first + " " + w.InviteEnd},
	})
}

// accountMail tells somebody who has an account that it is the one to sign in to.
func accountMail(r Recipient) content {
	w, name := message.In(r.Language), r.Institution.Name
	return content{
		kind:   SecurityNotice,
		mail:   Mail{Subject: fmt.Sprintf(w.HasAccountSubject, name), Text: w.HasAccount + "\n\n" + name + "\n"},
		logged: map[Channel]string{Email: w.HasAccount},
	}
}

func passwordMail(r Recipient, logged, text string) content {
	name := r.Institution.Name
	return content{
		kind:   SecurityNotice,
		mail:   Mail{Subject: fmt.Sprintf(message.In(r.Language).ResetSubject, name), Text: text + "\n\n" + name + "\n"},
		logged: map[Channel]string{Email: logged},
	}
}
