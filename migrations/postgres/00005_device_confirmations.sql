-- +goose Up
-- The newest code by which a phone or an address that its owner added is
-- confirmed.
CREATE TABLE device_confirmations (
  device_id  TEXT COLLATE "C" PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
  mac        BYTEA NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  spent_at   TIMESTAMPTZ
);
