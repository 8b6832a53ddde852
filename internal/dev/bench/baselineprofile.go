package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/notification/explain"
	"github.com/factordesk/factordesk/internal/platform/page"
)

const (
	historySize = 20
	// mostNumbers is how many numbers of one profile the baseline can look up.
	mostNumbers = 5

	selectUser   = `SELECT id, kind, status, email, first_name, last_name, created_at FROM users WHERE id = $1 AND institution_id = $2`
	devicesOfOne = `
		SELECT kind, id, label, is_default, added_at, confirmed_at, last_used_at, disabled_at, address,
		  detected_number_type, carrier, override_number_type, override_reason, override_at
		FROM devices WHERE user_id = $1 AND institution_id = $2 AND removed_at IS NULL ORDER BY added_at, id`
	selectCodes = `
		SELECT s.generated_at, s.expires_at, s.voided_at, s.purpose, c.used_at
		FROM backup_code_sets s JOIN backup_codes c ON c.set_id = s.id
		WHERE s.id = (SELECT id FROM backup_code_sets WHERE user_id = $1 AND institution_id = $2 ORDER BY generated_at DESC, id DESC LIMIT 1)
		ORDER BY c.position`
)

func selectRefreshes(numbers int) string {
	return fmt.Sprintf(`SELECT refreshed_at FROM notification_refreshes WHERE institution_id = $1 AND recipient IN (%s) ORDER BY refreshed_at`,
		numbersIn(2, numbers))
}

func selectTexts(numbers int) string {
	each := make([]string, numbers)
	for i := range each {
		each[i] = fmt.Sprintf(`SELECT * FROM (
			SELECT id, sid, date, sent_at, provider_status, body, sender, recipient, kind, error_code FROM notifications
			WHERE institution_id = $1 AND recipient = $%d AND channel = 'SMS' ORDER BY date DESC, id DESC LIMIT %d) AS one`, i+2, historySize+1)
	}
	return fmt.Sprintf(`SELECT * FROM (%s) AS every ORDER BY date DESC, id DESC LIMIT %d`, strings.Join(each, " UNION ALL "), historySize+1)
}

type profileJSON struct {
	User *personJSON `json:"user"`
}

type personJSON struct {
	userJSON
	Devices     []any        `json:"devices"`
	BackupCodes *codesJSON   `json:"backupCodes"`
	History     *historyJSON `json:"notificationHistory"`
}

type deviceJSON struct {
	Typename    string     `json:"__typename"`
	ID          string     `json:"id"`
	Label       string     `json:"label"`
	IsDefault   bool       `json:"isDefault"`
	AddedAt     time.Time  `json:"addedAt"`
	ConfirmedAt *time.Time `json:"confirmedAt"`
	LastUsedAt  *time.Time `json:"lastUsedAt"`
	DisabledAt  *time.Time `json:"disabledAt"`
}

type phoneJSON struct {
	deviceJSON
	PhoneNumber         string        `json:"phoneNumber"`
	NumberType          string        `json:"numberType"`
	DetectedNumberType  *string       `json:"detectedNumberType"`
	Override            *overrideJSON `json:"numberTypeOverride"`
	CommunicationMethod string        `json:"communicationMethod"`
	Carrier             *string       `json:"carrier"`
	CallerIDExpectation string        `json:"callerIdExpectation"`
}

type overrideJSON struct {
	NumberType string    `json:"numberType"`
	Reason     string    `json:"reason"`
	At         time.Time `json:"at"`
}

type emailJSON struct {
	deviceJSON
	Address string `json:"address"`
}

type codesJSON struct {
	Total       int        `json:"total"`
	Remaining   int        `json:"remaining"`
	GeneratedAt time.Time  `json:"generatedAt"`
	ExpiresAt   *time.Time `json:"expiresAt"`
	Purpose     string     `json:"purpose"`
	Codes       []codeJSON `json:"codes"`
}

type codeJSON struct {
	Status string     `json:"status"`
	UsedAt *time.Time `json:"usedAt"`
}

type historyJSON struct {
	UnavailableReason *string    `json:"unavailableReason"`
	AsOf              *time.Time `json:"asOf"`
	Stale             bool       `json:"stale"`
	StaleReason       *string    `json:"staleReason"`
	Messages          struct {
		Nodes    []textJSON   `json:"nodes"`
		PageInfo pageInfoJSON `json:"pageInfo"`
	} `json:"messages"`
}

type textJSON struct {
	SID    *string    `json:"sid"`
	Date   time.Time  `json:"date"`
	Status string     `json:"status"`
	Body   string     `json:"body"`
	From   *string    `json:"from"`
	To     string     `json:"to"`
	Kind   string     `json:"kind"`
	Error  *errorJSON `json:"error"`
}

type errorJSON struct {
	Code        *int          `json:"code"`
	Title       string        `json:"title"`
	Explanation string        `json:"explanation"`
	WhoCanFix   []explain.Who `json:"whoCanFix"`
	Remedy      string        `json:"remedy"`
	DocsURL     string        `json:"docsUrl"`
}

func (b *baseline) serveProfile(w http.ResponseWriter, r *http.Request) {
	profile, err := b.profileFor(r)
	answer(w, profile, err)
}

func (b *baseline) profileFor(r *http.Request) (*profileJSON, error) {
	c, err := b.caller(r)
	if err != nil {
		return nil, err
	}
	ctx, p := r.Context(), &personJSON{Devices: []any{}}
	b.statements.Add(1)
	err = b.user.QueryRowContext(ctx, r.PathValue("id"), c.institutionID).
		Scan(&p.ID, &p.Kind, &p.Status, &p.Email, &p.FirstName, &p.LastName, &p.CreatedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, refused(http.StatusNotFound)
	}
	if err != nil {
		return nil, err
	}
	numbers, err := b.addProfileDevices(ctx, c, p)
	if err != nil {
		return nil, err
	}
	if err := b.addCodes(ctx, c, p); err != nil {
		return nil, err
	}
	if c.can(auth.ViewNotificationHistory) {
		p.History, err = b.history(ctx, c, numbers)
	}
	return &profileJSON{p}, err
}

