-- +goose Up
-- What people type is kept in one form from here on: numbers, addresses, and what
-- users are searched by. The program brings what was kept before into it, right after
-- this step. A row is a table that it has not finished, and the id to go on behind.
CREATE TABLE rewrites (
  name     TEXT PRIMARY KEY,
  after_id TEXT COLLATE "C" NOT NULL
);
INSERT INTO rewrites (name, after_id) VALUES ('institutions', ''), ('users', ''), ('devices', '');

-- Since when the mail server of an address refuses mail for it.
ALTER TABLE users ADD COLUMN mail_refused_at TIMESTAMPTZ;
ALTER TABLE devices ADD COLUMN mail_refused_at TIMESTAMPTZ;
