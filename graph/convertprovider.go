package graph

import (
	"math"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/provider"
)

func providerModel(a provider.Account) model.SmsProvider {
	out := model.SmsProvider{
		ID: a.ID, Name: a.Name, AccountSid: provider.LastFour(a.AccountSID), TokenLastFour: a.TokenLastFour(),
		TokenChangedAt: a.TokenSetAt, TokenChangedByID: a.TokenSetBy, APIKeySid: orNil(provider.LastFour(a.APIKey.SID)),
		Sender: orNil(a.From), SenderFormatted: orNil(phone.Format(a.From)), MessagingServiceSid: orNil(a.MessagingServiceSID),
		Enabled: a.Enabled, Priority: a.Priority, BalanceThreshold: provider.Balance{Hundredths: a.BalanceThreshold}.Amount(), Version: a.Version,
	}
	if h := a.Health; h != nil {
		out.Health = &model.SmsProviderHealth{Status: h.Status, CheckedAt: h.CheckedAt, Checks: make([]model.SmsProviderCheck, len(h.Checks))}
		for i, c := range h.Checks {
			out.Health.Checks[i] = model.SmsProviderCheck{ID: c.ID, Status: c.Status, Explanation: c.Explanation, FixableBy: orNil(model.FixableBy(c.FixableBy))}
		}
		if h.Balance != nil {
			out.Health.Balance = &model.SmsProviderBalance{Amount: h.Balance.Amount(), Currency: h.Balance.Currency}
		}
	}
	return out
}

func troubleModel(t *provider.Trouble) *model.SendingTrouble {
	if t == nil {
		return nil
	}
	return &model.SendingTrouble{Explanation: t.Explanation, Since: t.Since, CheckedAt: t.CheckedAt, FixableBy: model.FixableBy(t.FixableBy)}
}

func providerChange(in model.SaveSmsProviderInput) (provider.Change, error) {
	c := provider.Change{
		ID: orZero(in.ProviderID.Value()), Version: in.Version.Value(), Name: in.Name.Value(), AccountSID: in.AccountSid.Value(),
		Token: secretOf(in.AuthToken), APIKeySID: in.APIKeySid.Value(), APIKeySecret: secretOf(in.APIKeySecret), From: in.Sender.Value(),
		MessagingServiceSID: in.MessagingServiceSid.Value(), Enabled: in.Enabled.Value(), Priority: in.Priority.Value(),
		AcceptNoProvider: orZero(in.AcceptNoProvider.Value()),
	}
	threshold := in.BalanceThreshold.Value()
	if threshold == nil {
		return c, nil
	}
	amount, err := strconv.ParseFloat(*threshold, 64)
	if err != nil || math.IsNaN(amount) || math.Abs(amount) > 1e9 {
		return c, fault.Invalid("balanceThreshold", "The balance to warn of is an amount such as 10.00.")
	}
	c.BalanceThreshold = new(int(math.Round(amount * 100)))
	return c, nil
}

func secretOf(given graphql.Omittable[*string]) *secret.Text {
	if v := given.Value(); v != nil {
		return new(secret.NewText(*v))
	}
	return nil
}
