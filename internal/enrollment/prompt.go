package enrollment

import (
	"context"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/user"
)

// PromptKind is what a signed-in customer should do next.
type PromptKind string

// The prompts, the most pressing first.
const (
	CallUs              PromptKind = "ACCOUNT_FROZEN"
	CompletePreferences PromptKind = "COMPLETE_PREFERENCES"
	NoBackupCodes       PromptKind = "NO_BACKUP_CODES"
	LastBackupCode      PromptKind = "LAST_BACKUP_CODE"
	AddAuthenticator    PromptKind = "ADD_AUTHENTICATOR"
)

// Prompts lists every prompt; package words has what each says.
func Prompts() []PromptKind {
	return []PromptKind{CallUs, CompletePreferences, NoBackupCodes, LastBackupCode, AddAuthenticator}
}

// Prompt is shown to a customer until it is followed.
type Prompt struct {
	Kind PromptKind
	// Message is in the language of the customer's page.
	Message string
	// Link is the path of the banking client's page where it is done; nil if it is
	// done on the telephone.
	Link *string
}

// The pages of the banking client.
var (
	preferencesPage   = "/banking/preferences"
	authenticatorPage = "/banking/add/app"
	codesPage         = "/banking/backup-codes"
)

// Prompts returns what the actor should do next; nothing to staff.
func (s *Service) Prompts(ctx context.Context) ([]Prompt, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil || actor.Kind != auth.Customer {
		return []Prompt{}, err
	}
	inst, err := s.Institutions.Find(ctx, actor.InstitutionID)
	if err != nil {
		return nil, err
	}
	u, err := s.Store.FindUser(ctx, actor.InstitutionID, actor.UserID)
	if err != nil {
		return nil, err
	}
	text := message.In(auth.Language(ctx, u.Language)).Prompts
	prompts := []Prompt{}
	add := func(k PromptKind, link *string) { prompts = append(prompts, Prompt{k, text[string(k)], link}) }
	switch u.Status {
	case user.Frozen:
		add(CallUs, nil)
		return prompts, nil
	case user.Enrolling:
		add(CompletePreferences, &preferencesPage)
		return prompts, nil
	}
	has, err := s.has(ctx, inst, u)
	if err != nil {
		return nil, err
	}
	switch {
	case has.codes == 0 && !has.device:
		add(NoBackupCodes, nil)
	case has.codes == 1 && inst.Permits(institution.BackupCodes):
		add(LastBackupCode, &codesPage)
	case has.codes == 1:
		add(LastBackupCode, nil)
	}
	if !has.app && inst.Permits(institution.AuthenticatorApp) {
		add(AddAuthenticator, &authenticatorPage)
	}
	return prompts, nil
}

// ways are what a user can sign in with.
type ways struct {
	app, device bool
	codes       int
}

func (s *Service) has(ctx context.Context, inst institution.Institution, u user.User) (ways, error) {
	var w ways
	devices, err := s.Store.ListDevices(ctx, inst.ID, []string{u.ID})
	if err != nil {
		return w, err
	}
	for _, d := range devices {
		if !device.Usable(inst, d) {
			continue
		}
		w.device = true
		if _, ok := d.(*device.Authenticator); ok {
			w.app = true
		}
	}
	w.codes, err = s.BackupCodes.Left(ctx, inst, u)
	return w, err
}
