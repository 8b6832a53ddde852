package desktest

// The documents of a sign-in.
const (
	SignIn = `mutation($institution: String!, $username: String!, $password: String!) {
		signIn(input: {institution: $institution, username: $username, password: $password}) {
			challenge { id step options { id kind label } expiresAt } } }`
	SendCode = `mutation($challenge: ID!, $option: ID!) {
		sendCode(input: {challengeId: $challenge, optionId: $option}) { retryAfterSeconds expiresAt } }`
	VerifyCode = `mutation($challenge: ID!, $option: ID!, $code: String!) {
		verifyCode(input: {challengeId: $challenge, optionId: $option, code: $code}) { viewer { user { id } } challenge { id } } }`
	StartStepUp = `mutation { startStepUp { challenge { id step options { id kind label } expiresAt } } }`
)

// Slug returns the short name of a person's institution.
func (d *Desk) Slug(p Person) string {
	inst, err := d.Institutions.Find(d.t.Context(), p.InstitutionID)
	d.must(err)
	return inst.Slug
}

// Challenge types a person's password, and returns the variables that name the
// challenge and its first option.
func (c *Client) Challenge(p Person) V {
	c.desk.t.Helper()
	a := c.Do(SignIn, V{"institution": c.desk.Slug(p), "username": p.Email, "password": Password}).OK()
	return V{"challenge": a.Text("signIn.challenge.id"), "option": a.Text("signIn.challenge.options.0.id")}
}

// SignIn signs a person in by password and the code that comes to their phone,
// and returns the last answer.
func (c *Client) SignIn(p Person) Answer {
	c.desk.t.Helper()
	v := c.Challenge(p)
	c.Do(SendCode, v).OK()
	v["code"] = c.desk.Twilio.NextCode(p.Phone.PhoneNumber)
	return c.Do(VerifyCode, v)
}

// StepUp makes the factor of a person who is signed in fresh, and returns the last
// answer.
func (c *Client) StepUp(p Person) Answer {
	c.desk.t.Helper()
	a := c.Do(StartStepUp).OK()
	v := V{"challenge": a.Text("startStepUp.challenge.id"), "option": a.Text("startStepUp.challenge.options.0.id")}
	c.Do(SendCode, v).OK()
	v["code"] = c.desk.Twilio.NextCode(p.Phone.PhoneNumber)
	return c.Do(VerifyCode, v)
}
