package notification

import (
	"context"
	"encoding/base64"
	"encoding/json"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/secret"
)

// Keys seal what must not be read on its way.
type Keys interface {
	Seal(t secret.Text, p secret.Place) ([]byte, error)
	Open(ciphertext []byte, p secret.Place) (secret.Text, error)
}

// sealed returns a speech that has what it says later sealed for one attempt: the provider
// brings that back when somebody presses a key, or when it knows who answers. So no code is
// stored, and none is left on a voicemail.
func (s *Service) sealed(said Speech, attemptID string) (Speech, error) {
	if said.Ask == "" {
		return said, nil
	}
	later, err := json.Marshal(Speech{Locale: said.Locale, Institution: said.Institution, Sentences: said.Sentences})
	if err != nil {
		return Speech{}, err
	}
	ciphertext, err := s.Keys.Seal(secret.NewText(string(later)), placeOf(attemptID))
	said.Sealed = base64.RawURLEncoding.EncodeToString(ciphertext)
	return said, err
}

func placeOf(attemptID string) secret.Place {
	return secret.Place{Table: "notifications", Row: attemptID, Column: "speech"}
}

// InCall is what the provider asks in the middle of a call, whose signature has been
// checked.
type InCall struct {
	InstitutionID, AttemptID, CallSID string
	// Sealed is what Speech.Sealed was.
	Sealed string
	// AnsweredBy is who picked the call up, where the provider says.
	AnsweredBy string
}

// HandleKey returns what is said to whoever pressed a key in a call, or who answered one
// that wants none: NOT_FOUND unless the call is going on, its code is the newest and good,
// and no machine has answered.
func (s *Service) HandleKey(ctx context.Context, c InCall) (Speech, error) {
	over := fault.Errorf(fault.NotFound, "There is no such call, or its code is over.")
	ciphertext, err := base64.RawURLEncoding.DecodeString(c.Sealed)
	if err != nil || !id.Is(id.Message, c.AttemptID) {
		return Speech{}, over
	}
	if machine(c.AnsweredBy) {
		answered := Receipt{SID: c.CallSID, AnsweredBy: c.AnsweredBy, Status: "in-progress"}
		if err := s.Store.SettleNotification(ctx, c.InstitutionID, c.AttemptID, answered, s.Clock.Now()); err != nil {
			return Speech{}, err
		}
		return Speech{}, over
	}
	opened, err := s.Keys.Open(ciphertext, placeOf(c.AttemptID))
	if err != nil {
		return Speech{}, over
	}
	pressed, err := s.Store.PressKey(ctx, c.InstitutionID, c.AttemptID, c.CallSID, s.Clock.Now())
	if err != nil {
		return Speech{}, err
	}
	if !pressed {
		return Speech{}, over
	}
	var said Speech
	return said, json.Unmarshal([]byte(opened.Reveal()), &said)
}
