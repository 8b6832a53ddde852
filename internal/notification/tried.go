package notification

import "github.com/factordesk/factordesk/internal/platform/fault"

// Try is an account that did not send a message, surely, and why: the next was asked after
// it, if there was one.
type Try struct {
	ProviderID string
	Code       fault.Code
	// ProviderCode is the provider's own, 0 for none.
	ProviderCode int
}
