-- +goose Up
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT 'EN';
-- A session that a backup code began may do less.
ALTER TABLE sessions ADD COLUMN by_backup_code BOOLEAN NOT NULL DEFAULT FALSE;
