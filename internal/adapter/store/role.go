package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/sqldb"
	"github.com/factordesk/factordesk/internal/audit"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

// roleRow is a row of roles with how many hold it.
type roleRow struct {
	ID          string `db:"id"`
	Name        string `db:"name"`
	Permissions string `db:"permissions"`
	Given       string `db:"given"`
	Version     int    `db:"version"`
	Members     int    `db:"members"`
}

func (r roleRow) role() (role.Role, error) {
	out := role.Role{ID: r.ID, Name: r.Name, Permissions: splitPermissions(r.Permissions), Version: r.Version, Members: r.Members}
	if r.Given == "" {
		return out, nil
	}
	return out, json.Unmarshal([]byte(r.Given), &out.Given)
}

var roleMade = sqldb.Made{"members": `(
  SELECT COUNT(*) FROM user_roles mr JOIN users m ON m.id = mr.user_id
  WHERE mr.role_id = r.id AND m.institution_id = r.institution_id AND m.disabled_at IS NULL AND m.status <> '` + string(user.Closed) + `')`}

var selectRoles = `SELECT ` + sqldb.ColumnsOf[roleRow]().From("r", roleMade) + ` FROM roles r `

// ListRoles implements role.Store.
func (db *DB) ListRoles(ctx context.Context, institutionID string) ([]role.Role, error) {
	var rows []roleRow
	if err := db.sql.List(ctx, &rows, selectRoles+`WHERE r.institution_id = ? ORDER BY r.name, r.id`, institutionID); err != nil {
		return nil, err
	}
	all := make([]role.Role, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = r.role(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// CreateRole implements role.Store.
func (db *DB) CreateRole(ctx context.Context, institutionID string, r role.Role) error {
	given, err := json.Marshal(r.Given)
	if err != nil {
		return err
	}
	_, err = db.sql.Exec(ctx, "role of this name", `
		INSERT INTO roles (id, institution_id, name, permissions, given, version) VALUES (?, ?, ?, ?, ?, ?)`,
		r.ID, institutionID, r.Name, joinPermissions(r.Permissions), string(given), r.Version)
	return err
}

// UpdateRole implements role.Store.
func (db *DB) UpdateRole(ctx context.Context, institutionID string, r role.Role) (bool, error) {
	given, err := json.Marshal(r.Given)
	if err != nil {
		return false, err
	}
	done := false
	err = db.InTx(ctx, func(ctx context.Context) error {
		members, err := db.ListMembers(ctx, institutionID, r.ID)
		if err != nil {
			return err
		}
		n, err := db.sql.Exec(ctx, "role of this name", `
			UPDATE roles SET name = ?, permissions = ?, given = ?, version = version + 1 WHERE id = ? AND institution_id = ? AND version = ?`,
			r.Name, joinPermissions(r.Permissions), string(given), r.ID, institutionID, r.Version)
		for _, u := range members {
			db.actorChanged(ctx, u.ID)
		}
		done = n == 1
		return err
	})
	return done, err
}

// DeleteRole implements role.Store.
func (db *DB) DeleteRole(ctx context.Context, institutionID, roleID string) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		members, err := db.ListMembers(ctx, institutionID, roleID)
		if err != nil {
			return err
		}
		if _, err := db.sql.Exec(ctx, "role", `
			DELETE FROM user_roles WHERE role_id IN (SELECT r.id FROM roles r WHERE r.id = ? AND r.institution_id = ?)`, roleID, institutionID); err != nil {
			return err
		}
		for _, u := range members {
			db.actorChanged(ctx, u.ID)
		}
		return db.sql.Update(ctx, "role", `DELETE FROM roles WHERE id = ? AND institution_id = ?`, roleID, institutionID)
	})
}

// ListMembers implements role.Store.
func (db *DB) ListMembers(ctx context.Context, institutionID, roleID string) ([]user.User, error) {
	return sqldb.Read(ctx, db.sql, userRow.user, selectUsers+`
		JOIN user_roles ur ON ur.user_id = u.id WHERE ur.role_id = ? AND u.institution_id = ? AND u.status <> ?`, roleID, institutionID, user.Closed)
}

// accessRow is a row of users with what they may do besides roles.
type accessRow struct {
	ID         string                `db:"id"`
	AdminLevel bool                  `db:"admin_level"`
	Removed    string                `db:"removed_permissions"`
	SignedInBy string                `db:"last_signed_in_by"`
	Version    int                   `db:"version"`
	LevelSetAt sqldb.Null[time.Time] `db:"level_set_at"`
	LevelSetBy string                `db:"level_set_by"`
}

var selectAccess = `SELECT ` + sqldb.ColumnsOf[accessRow]().From("u", sqldb.Made{
	"version": "COALESCE(a.version, 0)", "level_set_at": "a.level_set_at", "level_set_by": "COALESCE(a.level_set_by, '')",
}) + ` FROM users u LEFT JOIN staff_access a ON a.user_id = u.id `

// heldRow is a role that a user holds.
type heldRow struct {
	roleRow
	UserID    string                `db:"user_id"`
	GrantedAt sqldb.Null[time.Time] `db:"granted_at"`
	GrantedBy string                `db:"granted_by"`
}

