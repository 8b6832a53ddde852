package notice

import (
	"context"
	"time"

	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/job"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/user"
)

// Directory lists the ways to a user.
type Directory interface {
	// Ways returns the ways to the confirmed devices of a user by which the
	// institution may send, with those to devices removed since a time.
	Ways(ctx context.Context, inst institution.Institution, userID string, removedSince time.Time) ([]Way, error)
}

// Service writes notices.
type Service struct {
	Store        Store
	Directory    Directory
	Institutions institution.Finder
	Jobs         job.Enqueuer
	Clock        clock.Clock
}

// Tell implements Teller.
func (s *Service) Tell(ctx context.Context, u user.User, n notification.Notice, exceptDevice string) error {
	inst, err := s.Institutions.Find(ctx, u.InstitutionID)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	ways, err := s.Directory.Ways(ctx, inst, u.ID, now.Add(-keepRemoved))
	if err != nil {
		return err
	}
	row := Row{InstitutionID: u.InstitutionID, UserID: u.ID, Notice: n, CreatedAt: now}
	rows := []Row{row.by(notification.Email, u.Email)}
	told := map[string]int{u.Email: 0} // a number that was removed and added again is two devices
	for _, w := range ways {
		if w.DeviceID == exceptDevice {
			continue
		}
		i, ok := told[w.To]
		if !ok {
			i = len(rows)
			told[w.To], rows = i, append(rows, row.by(w.Channel, w.To))
			rows[i].Linked = false
		}
		rows[i].Linked = rows[i].Linked || w.Linked
	}
	return s.write(ctx, rows)
}

// TellByMail implements Teller.
func (s *Service) TellByMail(ctx context.Context, u user.User, n notification.Notice) error {
	now := s.Clock.Now()
	row := Row{InstitutionID: u.InstitutionID, UserID: u.ID, Notice: n, CreatedAt: now}
	return s.write(ctx, []Row{row.by(notification.Email, u.Email)})
}

// write writes rows, and a job for each.
func (s *Service) write(ctx context.Context, rows []Row) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.CreateNotices(ctx, rows); err != nil {
			return err
		}
		return s.Jobs.Enqueue(ctx, jobsFor(rows)...)
	})
}

func jobsFor(rows []Row) []job.Job {
	jobs := make([]job.Job, len(rows))
	for i, r := range rows {
		jobs[i] = job.Job{InstitutionID: r.InstitutionID, UserID: r.UserID, Queue: queueOf(r.Channel), Kind: Send, Subject: r.ID}
	}
	return jobs
}

func queueOf(c notification.Channel) job.Queue {
	if c == notification.Email {
		return job.Mail
	}
	return job.Phone
}

func (r Row) by(c notification.Channel, to string) Row {
	r.ID, r.Channel, r.To, r.Linked = id.New(id.Notice), c, to, true
	return r
}
