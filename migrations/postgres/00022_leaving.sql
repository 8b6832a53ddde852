-- +goose Up
-- Staff who left can't sign in; the account is as it was should they come back.
ALTER TABLE users ADD COLUMN disabled_at TIMESTAMPTZ;
-- NULL for who has not signed in since this is kept.
ALTER TABLE users ADD COLUMN last_signed_in_at TIMESTAMPTZ;

-- +goose Down
ALTER TABLE users DROP COLUMN last_signed_in_at;
ALTER TABLE users DROP COLUMN disabled_at;
