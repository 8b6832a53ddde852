package graph

import (
	"encoding/base64"

	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/invite"
)

func acceptedOf(a invite.Accepted) *model.AcceptInvitePayload {
	payload := &model.AcceptInvitePayload{Challenge: challengeOf(a.Challenge)}
	if a.App != nil {
		payload.Authenticator = &model.InvitedAuthenticator{Secret: a.App.Secret.Reveal(), URI: a.App.URI.Reveal(), QRCodePng: base64.StdEncoding.EncodeToString(a.App.QRCode)}
	}
	return payload
}

func invitationOf(s invite.Shown) *model.Invitation {
	inst := s.Institution
	return &model.Invitation{
		InstitutionName: inst.Name, Institution: inst.Slug, InvitedBy: s.By, FirstName: s.User.FirstName, Email: s.User.Email, ExpiresAt: s.ExpiresAt,
		PhonePermitted: inst.Permits(institution.SMS) || inst.Permits(institution.Voice), AuthenticatorPermitted: inst.Permits(institution.AuthenticatorApp),
	}
}
