// Package authenticator binds and checks apps that make time-based codes (TOTP,
// RFC 6238: SHA-1, 30 seconds, 6 digits, secrets of 160 bits).
//
//	Start     draws a secret, shows it this once, and keeps it encrypted beside a
//	          device that is not confirmed; the next Start replaces it
//	Confirm   binds the app by a first code that is right, within 15 minutes, and
//	          tells the user
//	Match     checks a code at a sign-in
//	Spend     spends its step, in the transaction that completes the sign-in
//
// A step is accepted once, by one conditional update that demands a later step
// than the last: of any number of parallel tries with one code exactly one wins.
//
// Clocks go wrong. A code is looked for at the step that the app's clock should
// show, as far as its drift is known, one step back for whoever types slowly and
// one ahead, and at the true time, in case the clock was put right. What is found
// corrects the drift, never beyond three steps (section 6).
package authenticator

import (
	"bytes"
	"encoding/base32"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/secret"
	"github.com/factordesk/factordesk/internal/user"
)

// bindWithin is how long an app waits for its first code.
const bindWithin = 15 * time.Minute

// Started is an app to bind, with the secret that nobody can read again.
type Started struct {
	Device *device.Authenticator
	// Secret is what to type where no picture can be taken, in Base32.
	Secret secret.Text
	// URI is what the picture says (otpauth).
	URI secret.Text
	// QRCode is the picture, a PNG.
	QRCode []byte
}

var base32Secret = base32.StdEncoding.WithPadding(base32.NoPadding)

// draw makes a secret for a user, and what an app reads it from.
func draw(inst institution.Institution, u user.User) (Started, error) {
	key, err := totp.Generate(totp.GenerateOpts{
		// A colon would end the name.
		Issuer: strings.ReplaceAll(inst.Name, ":", " "), AccountName: u.Email, SecretSize: secretBytes, Period: uint(stepSeconds),
	})
	if err != nil {
		return Started{}, err
	}
	picture, err := key.Image(300, 300)
	if err != nil {
		return Started{}, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return Started{}, err
	}
	return Started{Secret: secret.NewText(key.Secret()), URI: secret.NewText(key.URL()), QRCode: b.Bytes()}, nil
}

func place(deviceID string) secret.Place {
	return secret.Place{Table: "authenticators", Row: deviceID, Column: "secret"}
}
