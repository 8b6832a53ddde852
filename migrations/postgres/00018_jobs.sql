-- +goose Up
-- What follows a change, and what is done by the clock. A row names what it is about by
-- ids. claim rises with each claim: what is written of a job names the claim that wrote
-- it, and changes nothing once there is a later one. due_at is when it may be claimed
-- and, while it is, when the claim ends.
CREATE TABLE jobs (
  id             TEXT PRIMARY KEY,
  institution_id TEXT NOT NULL,
  user_id        TEXT NOT NULL,
  queue          TEXT NOT NULL,
  kind           TEXT NOT NULL,
  subject        TEXT NOT NULL,
  step           TEXT NOT NULL,
  created_at     TIMESTAMPTZ NOT NULL,
  due_at         TIMESTAMPTZ NOT NULL,
  attempts       INTEGER NOT NULL,
  claim          BIGINT NOT NULL,
  begun_at       TIMESTAMPTZ,
  done_at        TIMESTAMPTZ,
  reason         TEXT NOT NULL
);
CREATE INDEX jobs_due ON jobs (queue, due_at, id) WHERE done_at IS NULL;
CREATE INDEX jobs_listed ON jobs (institution_id, id) WHERE done_at IS NULL OR reason <> '';
CREATE INDEX jobs_done ON jobs (done_at) WHERE done_at IS NOT NULL;

-- What is over is found by these, some rows at a time.
CREATE INDEX sessions_over ON sessions (expires_at);
CREATE INDEX browsers_over ON browsers (created_at);
CREATE INDEX throttle_windows_over ON throttle_windows (closes_at);
CREATE INDEX backup_code_confirmations_over ON backup_code_confirmations (expires_at);
CREATE INDEX one_time_codes_over ON one_time_codes (expires_at);
CREATE INDEX notices_over ON notices (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX authenticators_over ON authenticators (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX devices_removed_apps ON devices (removed_at) WHERE kind = 'AUTHENTICATOR' AND removed_at IS NOT NULL;
