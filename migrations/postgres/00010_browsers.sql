-- +goose Up
ALTER TABLE throttle_attempts RENAME COLUMN lane TO browser;
UPDATE throttle_attempts SET browser = 'unknown' WHERE browser = 'stranger';