var selectHeld = `SELECT ` + sqldb.ColumnsOf[heldRow]().From("r", sqldb.Made{
	"members": roleMade["members"], "user_id": "ur.user_id", "granted_at": "ur.granted_at", "granted_by": "ur.granted_by",
}) + ` FROM user_roles ur JOIN roles r ON r.id = ur.role_id `

// ListAccess implements role.Store.
func (db *DB) ListAccess(ctx context.Context, institutionID string, userIDs []string) ([]role.Access, error) {
	if len(userIDs) == 0 {
		return nil, nil
	}
	all, err := sqldb.Read(ctx, db.sql, func(r accessRow) role.Access {
		return role.Access{
			UserID: r.ID, AdminLevel: r.AdminLevel, Removed: splitPermissions(r.Removed), SignedInBy: r.SignedInBy, Version: r.Version,
			LevelSet: role.Given{At: r.LevelSetAt.V, By: r.LevelSetBy},
		}
	}, selectAccess+`WHERE u.institution_id = ? AND u.id IN (?) AND u.kind = ? ORDER BY u.id`, institutionID, userIDs, auth.Staff)
	if err != nil {
		return nil, err
	}
	var rows []heldRow
	if err := db.sql.List(ctx, &rows, selectHeld+`WHERE ur.user_id IN (?) AND r.institution_id = ? ORDER BY r.name, r.id`, userIDs, institutionID); err != nil {
		return nil, err
	}
	held := map[string][]role.Held{}
	for _, r := range rows {
		of, err := r.role()
		if err != nil {
			return nil, err
		}
		held[r.UserID] = append(held[r.UserID], role.Held{Role: of, Held: role.Given{At: r.GrantedAt.V, By: r.GrantedBy}})
	}
	for i := range all {
		all[i].Roles = held[all[i].UserID]
	}
	return all, nil
}

// SetAccess implements role.Store.
func (db *DB) SetAccess(ctx context.Context, institutionID string, a role.Access) (bool, error) {
	defer db.actorChanged(ctx, a.UserID)
	ids, given := []string{""}, role.Given{}
	for _, r := range a.Roles {
		ids = append(ids, r.ID)
		if r.Held.At.After(given.At) {
			given = r.Held
		}
	}
	done := false
	err := db.InTx(ctx, func(ctx context.Context) (err error) {
		done, err = db.sql.Once(ctx, `
			INSERT INTO staff_access (user_id, version, level_set_at, level_set_by) VALUES (?, ?, ?, ?)
			ON CONFLICT (user_id) DO UPDATE SET version = excluded.version, level_set_at = excluded.level_set_at, level_set_by = excluded.level_set_by
			WHERE staff_access.version = ?`, a.UserID, a.Version+1, nullable(a.LevelSet.At), a.LevelSet.By, a.Version)
		if err != nil || !done {
			return err
		}
		if err := db.sql.Update(ctx, "staff user", `UPDATE users SET admin_level = ?, removed_permissions = ? WHERE id = ? AND institution_id = ? AND kind = ?`,
			a.AdminLevel, joinPermissions(a.Removed), a.UserID, institutionID, auth.Staff); err != nil {
			return err
		}
		if _, err := db.sql.Exec(ctx, "role", `DELETE FROM user_roles WHERE user_id = ? AND role_id NOT IN (?)`, a.UserID, ids); err != nil {
			return err
		}
		_, err = db.sql.Exec(ctx, "role", `
			INSERT INTO user_roles (user_id, role_id, granted_at, granted_by)
			SELECT u.id, r.id, ?, ? FROM users u JOIN roles r ON r.institution_id = u.institution_id
			WHERE u.id = ? AND u.institution_id = ? AND r.id IN (?)
			ON CONFLICT DO NOTHING`, nullable(given.At), given.By, a.UserID, institutionID, ids)
		return err
	})
	return done, err
}

// useRow is when somebody last did something.
type useRow struct {
	ActorID string    `db:"actor_id"`
	Action  string    `db:"action"`
	At      time.Time `db:"at"`
}

// LastUses implements role.Store.
func (db *DB) LastUses(ctx context.Context, institutionID string, userIDs []string) (map[string]map[string]time.Time, error) {
	byUser := map[string]map[string]time.Time{}
	if len(userIDs) == 0 {
		return byUser, nil
	}
	var rows []useRow
	err := db.sql.List(ctx, &rows, `
		SELECT e.actor_id, e.action, e.at FROM audit_entries e JOIN (
		  SELECT MAX(sequence) AS sequence FROM audit_entries
		  WHERE institution_id = ? AND actor_id IN (?) AND target_id <> actor_id AND outcome = ? GROUP BY actor_id, action
		) newest ON newest.sequence = e.sequence
		WHERE e.institution_id = ?`, institutionID, userIDs, audit.Done, institutionID)
	for _, r := range rows {
		if byUser[r.ActorID] == nil {
			byUser[r.ActorID] = map[string]time.Time{}
		}
		byUser[r.ActorID][r.Action] = r.At
	}
	return byUser, err
}
