package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"
)

// Session lifetimes (NIST SP 800-63B-4, 2.2.3 asks for at most an hour idle and
// a day in all).
const (
	IdleTimeout     = 30 * time.Minute
	AbsoluteTimeout = 12 * time.Hour
	// touchEvery bounds how often a busy session writes its last use.
	touchEvery = time.Minute
)

// Session is one signed-in browser.
type Session struct {
	ID            string
	UserID        string
	InstitutionID string
	Kind          Kind
	// By is the kind of option that began the session, as package challenge has it.
	By         string
	TokenHash  string
	CreatedAt  time.Time
	LastUsedAt time.Time
	ExpiresAt  time.Time
	// FactorAt is when a second factor that counts for step-up was last proved.
	FactorAt time.Time
	// ByBackupCode marks a session that a backup code began.
	ByBackupCode bool
	// BackupCodeUsedAt is when the backup code was used that the session comes from,
	// itself or by an app that was bound in its session; zero if from none.
	BackupCodeUsedAt time.Time
	// Address and UserAgent say where the session was started.
	Address   string
	UserAgent string
}

// over reports whether the clock has ended the session.
func (s Session) over(now time.Time) bool {
	return !now.Before(s.ExpiresAt) || now.Sub(s.LastUsedAt) >= IdleTimeout
}

// NewToken draws 256 random bits, in URL-safe Base64.
func NewToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // crypto/rand.Read never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// HashToken returns what the database holds of a token.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
