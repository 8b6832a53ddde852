package provider

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// Status is how something stands.
type Status string

// The statuses.
const (
	Pass    Status = "PASS"
	Warning Status = "WARNING"
	Fail    Status = "FAIL"
	// Unknown is where nobody could be asked: never taken for Pass.
	Unknown Status = "UNKNOWN"
	// NotApplicable is where there is nothing to ask.
	NotApplicable Status = "NOT_APPLICABLE"
)

// CheckID names a check.
type CheckID string

// The checks, in the order in which one explains the next.
const (
	CheckEnabled     CheckID = "ENABLED"
	CheckCredentials CheckID = "CREDENTIALS"
	CheckAccount     CheckID = "ACCOUNT"
	CheckBalance     CheckID = "BALANCE"
	CheckSender      CheckID = "SENDER"
	CheckStatusPage  CheckID = "STATUS_PAGE"
)

// Who can mend what a check found.
const (
	byAdmin  = "INSTITUTION_ADMIN"
	byTwilio = "PROVIDER"
)

// Check is what was found about one thing.
type Check struct {
	ID          CheckID `json:"id"`
	Status      Status  `json:"status"`
	Explanation string  `json:"explanation"`
	// FixableBy is who can mend it; empty where nothing is to be mended.
	FixableBy string `json:"fixableBy,omitempty"`
}

// Health is how an account stood when Twilio was asked.
type Health struct {
	// Status is the worst of the checks.
	Status    Status    `json:"status"`
	CheckedAt time.Time `json:"checkedAt"`
	// FailingSince is since when no code leaves whenever it is asked; nil if codes leave.
	FailingSince *time.Time `json:"failingSince,omitempty"`
	Checks       []Check    `json:"checks"`
	// Balance is what is left in the account; nil where Twilio does not tell.
	Balance *Balance `json:"balance,omitempty"`
}

// Balance is an amount in hundredths of a currency.
type Balance struct {
	Hundredths int    `json:"hundredths"`
	Currency   string `json:"currency"`
}

