package provider

import (
	"context"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// Change is what an administrator changes of an account; nil leaves as it is.
type Change struct {
	// ID is the account's; empty for a new one.
	ID string
	// Version is the one that the administrator saw.
	Version    *int
	Name       *string
	AccountSID *string
	Token      *secret.Text
	// APIKeySID takes the key away if it is empty.
	APIKeySID    *string
	APIKeySecret *secret.Text
	// From and MessagingServiceSID take the sender and the service away if they are empty.
	From                *string
	MessagingServiceSID *string
	Enabled             *bool
	Priority            *int
	BalanceThreshold    *int
	// AcceptNoProvider says that the administrator knows that nothing can be sent any more.
	AcceptNoProvider bool
}

// applied returns an account after a change. Senders may be given as they are dialled in a
// country.
func (c Change) applied(a Account, country string) (Account, error) {
	set(&a.Enabled, c.Enabled)
	set(&a.Priority, c.Priority)
	set(&a.BalanceThreshold, c.BalanceThreshold)
	set(&a.AccountSID, c.AccountSID)
	set(&a.Token, c.Token)
	set(&a.APIKey.SID, c.APIKeySID)
	set(&a.APIKey.Secret, c.APIKeySecret)
	set(&a.MessagingServiceSID, c.MessagingServiceSID)
	if a.APIKey.SID == "" {
		a.APIKey = APIKey{}
	}
	a.Version++
	if c.Name != nil {
		a.Name = text.Typed(*c.Name)
		if !text.IsName(a.Name, 60) {
			return Account{}, fault.Invalid("name", "A name has 1 to 60 characters that can be seen, and none that can't.")
		}
	}
	if c.From != nil {
		a.From = ""
		if *c.From != "" {
			from, err := phone.Parse("sender", *c.From, country)
			if err != nil {
				return Account{}, err
			}
			a.From = from
		}
	}
	return a, a.valid()
}

func (a Account) valid() error {
	switch {
	case !sidForm.MatchString(a.AccountSID):
		return fault.Invalid("accountSid", "An account SID is AC and 32 hexadecimal digits.")
	case !tokenForm.MatchString(a.Token.Reveal()):
		return fault.Invalid("authToken", "An auth token is letters and digits.")
	case a.APIKey.SID != "" && !keyForm.MatchString(a.APIKey.SID):
		return fault.Invalid("apiKeySid", "The SID of an API key is SK and 32 hexadecimal digits.")
	case a.APIKey.SID != "" && !tokenForm.MatchString(a.APIKey.Secret.Reveal()):
		return fault.Invalid("apiKeySecret", "The secret of an API key is letters and digits.")
	case a.MessagingServiceSID != "" && !serviceForm.MatchString(a.MessagingServiceSID):
		return fault.Invalid("messagingServiceSid", "The SID of a messaging service is MG and 32 hexadecimal digits.")
	case a.From == "" && a.MessagingServiceSID == "":
		return fault.Invalid("sender", "Give the number that sends, or a messaging service.")
	case a.Priority < 1 || a.Priority > 100:
		return fault.Invalid("priority", "The priority is 1 to 100; the lowest is asked first.")
	case a.BalanceThreshold < 0 || a.BalanceThreshold > 100_000_00:
		return fault.Invalid("balanceThreshold", "The balance to warn of is 0 to 100,000.")
	}
	return nil
}

// tried asks Twilio whether it takes what is new of an account.
func (s *Service) tried(ctx context.Context, c Change, a Account) error {
	if c.ID == "" || c.Token != nil || c.AccountSID != nil || c.APIKeySID != nil || c.APIKeySecret != nil {
		if err := s.takes(ctx, a, c); err != nil {
			return err
		}
	}
	if a.MessagingServiceSID != "" && (c.ID == "" || c.MessagingServiceSID != nil || c.AccountSID != nil) {
		service, err := s.Prober.ServiceOf(ctx, a)
		if err != nil {
			return err
		}
		if service == nil {
			return fault.Invalid("messagingServiceSid", "Twilio has no such messaging service in this account. Copy its SID from Twilio's console.")
		}
	}
	if a.From == "" || c.ID != "" && c.From == nil && c.AccountSID == nil && c.MessagingServiceSID == nil {
		return nil
	}
	sender, err := s.Prober.SenderOf(ctx, a)
	switch {
	case err != nil:
		return err
	case sender == nil:
		return fault.Invalid("sender", "Twilio has no such number in this account. Give one of its numbers, as its console lists them.")
	case !sender.Texts && a.MessagingServiceSID == "":
		return fault.Invalid("sender", "This number can't text.")
	}
	return nil
}

// takes asks with the token, which signatures need, and with the API key, if there is one.
func (s *Service) takes(ctx context.Context, a Account, c Change) error {
	byToken := a
	byToken.APIKey = APIKey{}
	status, _, err := s.Prober.AccountState(ctx, byToken)
	switch {
	case turnedAway(err):
		return fault.Invalid("authToken", "Twilio turns this token away for this account. Copy both from Twilio's console.")
	case err != nil:
		return err
	case status == "closed":
		return fault.Invalid("accountSid", "Twilio says that this account is closed.")
	case a.APIKey.SID == "":
		return nil
	}
	if _, _, err = s.Prober.AccountState(ctx, a); turnedAway(err) {
		return fault.Invalid("apiKeySecret", "Twilio turns this API key away for this account.")
	}
	return err
}

// details names what was changed, and no secret.
func details(c Change, a Account) map[string]string {
	d := map[string]string{"provider": a.ID, "name": a.Name, "account": "…" + LastFour(a.AccountSID)}
	for name, given := range map[string]bool{
		"authToken": c.Token != nil, "apiKey": c.APIKeySID != nil || c.APIKeySecret != nil, "sender": c.From != nil, "messagingServiceSid": c.MessagingServiceSID != nil,
		"priority": c.Priority != nil, "balanceThreshold": c.BalanceThreshold != nil, "accountSid": c.AccountSID != nil,
	} {
		if given {
			d["changed "+name] = "yes"
		}
	}
	if c.Enabled != nil {
		d["enabled"] = map[bool]string{true: "yes", false: "no"}[*c.Enabled]
	}
	return d
}

func set[T any](into *T, v *T) {
	if v != nil {
		*into = *v
	}
}
