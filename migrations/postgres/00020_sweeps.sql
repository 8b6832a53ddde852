-- +goose Up
-- When an authenticator was last tried in a kind of browser. NULL is for tries that only
-- a version before this one counted.
ALTER TABLE throttle_attempts ADD COLUMN tried_at TIMESTAMPTZ;
UPDATE throttle_attempts SET tried_at = now();

-- What a message counted of which nobody knows whether it left, and until when: it is
-- given back should the provider turn out not to have it.
CREATE TABLE send_allowances (
  notification_id TEXT PRIMARY KEY,
  key             TEXT NOT NULL,
  closes_at       TIMESTAMPTZ NOT NULL
);
CREATE INDEX notifications_unanswered ON notifications (date) WHERE provider_status = 'attempted';

-- What is over is found by these, some rows at a time.
CREATE INDEX send_allowances_over ON send_allowances (closes_at);
CREATE INDEX throttle_attempts_over ON throttle_attempts (tried_at);
CREATE INDEX notification_refreshes_over ON notification_refreshes (refreshed_at);
CREATE INDEX password_reset_requests_over ON password_reset_requests (created_at);
CREATE INDEX backup_code_sets_void ON backup_code_sets (voided_at) WHERE voided_at IS NOT NULL;
CREATE INDEX backup_code_sets_over ON backup_code_sets (expires_at) WHERE voided_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX backup_codes_used ON backup_codes (used_at) WHERE used_at IS NOT NULL;
