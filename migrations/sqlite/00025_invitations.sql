-- +goose Up
-- The newest invitation of each of the staff who was invited, and the newest challenge
-- that its link was exchanged for, which alone can spend it.
CREATE TABLE staff_invites (
  user_id        TEXT PRIMARY KEY REFERENCES users (id),
  id             TEXT NOT NULL UNIQUE,
  institution_id TEXT NOT NULL,
  token_hash     TEXT NOT NULL UNIQUE,
  challenge_hash TEXT NOT NULL DEFAULT '',
  invited_by     TEXT NOT NULL,
  created_at     TIMESTAMP NOT NULL,
  expires_at     TIMESTAMP NOT NULL,
  used_at        TIMESTAMP
);
