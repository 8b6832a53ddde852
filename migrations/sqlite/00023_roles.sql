-- +goose Up
-- A role's permissions each with when and by whom it was put in, as JSON: what was there
-- before this is kept has neither.
ALTER TABLE roles ADD COLUMN given TEXT NOT NULL DEFAULT '';
ALTER TABLE roles ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- Who gave a role, and when: an id, or operator:<name>. NULL for before this is kept.
ALTER TABLE user_roles ADD COLUMN granted_at TIMESTAMP;
ALTER TABLE user_roles ADD COLUMN granted_by TEXT NOT NULL DEFAULT '';
CREATE INDEX user_roles_by_role ON user_roles (role_id);
-- How a user last signed in: a kind of option.
ALTER TABLE users ADD COLUMN last_signed_in_by TEXT NOT NULL DEFAULT '';

-- How often what a staff user may do was changed, which two who change it at once are told
-- apart by, and who last set their level. No row is none of it.
CREATE TABLE staff_access (
  user_id      TEXT PRIMARY KEY REFERENCES users (id),
  version      INTEGER NOT NULL,
  level_set_at TIMESTAMP,
  level_set_by TEXT NOT NULL DEFAULT ''
);
