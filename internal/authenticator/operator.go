package authenticator

import (
	"context"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/user"
)

// Add binds an app whose secret is known already, in Base32. Who may do that is
// the caller's business.
func (s *Service) Add(ctx context.Context, owner user.User, label string, key secret.Text) error {
	if raw, err := base32Secret.DecodeString(key.Reveal()); err != nil || len(raw) < secretBytes {
		return fault.Invalid("secret", "A secret is Base32 of at least %d bits.", 8*secretBytes)
	}
	label, err := device.CheckLabel(label)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	d := draft(owner, label)
	d.AddedAt, d.ConfirmedAt = now, &now
	sealed, err := s.Keys.Seal(key, place(d.ID))
	if err != nil {
		return err
	}
	return s.Store.CreateAuthenticator(ctx, d, Row{Secret: sealed})
}

// reencryptPage is how many secrets are read at once.
const reencryptPage = 500

// Reencrypt writes every secret anew under the primary key and returns their
// number. Apps that go meanwhile are left out.
func (s *Service) Reencrypt(ctx context.Context) (int, error) {
	for n, after := 0, ""; ; {
		rows, err := s.Store.ListAuthenticators(ctx, after, reencryptPage)
		if err != nil || len(rows) == 0 {
			return n, err
		}
		for _, row := range rows {
			ok, err := s.reencrypt(ctx, row)
			if err != nil {
				return n, err
			}
			if ok {
				n++
			}
			after = row.DeviceID
		}
	}
}

func (s *Service) reencrypt(ctx context.Context, row Row) (bool, error) {
	key, err := s.Keys.Open(row.Secret, place(row.DeviceID))
	if err != nil {
		return false, err
	}
	sealed, err := s.Keys.Seal(key, place(row.DeviceID))
	if err != nil {
		return false, err
	}
	return s.Store.ReplaceSecret(ctx, row.DeviceID, row.Secret, sealed)
}