func (b *baseline) addProfileDevices(ctx context.Context, c caller, p *personJSON) (numbers []any, err error) {
	err = b.query(ctx, b.devices, []any{p.ID, c.institutionID}, func(rows *sql.Rows) error {
		var d deviceJSON
		var kind, address string
		var detected, carrier, overrideType, reason *string
		var overrideAt *time.Time
		if err := rows.Scan(&kind, &d.ID, &d.Label, &d.IsDefault, &d.AddedAt, &d.ConfirmedAt, &d.LastUsedAt, &d.DisabledAt, &address,
			&detected, &carrier, &overrideType, &reason, &overrideAt); err != nil {
			return err
		}
		d.Typename = typename(kind)
		switch kind {
		case "PHONE":
			if !slices.Contains(numbers, any(address)) {
				numbers = append(numbers, address)
			}
			phone := phoneJSON{deviceJSON: d, PhoneNumber: address, NumberType: numberType(detected, overrideType), DetectedNumberType: detected, Carrier: carrier}
			if overrideType != nil {
				phone.Override = &overrideJSON{*overrideType, *reason, *overrideAt}
			}
			phone.CommunicationMethod, phone.CallerIDExpectation = method(phone.NumberType), expectation(phone.NumberType)
			p.Devices = append(p.Devices, phone)
		case "EMAIL":
			p.Devices = append(p.Devices, emailJSON{d, address})
		default:
			p.Devices = append(p.Devices, d)
		}
		return nil
	})
	return numbers, err
}

// expectation takes the sentence from the product: a sentence of its own would
// differ one day.
func expectation(numberType string) string {
	t := device.NumberType(numberType)
	return (&device.Phone{DetectedNumberType: &t}).CallerIDExpectation()
}

func (b *baseline) addCodes(ctx context.Context, c caller, p *personJSON) error {
	now := time.Now()
	return b.query(ctx, b.codes, []any{p.ID, c.institutionID}, func(rows *sql.Rows) error {
		if p.BackupCodes == nil {
			p.BackupCodes = &codesJSON{Codes: make([]codeJSON, 0, codesInSet)}
		}
		s, code := p.BackupCodes, codeJSON{Status: "UNUSED"}
		var voided *time.Time
		if err := rows.Scan(&s.GeneratedAt, &s.ExpiresAt, &voided, &s.Purpose, &code.UsedAt); err != nil {
			return err
		}
		switch {
		case code.UsedAt != nil:
			code.Status = "USED"
		case voided != nil && (s.ExpiresAt == nil || voided.Before(*s.ExpiresAt)):
			code.Status = "VOIDED"
		case s.ExpiresAt != nil && !now.Before(*s.ExpiresAt):
			code.Status = "EXPIRED"
		default:
			s.Remaining++
		}
		s.Total++
		s.Codes = append(s.Codes, code)
		return nil
	})
}

func (b *baseline) history(ctx context.Context, c caller, numbers []any) (*historyJSON, error) {
	h := &historyJSON{}
	h.Messages.Nodes = make([]textJSON, 0, historySize+1)
	if len(numbers) == 0 || len(numbers) > mostNumbers {
		return h, nil
	}
	args := append([]any{c.institutionID}, numbers...)
	refreshed := 0
	if err := b.query(ctx, b.refreshes[len(numbers)-1], args, func(rows *sql.Rows) error {
		var at time.Time
		if err := rows.Scan(&at); err != nil {
			return err
		}
		if refreshed++; h.AsOf == nil {
			h.AsOf = &at
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if refreshed < len(numbers) {
		h.AsOf = nil
	}
	return h, b.addTexts(ctx, h, numbers, args)
}

func (b *baseline) addTexts(ctx context.Context, h *historyJSON, numbers, args []any) error {
	now, lastID := time.Now(), ""
	err := b.query(ctx, b.texts[len(numbers)-1], args, func(rows *sql.Rows) error {
		var t textJSON
		var id, sender, status string
		var sent *time.Time
		var code int
		if err := rows.Scan(&id, &t.SID, &t.Date, &sent, &status, &t.Body, &sender, &t.To, &t.Kind, &code); err != nil {
			return err
		}
		if len(h.Messages.Nodes) == historySize {
			h.Messages.PageInfo.HasNextPage = true
			return nil
		}
		if sender != "" {
			t.From = &sender
		}
		t.Status = string(notification.Notification{ProviderStatus: status, Date: t.Date, SentAt: sent}.Status(now))
		t.Error = explained(t.Status, code)
		h.Messages.Nodes = append(h.Messages.Nodes, t)
		lastID = id
		return nil
	})
	if n := len(h.Messages.Nodes); n > 0 {
		end := page.Encode(page.Time(h.Messages.Nodes[n-1].Date), lastID)
		h.Messages.PageInfo.EndCursor = &end
	}
	return err
}

func explained(status string, code int) *errorJSON {
	switch notification.Status(status) {
	case notification.Failed, notification.Undelivered, notification.DeliveryUnknown:
	default:
		return nil
	}
	e := explain.WithoutCode(explain.Outcome(status))
	var shown *int
	if code != 0 {
		e, shown = explain.Code(code), &code
	}
	return &errorJSON{shown, e.Title, e.Explanation, e.WhoCanFix, e.Remedy, e.DocsURL}
}
