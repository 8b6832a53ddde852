-- +goose Up
-- The newest code by which a phone or an address that its owner added is
-- confirmed.
CREATE TABLE device_confirmations (
  device_id  TEXT PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
  mac        BLOB NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  spent_at   TIMESTAMP
);
