package notification

import (
	"context"
	"strings"
	"time"
)

// Notice is something that happened to an account of which its owner is told,
// whether or not it was the owner's doing. A notice holds no code and no secret.
type Notice string

// The notices.
const (
	CodesMade         Notice = "CODES_MADE"
	CodesRevoked      Notice = "CODES_REVOKED"
	NumberTypeChanged Notice = "NUMBER_TYPE_CHANGED"
	FactorPaused      Notice = "FACTOR_PAUSED"
)

// sentences say what happened, in words that serve as text, speech and mail.
var sentences = map[Notice]string{
	CodesMade:         "Backup codes for signing in to your account were made.",
	CodesRevoked:      "The backup codes for signing in to your account were made void.",
	NumberTypeChanged: "The way your sign-in codes reach one of your phones was changed.",
	FactorPaused:      "Someone who knows your password entered wrong codes for your account.",
}

const (
	advice       = "Not you? Call us at once."
	adviceNumber = "Not you? Call us at once at "
)

func (n Notice) message(r Recipient) message {
	what, do := sentences[n], advice
	if r.Institution.SupportPhone != "" {
		do = adviceNumber + r.Institution.SupportPhone + "."
	}
	name := r.Institution.Name
	text := gsm(name) + ": " + what + " " + do
	return message{
		kind: SecurityNotice, validFor: 4 * time.Hour,
		text:   text,
		speech: Speech{Institution: name, Sentences: []string{what, do}},
		mail: Mail{
			Subject: name + ": a change to your account's security",
			Text:    what + "\n\n" + do + "\n\nIf it was you, there is nothing to do. We never ask for your codes.\n\n" + name + "\n",
		},
		logged: map[Channel]string{SMS: text, Voice: name + ". " + what + " " + do, Email: what + " " + do},
	}
}

// isNotice tells whether a text was made from a notice of an institution.
func isNotice(institutionName, body string) bool {
	rest, ok := strings.CutPrefix(body, gsm(institutionName)+": ")
	if !ok {
		return false
	}
	for _, what := range sentences {
		if strings.HasPrefix(rest, what) {
			return true
		}
	}
	return false
}

// SendNotice tells a user. THROTTLED over the daily cap or when the provider
// asks to wait: the message was not sent then, and may be tried again.
func (s *Service) SendNotice(ctx context.Context, r Recipient, n Notice) error {
	if s.UAT && r.Channel != Email {
		return nil // the mail to the same user says it
	}
	if err := s.underCap(ctx, r); err != nil {
		return err
	}
	return s.send(ctx, r, n.message(r))
}
