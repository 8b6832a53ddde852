-- +goose Up
-- What a code is for, which of the accounts sent it, and what became of it.
ALTER TABLE notifications ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
ALTER TABLE notifications ADD COLUMN device_id TEXT NOT NULL DEFAULT '';
ALTER TABLE notifications ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE notifications ADD COLUMN provider_id TEXT NOT NULL DEFAULT '';
ALTER TABLE notifications ADD COLUMN accepted_at TIMESTAMP;
ALTER TABLE notifications ADD COLUMN key_pressed_at TIMESTAMP;
ALTER TABLE notifications ADD COLUMN answered_by TEXT NOT NULL DEFAULT '';
ALTER TABLE notifications ADD COLUMN sip_code INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notifications ADD COLUMN segments INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notifications ADD COLUMN price TEXT NOT NULL DEFAULT '';
ALTER TABLE notifications ADD COLUMN keyless INTEGER NOT NULL DEFAULT 0;
CREATE INDEX notifications_codes ON notifications (institution_id, user_id, date, id) WHERE purpose <> '';
CREATE INDEX notifications_subject ON notifications (subject, date, id) WHERE subject <> '';
-- Calls that failed without a reason, for which Twilio is asked once.
CREATE INDEX notifications_failed_calls ON notifications (date)
  WHERE channel = 'VOICE' AND provider_status = 'failed' AND error_code = 0 AND looks = 0 AND sid IS NOT NULL;
-- The attempt that a code went out by, and the code before it, which somebody may still type.
ALTER TABLE one_time_codes ADD COLUMN attempt_id TEXT NOT NULL DEFAULT '';
ALTER TABLE one_time_codes ADD COLUMN previous_mac BLOB;
ALTER TABLE one_time_codes ADD COLUMN previous_attempt_id TEXT NOT NULL DEFAULT '';
-- What became of attempts, besides what their rows say. A code that nobody sent, such as an app's, has its
-- attempt here: the rows that name a channel. The slot keeps a report that comes twice from being two events.
CREATE TABLE code_events (
  attempt_id     TEXT NOT NULL,
  slot           TEXT NOT NULL,
  institution_id TEXT NOT NULL DEFAULT '',
  user_id        TEXT NOT NULL DEFAULT '',
  device_id      TEXT NOT NULL DEFAULT '',
  channel        TEXT NOT NULL DEFAULT '',
  purpose        TEXT NOT NULL DEFAULT '',
  kind           TEXT NOT NULL,
  detail         TEXT NOT NULL DEFAULT '',
  at             TIMESTAMP NOT NULL,
  PRIMARY KEY (attempt_id, slot)
);
CREATE INDEX code_events_tries ON code_events (institution_id, user_id, at, attempt_id) WHERE channel <> '';
CREATE INDEX code_events_at ON code_events (at);

-- +goose Down
DROP TABLE code_events;
ALTER TABLE one_time_codes DROP COLUMN previous_attempt_id;
ALTER TABLE one_time_codes DROP COLUMN previous_mac;
ALTER TABLE one_time_codes DROP COLUMN attempt_id;
DROP INDEX notifications_failed_calls;
DROP INDEX notifications_subject;
DROP INDEX notifications_codes;
ALTER TABLE notifications DROP COLUMN keyless;
ALTER TABLE notifications DROP COLUMN price;
ALTER TABLE notifications DROP COLUMN segments;
ALTER TABLE notifications DROP COLUMN sip_code;
ALTER TABLE notifications DROP COLUMN answered_by;
ALTER TABLE notifications DROP COLUMN key_pressed_at;
ALTER TABLE notifications DROP COLUMN accepted_at;
ALTER TABLE notifications DROP COLUMN provider_id;
ALTER TABLE notifications DROP COLUMN subject;
ALTER TABLE notifications DROP COLUMN device_id;
ALTER TABLE notifications DROP COLUMN purpose;
