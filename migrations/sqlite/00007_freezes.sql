-- +goose Up
-- Links in notices by which a user says that a change was not theirs.
CREATE TABLE not_you_links (
  token_hash     TEXT PRIMARY KEY,
  institution_id TEXT NOT NULL,
  user_id        TEXT NOT NULL REFERENCES users (id),
  notice         TEXT NOT NULL,
  expires_at     TIMESTAMP NOT NULL,
  used_at        TIMESTAMP
);
CREATE INDEX not_you_links_by_user ON not_you_links (user_id);
CREATE INDEX not_you_links_over ON not_you_links (expires_at);

-- Users who are frozen, with the status to which staff return them.
CREATE TABLE freezes (
  user_id   TEXT PRIMARY KEY REFERENCES users (id),
  status    TEXT NOT NULL,
  frozen_at TIMESTAMP NOT NULL
);

-- What is under way for one user is found to be voided.
CREATE INDEX challenges_by_user ON challenges (user_id);
CREATE INDEX backup_code_confirmations_by_user ON backup_code_confirmations (user_id);
