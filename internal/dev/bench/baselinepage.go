package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/lib/pq"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/page"
)

const pageSize = 50

func selectPage(from string) string {
	return fmt.Sprintf(`
		SELECT id, kind, status, email, first_name, last_name, created_at, sort_key FROM users
		WHERE institution_id = $1 AND kind = '%s' %s ORDER BY sort_key, id LIMIT %d`, auth.Customer, from, pageSize+1)
}

// The devices of a page, as each database takes a list best.
const (
	selectPageDevices = `
		SELECT user_id, kind, id, label, is_default, disabled_at, address, detected_number_type, override_number_type
		FROM devices WHERE %s AND institution_id = $2 AND removed_at IS NULL ORDER BY user_id, added_at, id`
)

var (
	devicesOfMany       = fmt.Sprintf(selectPageDevices, `user_id = ANY($1)`)
	devicesOfManySQLite = fmt.Sprintf(selectPageDevices, `user_id IN (SELECT value FROM json_each($1))`)
)

type pageJSON struct {
	Users struct {
		Nodes    []*listedJSON `json:"nodes"`
		PageInfo pageInfoJSON  `json:"pageInfo"`
	} `json:"users"`
}

type pageInfoJSON struct {
	HasNextPage bool    `json:"hasNextPage"`
	EndCursor   *string `json:"endCursor"`
}

type userJSON struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind"`
	Status    string    `json:"status"`
	Email     string    `json:"email"`
	FirstName string    `json:"firstName"`
	LastName  string    `json:"lastName"`
	CreatedAt time.Time `json:"createdAt"`
}

type listedJSON struct {
	userJSON
	Devices []any `json:"devices"`
}

type listedDeviceJSON struct {
	Typename   string     `json:"__typename"`
	ID         string     `json:"id"`
	Label      string     `json:"label"`
	IsDefault  bool       `json:"isDefault"`
	DisabledAt *time.Time `json:"disabledAt"`
}

type listedPhoneJSON struct {
	listedDeviceJSON
	PhoneNumber         string `json:"phoneNumber"`
	NumberType          string `json:"numberType"`
	CommunicationMethod string `json:"communicationMethod"`
}

type listedEmailJSON struct {
	listedDeviceJSON
	Address string `json:"address"`
}

func (b *baseline) servePage(w http.ResponseWriter, r *http.Request) {
	page, err := b.pageFor(r)
	answer(w, page, err)
}

func (b *baseline) pageFor(r *http.Request) (*pageJSON, error) {
	c, err := b.caller(r)
	if err != nil {
		return nil, err
	}
	statement, args := b.firstPage, []any{c.institutionID}
	if after := r.URL.Query().Get("after"); after != "" {
		key, err := page.Decode(after, 2)
		if err != nil {
			return nil, refused(http.StatusBadRequest)
		}
		statement, args = b.page, append(args, key[0], key[1])
	}
	answer := &pageJSON{}
	nodes := make([]*listedJSON, 0, pageSize+1)
	var sortKey, lastKey string
	err = b.query(r.Context(), statement, args, func(rows *sql.Rows) error {
		u := &listedJSON{Devices: []any{}}
		lastKey = sortKey
		nodes = append(nodes, u)
		return rows.Scan(&u.ID, &u.Kind, &u.Status, &u.Email, &u.FirstName, &u.LastName, &u.CreatedAt, &sortKey)
	})
	if err != nil {
		return nil, err
	}
	if len(nodes) > pageSize {
		nodes, answer.Users.PageInfo.HasNextPage, sortKey = nodes[:pageSize], true, lastKey
	}
	if len(nodes) > 0 {
		end := page.Encode(sortKey, nodes[len(nodes)-1].ID)
		answer.Users.PageInfo.EndCursor = &end
	}
	answer.Users.Nodes = nodes
	return answer, b.addDevices(r.Context(), c, nodes)
}

func (b *baseline) addDevices(ctx context.Context, c caller, users []*listedJSON) error {
	ids, byID := make([]string, len(users)), make(map[string]*listedJSON, len(users))
	for i, u := range users {
		ids[i], byID[u.ID] = u.ID, u
	}
	list, err := b.list(ids)
	if err != nil {
		return err
	}
	return b.query(ctx, b.devicesOf, []any{list, c.institutionID}, func(rows *sql.Rows) error {
		var d listedDeviceJSON
		var owner, kind, address string
		var detected, override *string
		if err := rows.Scan(&owner, &kind, &d.ID, &d.Label, &d.IsDefault, &d.DisabledAt, &address, &detected, &override); err != nil {
			return err
		}
		u := byID[owner]
		d.Typename = typename(kind)
		switch kind {
		case "PHONE":
			t := numberType(detected, override)
			u.Devices = append(u.Devices, listedPhoneJSON{d, address, t, method(t)})
		case "EMAIL":
			u.Devices = append(u.Devices, listedEmailJSON{d, address})
		default:
			u.Devices = append(u.Devices, d)
		}
		return nil
	})
}

// list returns ids as the database takes them.
func (b *baseline) list(ids []string) (any, error) {
	if b.lists == postgres {
		return pq.Array(ids), nil
	}
	list, err := json.Marshal(ids)
	return string(list), err
}

func typename(kind string) string {
	return map[string]string{"PHONE": "PhoneDevice", "EMAIL": "EmailDevice", "AUTHENTICATOR": "AuthenticatorDevice"}[kind]
}

func numberType(detected, override *string) string {
	switch {
	case override != nil:
		return *override
	case detected != nil:
		return *detected
	}
	return "MOBILE"
}

func method(numberType string) string {
	if numberType == "MOBILE" {
		return "TEXT"
	}
	return "CALL"
}

// numbersIn returns $from to the n-th parameter after it, for an IN.
func numbersIn(from, n int) string {
	parameters := make([]string, n)
	for i := range parameters {
		parameters[i] = fmt.Sprintf("$%d", from+i)
	}
	return strings.Join(parameters, ", ")
}
