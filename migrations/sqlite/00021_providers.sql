-- +goose Up
-- An institution may have several accounts. Which one sends: the enabled one of the
-- lowest priority.
CREATE TABLE sms_providers_new (
  id                    TEXT PRIMARY KEY,
  institution_id        TEXT NOT NULL REFERENCES institutions (id),
  account_sid           TEXT NOT NULL UNIQUE,
  token                 BLOB NOT NULL,
  sender                TEXT NOT NULL,
  enabled               BOOLEAN NOT NULL,
  created_at            TIMESTAMP NOT NULL,
  name                  TEXT NOT NULL DEFAULT 'Twilio',
  messaging_service_sid TEXT NOT NULL DEFAULT '',
  priority              INTEGER NOT NULL DEFAULT 1,
  -- In hundredths of the account's currency.
  balance_threshold     INTEGER NOT NULL DEFAULT 1000,
  api_key_sid           TEXT NOT NULL DEFAULT '',
  api_key_secret        BLOB,
  token_set_at          TIMESTAMP,
  token_set_by          TEXT NOT NULL DEFAULT '',
  -- The token of before a rotation: reports signed by it hold until then.
  previous_token        BLOB,
  previous_until        TIMESTAMP,
  version               INTEGER NOT NULL DEFAULT 1,
  -- What Twilio said last, as JSON; empty before it was asked.
  health                TEXT NOT NULL DEFAULT ''
);
INSERT INTO sms_providers_new (id, institution_id, account_sid, token, sender, enabled, created_at)
  SELECT id, institution_id, account_sid, token, sender, enabled, created_at FROM sms_providers;
DROP TABLE sms_providers;
ALTER TABLE sms_providers_new RENAME TO sms_providers;
CREATE INDEX sms_providers_of ON sms_providers (institution_id);

-- When the accounts of an institution were changed last. What was attempted before may be
-- in one that is not asked any more.
ALTER TABLE institutions ADD COLUMN providers_changed_at TIMESTAMP;
