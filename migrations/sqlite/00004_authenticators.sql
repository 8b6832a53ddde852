-- +goose Up
-- What the codes of an authenticator app are made from, and what they have shown.
-- expires_at is set while the app waits for its first code; bound_in is the
-- session in which that came.
CREATE TABLE authenticators (
  device_id  TEXT PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
  secret     BLOB NOT NULL,
  last_step  INTEGER NOT NULL,
  drift      INTEGER NOT NULL,
  late       BOOLEAN NOT NULL,
  expires_at TIMESTAMP,
  bound_in   TEXT NOT NULL DEFAULT ''
);
-- A user sets up one app at a time.
CREATE UNIQUE INDEX devices_to_bind ON devices (user_id) WHERE kind = 'AUTHENTICATOR' AND confirmed_at IS NULL AND removed_at IS NULL;
