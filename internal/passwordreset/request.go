package passwordreset

import (
	"cmp"
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/text"
	"github.com/factordesk/factordesk/internal/throttle"
	"github.com/factordesk/factordesk/internal/user"
)

// How often somebody may ask. Few an hour for one name, whoever asks: so a
// stranger who asks again and again leaves the owner with a link that works.
var (
	perName   = throttle.Limit{Events: 3, Per: time.Hour}
	perSource = throttle.Limit{Events: 60, Per: time.Hour}
)

// longest is how long a slug or an address may be.
const longest = 254

// Request asks for a link by mail. The answer is the same whether or not there is
// such a user: THROTTLED over three an hour for a name and 60 from one source,
// INVALID_INPUT for what can be no name, FORBIDDEN for the client of customers where there
// is no digital banking.
func (s *Service) Request(ctx context.Context, slug, username string) error {
	username = strings.ToLower(strings.TrimSpace(username))
	for field, value := range map[string]string{"institution": slug, "username": username} {
		if len(value) == 0 || len(value) > longest || !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
			return fault.Invalid(field, "Enter what you sign in with.")
		}
	}
	if err := s.Limiter.Take(ctx, throttle.Key("reset-source", auth.ClientFrom(ctx).Source()), perSource); err != nil {
		return err
	}
	if err := s.Limiter.Take(ctx, throttle.Key("reset", slug, text.Usernames(username)[0]), perName); err != nil {
		return err
	}
	if err := s.mayBank(ctx, slug); err != nil {
		return err
	}
	r := Request{ID: id.New(id.ResetRequest), Institution: slug, Username: username, CreatedAt: s.Clock.Now()}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.CreateResetRequest(ctx, r); err != nil {
			return err
		}
		return s.Jobs.Enqueue(ctx, job.Job{Queue: job.Mail, Kind: SendLink, Subject: r.ID})
	})
}

// mayBank answers FORBIDDEN to the client of customers where there is no digital banking,
// whoever asks there.
func (s *Service) mayBank(ctx context.Context, slug string) error {
	if auth.ClientFrom(ctx).Kind != auth.Customer {
		return nil
	}
	inst, err := s.Institutions.FindBySlug(ctx, slug)
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		return nil
	case err != nil || inst.DigitalBanking():
		return err
	}
	return inst.NoBanking()
}

// SendLink is the kind of the jobs that answer a request each.
const SendLink job.Kind = "SEND_PASSWORD_LINK"

// Adopt is the kind of the chore that takes over requests of an earlier version.
const Adopt job.Kind = "ADOPT_PASSWORD_LINKS"

// Handlers returns what does the jobs of requests.
func (s *Service) Handlers() map[job.Kind]job.Handler {
	return map[job.Kind]job.Handler{
		SendLink: {Do: s.answer, GiveUpAfter: Lifetime},
		Adopt:    {Do: s.adopt, Every: time.Minute},
	}
}

func (s *Service) adopt(ctx context.Context, _ *job.Claimed) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		ids, err := s.Store.AdoptResetRequests(ctx, s.Clock.Now())
		if err != nil || len(ids) == 0 {
			return err
		}
		jobs := make([]job.Job, len(ids))
		for i, id := range ids {
			jobs[i] = job.Job{Queue: job.Mail, Kind: SendLink, Subject: id}
		}
		return s.Jobs.Enqueue(ctx, jobs...)
	})
}

// answer mails a link to the user whose name was typed, if there is one, and is
// done with the request. Each try makes a link of its own.
func (s *Service) answer(ctx context.Context, c *job.Claimed) error {
	now := s.Clock.Now()
	r, err := s.Store.FindResetRequest(ctx, c.Subject)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if now.Sub(r.CreatedAt) < Lifetime {
		switch err := s.mail(ctx, r, now); fault.CodeOf(err) {
		case "", fault.NotFound:
		case fault.ProviderError: // the address refuses mail, the next time, too
			return cmp.Or(s.Store.DeleteResetRequest(ctx, r.ID), job.Final(err))
		default:
			return err
		}
	}
	return s.Store.DeleteResetRequest(ctx, r.ID)
}

func (s *Service) mail(ctx context.Context, r Request, now time.Time) error {
	inst, err := s.Institutions.FindBySlug(ctx, r.Institution)
	if err != nil {
		return err
	}
	var found []user.Credentials
	for _, name := range text.Usernames(r.Username) {
		some, err := s.Store.ListCredentials(ctx, inst.ID, name, "")
		if err != nil {
			return err
		}
		if len(some) > 0 {
			found = some
		}
	}
	if len(found) == 0 {
		return nil
	}
	u := found[0].User
	to := notification.Recipient{
		Institution: inst, UserID: u.ID, Email: u.Email, Language: u.Language, Channel: notification.Email, To: u.Email, Confirmed: true,
	}
	if u.Left() || u.Invited() || u.Kind == auth.Customer && !inst.DigitalBanking() {
		return nil
	}
	token := auth.NewToken()
	l := Link{UserID: u.ID, InstitutionID: inst.ID, TokenHash: auth.HashToken(token), ExpiresAt: now.Add(Lifetime)}
	if err := s.Store.PutResetLink(ctx, l); err != nil {
		return err
	}
	page := *s.Pages[u.Kind]
	page.Fragment = token
	return s.Sender.SendPasswordLink(ctx, to, page.String())
}
