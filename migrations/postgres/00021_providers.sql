-- +goose Up
-- An institution may have several accounts. Which one sends: the enabled one of the
-- lowest priority.
ALTER TABLE sms_providers DROP CONSTRAINT sms_providers_institution_id_key;
CREATE INDEX sms_providers_of ON sms_providers (institution_id);
ALTER TABLE sms_providers ADD COLUMN name TEXT NOT NULL DEFAULT 'Twilio';
ALTER TABLE sms_providers ADD COLUMN messaging_service_sid TEXT NOT NULL DEFAULT '';
ALTER TABLE sms_providers ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;
-- In hundredths of the account's currency.
ALTER TABLE sms_providers ADD COLUMN balance_threshold BIGINT NOT NULL DEFAULT 1000;
ALTER TABLE sms_providers ADD COLUMN api_key_sid TEXT NOT NULL DEFAULT '';
ALTER TABLE sms_providers ADD COLUMN api_key_secret BYTEA;
ALTER TABLE sms_providers ADD COLUMN token_set_at TIMESTAMPTZ;
ALTER TABLE sms_providers ADD COLUMN token_set_by TEXT NOT NULL DEFAULT '';
-- The token of before a rotation: reports signed by it hold until then.
ALTER TABLE sms_providers ADD COLUMN previous_token BYTEA;
ALTER TABLE sms_providers ADD COLUMN previous_until TIMESTAMPTZ;
ALTER TABLE sms_providers ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- What Twilio said last, as JSON; empty before it was asked.
ALTER TABLE sms_providers ADD COLUMN health TEXT NOT NULL DEFAULT '';

-- When the accounts of an institution were changed last. What was attempted before may be
-- in one that is not asked any more.
ALTER TABLE institutions ADD COLUMN providers_changed_at TIMESTAMPTZ;
