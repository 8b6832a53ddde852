package main

import (
	"regexp"
	"time"

	"github.com/pquerna/otp/totp"
)

var invitationPage = regexp.MustCompile(`http://\S+/admin/invitation#(\S+)`)

// invites invites somebody, who joins by an app.
func (d day) invites(admin *client) {
	const address, chosen = "jo@harbor.example", "moss-joiner-7Q4Z"
	admin.ask(&struct{}{}, `mutation($email: String!) { inviteStaff(input: {email: $email, firstName: "Jo", lastName: "Joiner"}) { user { invitedUntil } } }`, vars{"email": address})
	var link []string
	eventually(d.t, "an invitation", func() bool {
		for _, m := range mailbox(d.Dir + "/var/mail").read(d.t) {
			if m.to == address {
				link = invitationPage.FindStringSubmatch(m.text)
			}
		}
		return link != nil
	})
	d.typed.add("link", link[1])
	d.typed.add("password", chosen)
	c := d.browser()
	c.ask(&struct{}{}, `query($token: String!) { invitation(token: $token) { invitedBy } }`, vars{"token": link[1]})
	var got struct {
		AcceptInvite struct {
			Challenge     challenge
			Authenticator struct{ Secret, URI string }
		}
	}
	c.ask(&got, `mutation($token: String!, $new: String!) {
		acceptInvite(input: {token: $token, newPassword: $new}) { challenge { id options { id } } authenticator { secret uri } } }`, vars{"token": link[1], "new": chosen})
	d.typed.add("challenge id", got.AcceptInvite.Challenge.ID)
	d.typed.add("authenticator secret", got.AcceptInvite.Authenticator.Secret, got.AcceptInvite.Authenticator.URI)
	code, err := totp.GenerateCode(got.AcceptInvite.Authenticator.Secret, time.Now())
	if err != nil {
		d.t.Fatal(err)
	}
	d.typed.add("authenticator code", code)
	c.enter(got.AcceptInvite.Challenge, code)
	if _, a := c.post(`mutation($token: String!) { acceptInvite(input: {token: $token, newPassword: "kettle-moss-7Q4Z-2"}) { challenge { id } } }`,
		vars{"token": link[1]}); a.refused()["acceptInvite"] != "EXPIRED" {
		d.t.Errorf("%+v", a)
	}
}
