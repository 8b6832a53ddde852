-- +goose Up
-- When a full window takes one more event; NULL for not before it closes.
ALTER TABLE throttle_windows ADD COLUMN next_at TIMESTAMP;
