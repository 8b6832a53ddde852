-- +goose Up
-- Wishes for a link by which to choose a new password, by whatever name was
-- typed, until the mail is sent: one whose turn has come is due.
CREATE TABLE password_reset_requests (
  id          TEXT COLLATE "C" PRIMARY KEY,
  institution TEXT NOT NULL,
  username    TEXT NOT NULL,
  created_at  TIMESTAMPTZ NOT NULL,
  due_at      TIMESTAMPTZ NOT NULL
);
CREATE INDEX password_reset_requests_due ON password_reset_requests (due_at, id);

-- The newest link of each user, and the newest challenge that it was exchanged
-- for, which alone can spend it.
CREATE TABLE password_resets (
  user_id        TEXT COLLATE "C" PRIMARY KEY REFERENCES users (id),
  institution_id TEXT NOT NULL,
  token_hash     TEXT NOT NULL UNIQUE,
  challenge_hash TEXT NOT NULL DEFAULT '',
  expires_at     TIMESTAMPTZ NOT NULL,
  spent_at       TIMESTAMPTZ
);
CREATE INDEX password_resets_over ON password_resets (expires_at);

-- The hash of the password that takes effect when the challenge is met.
ALTER TABLE challenges ADD COLUMN new_password TEXT NOT NULL DEFAULT '';
