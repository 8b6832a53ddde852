-- +goose Up
-- When a code was sent, for who reloads the page that waits for it. Of codes that are under way nobody knows; they
-- are over in ten minutes.
ALTER TABLE one_time_codes ADD COLUMN sent_at TIMESTAMPTZ NOT NULL DEFAULT '2000-01-01 00:00:00+00:00';

-- +goose Down
ALTER TABLE one_time_codes DROP COLUMN sent_at;
