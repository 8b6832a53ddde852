-- +goose Up
-- Until when a message is worth waiting for that the provider never answered for;
-- NULL for those that were found there, and for older ones.
ALTER TABLE notifications ADD COLUMN valid_until TIMESTAMP;