// Amount returns the amount as Twilio writes it, such as 12.30.
func (b Balance) Amount() string {
	sign, n := "", b.Hundredths
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// Prober asks Twilio about an account. An error is the provider's, with its code.
type Prober interface {
	// AccountState returns the status of an account, such as active, and whether it is one
	// for trial.
	AccountState(ctx context.Context, a Account) (status string, trial bool, err error)
	// BalanceOf returns what is left in an account; ok is false where it has no balance of
	// its own, being another's subaccount.
	BalanceOf(ctx context.Context, a Account) (b Balance, ok bool, err error)
	// SenderOf returns what the sender of an account can do; nil if it has none of that
	// number.
	SenderOf(ctx context.Context, a Account) (*Sender, error)
	// ServiceOf returns the messaging service of an account; nil if it has none of that
	// SID.
	ServiceOf(ctx context.Context, a Account) (*MessagingService, error)
	// StatusPage returns what Twilio says to everybody of how it is.
	StatusPage(ctx context.Context) (StatusPage, error)
}

// MessagingService sends texts by whichever of its senders it picks.
type MessagingService struct{ Senders int }

// StatusPage is what a provider says of itself: none, minor, major or critical, and its
// words for it.
type StatusPage struct{ Indicator, Description string }

// Sender is a number of an account.
type Sender struct{ Texts, Calls bool }

// probe asks Twilio how an account stands. What the status page says is asked by page.
func (s *Service) probe(ctx context.Context, a Account, page func() Check) Health {
	h := Health{CheckedAt: s.Clock.Now()}
	h.Checks = append(h.Checks, enabled(a))
	status, trial, err := s.Prober.AccountState(ctx, a)
	h.Checks = append(h.Checks, credentials(err), accountState(status, trial, err))
	if err == nil {
		balance, ok, err := s.Prober.BalanceOf(ctx, a)
		h.Checks = append(h.Checks, balanceCheck(a, balance, ok, err))
		if err == nil && ok {
			h.Balance = &balance
		}
		h.Checks = append(h.Checks, s.sender(ctx, a))
	} else {
		why := "Twilio could not be asked: see above."
		h.Checks = append(h.Checks, Check{CheckBalance, Unknown, why, ""}, Check{CheckSender, Unknown, why, ""})
	}
	h.Checks = append(h.Checks, page())
	h.Status = worst(h.Checks)
	return h
}

// sender asks about what sends: the messaging service, if there is one, and the number.
func (s *Service) sender(ctx context.Context, a Account) Check {
	if a.MessagingServiceSID != "" {
		service, err := s.Prober.ServiceOf(ctx, a)
		switch {
		case err != nil:
			return Check{CheckSender, Unknown, "Twilio did not tell about the messaging service.", byTwilio}
		case service == nil:
			return Check{CheckSender, Fail, "The account has no such messaging service: Twilio refuses every text. Give one of the account's, or none.", byAdmin}
		case service.Senders == 0:
			return Check{CheckSender, Fail, "The messaging service has no sender: Twilio refuses every text (21703). Add a number to it in Twilio's console.", byAdmin}
		}
	}
	sender, err := s.Prober.SenderOf(ctx, a)
	return senderCheck(a, sender, err)
}

// statusPage asks in the background what the status page says, which waits for nothing
// else, and returns a function that waits for the answer.
func (s *Service) statusPage(ctx context.Context) func() Check {
	asked := make(chan Check, 1)
	go func() { asked <- statusPageCheck(s.Prober.StatusPage(ctx)) }()
	return sync.OnceValue(func() Check { return <-asked })
}

func statusPageCheck(page StatusPage, err error) Check {
	words := page.Description
	if !text.IsLine(words, 200) {
		words = page.Indicator
	}
	switch {
	case err != nil:
		return Check{CheckStatusPage, Unknown, "Twilio's status page gave no answer.", byTwilio}
	case page.Indicator == "none":
		return Check{CheckStatusPage, Pass, "Twilio's status page tells of no trouble.", ""}
	case page.Indicator == "minor":
		return Check{CheckStatusPage, Warning, fmt.Sprintf("Twilio's status page says “%s”: some codes may be late. See status.twilio.com.", words), byTwilio}
	case page.Indicator == "major", page.Indicator == "critical":
		return Check{CheckStatusPage, Fail, fmt.Sprintf("Twilio's status page says “%s”: codes may be late or not arrive. See status.twilio.com.", words), byTwilio}
	}
	return Check{CheckStatusPage, Unknown, "Twilio's status page says something that is not known here. See status.twilio.com.", byTwilio}
}

// stops returns the first check that keeps codes from leaving; nil if none does. What the
// status page says of all of Twilio does not: most codes leave all the same.
func (h Health) stops() *Check {
	for _, c := range h.Checks {
		if c.Status == Fail && c.ID != CheckStatusPage {
			return &c
		}
	}
	return nil
}

// Sends reports whether Twilio answered for an account, and nothing kept codes from leaving.
func (h *Health) Sends() bool {
	if h == nil || h.stops() != nil {
		return false
	}
	for _, c := range h.Checks {
		if c.ID == CheckCredentials {
			return c.Status == Pass
		}
	}
	return false
}

// worst returns what a whole stands by: one that fails makes it fail, what nobody knows
// is worse than a warning.
func worst(checks []Check) Status {
	for _, status := range []Status{Fail, Unknown, Warning} {
		for _, c := range checks {
			if c.Status == status {
				return status
			}
		}
	}
	return Pass
}

func enabled(a Account) Check {
	if !a.Enabled {
		return Check{CheckEnabled, Warning, "It is switched off here, so nothing is sent through it.", byAdmin}
	}
	return Check{CheckEnabled, Pass, "It is switched on.", ""}
}

func credentials(err error) Check {
	switch {
	case err == nil:
		return Check{CheckCredentials, Pass, "Twilio takes the credentials.", ""}
	case turnedAway(err):
		return Check{CheckCredentials, Fail, "Twilio turns the credentials away (20003): the token or the API key was changed there, or the account is closed. " +
			"No text and no call leaves until the new one is stored here.", byAdmin}
	default:
		return Check{CheckCredentials, Unknown, unreachable, byTwilio}
	}
}

const unreachable = "Twilio gave no answer, so nobody knows. It is asked again in a few minutes."

// turnedAway reports whether Twilio refused credentials.
func turnedAway(err error) bool {
	return fault.CodeOf(err) == fault.ProviderError
}

func accountState(status string, trial bool, err error) Check {
	switch {
	case err != nil:
		return Check{CheckAccount, Unknown, "Twilio did not tell how the account stands.", ""}
	case status != "active":
		return Check{CheckAccount, Fail, fmt.Sprintf("Twilio says that the account is %s: nothing is sent. Ask Twilio why, in its console.", status), byAdmin}
	case trial:
		return Check{CheckAccount, Warning, "It is an account for trial: Twilio sends to numbers only that were verified there, and puts words of its own before each text. Upgrade it in Twilio's console.", byAdmin}
	}
	return Check{CheckAccount, Pass, "The account is active.", ""}
}

func balanceCheck(a Account, b Balance, ok bool, err error) Check {
	switch {
	case err != nil:
		return Check{CheckBalance, Unknown, "Twilio did not tell the balance.", byTwilio}
	case !ok:
		return Check{CheckBalance, Unknown, "A subaccount has no balance of its own: look at that of its main account in Twilio's console.", byAdmin}
	case b.Hundredths <= 0:
		return Check{CheckBalance, Fail, fmt.Sprintf("The balance is %s %s: Twilio sends nothing until the account is paid for.", b.Amount(), b.Currency), byAdmin}
	case b.Hundredths < a.BalanceThreshold:
		return Check{CheckBalance, Warning, fmt.Sprintf("The balance is %s %s, below %s: pay in before it is used up.", b.Amount(), b.Currency, Balance{Hundredths: a.BalanceThreshold}.Amount()), byAdmin}
	}
	return Check{CheckBalance, Pass, fmt.Sprintf("The balance is %s %s.", b.Amount(), b.Currency), ""}
}

func senderCheck(a Account, sender *Sender, err error) Check {
	switch {
	case a.From == "":
		return Check{CheckSender, Warning, "Texts go out through the messaging service, but there is no number to call from: nobody gets a code by call.", byAdmin}
	case err != nil:
		return Check{CheckSender, Unknown, "Twilio did not tell about the sender.", byTwilio}
	case sender == nil:
		return Check{CheckSender, Fail, "The sender is no number of this account: Twilio refuses what is sent from it (21606). Buy it there, or give one that is the account's.", byAdmin}
	case !sender.Texts && a.MessagingServiceSID == "":
		return Check{CheckSender, Fail, "The sender can't text: no code goes out by text.", byAdmin}
	case !sender.Calls:
		return Check{CheckSender, Warning, "The sender can't call: nobody gets a code by call.", byAdmin}
	}
	return Check{CheckSender, Pass, "The sender is the account's, and can text and call.", ""}
}
