package twilio

import (
	"context"

	"github.com/twilio/twilio-go/client"
	lookups "github.com/twilio/twilio-go/rest/lookups/v2"

	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/platform/phone"
)

const lookUp = "look the number up"

// Detect implements device.Detector with Lookup v2: INVALID_INPUT if the number
// is not in E.164. A line type that Twilio could not find out is empty.
func (c *Client) Detect(ctx context.Context, institutionID, number string) (device.Detection, error) {
	if !phone.Valid(number) {
		return device.Detection{}, errNotE164()
	}
	account, err := c.accounts.Find(ctx, institutionID)
	if err != nil {
		return device.Detection{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupLimit)
	defer cancel()
	var found *lookups.LookupResponse
	params := (&lookups.FetchPhoneNumberParams{}).SetFields("line_type_intelligence")
	err = c.read(ctx, account, lookUp, func(h *client.RequestHandler) (err error) {
		found, err = lookups.NewApiService(h).FetchPhoneNumber(number, params)
		return err
	})
	switch {
	case err != nil:
		return device.Detection{}, err
	case found.PhoneNumber == nil: // JSON, but not Twilio's: it would read as "not valid"
		return device.Detection{}, errUnusable(lookUp)
	case !found.Valid:
		return device.Detection{}, nil
	}
	line := found.LineTypeIntelligence
	if line.ErrorCode != 0 {
		c.log.WarnContext(ctx, "twilio does not know a number's line type", "number", phone.Mask(number), "code", line.ErrorCode)
		return device.Detection{Valid: true}, nil
	}
	return device.Detection{Valid: true, LineType: line.Type, Carrier: line.CarrierName}, nil
}
