-- +goose Up
-- A password that somebody else has seen, the operator who made the account, is good for
-- a time, and for choosing another. NULL for a user's own.
ALTER TABLE users ADD COLUMN password_expires_at TIMESTAMPTZ;

-- +goose Down
ALTER TABLE users DROP COLUMN password_expires_at;
