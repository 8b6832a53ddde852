-- +goose Up
-- How far a customer has come who was registered; what it takes is decided when
-- they sign in for the first time.
CREATE TABLE enrollments (
  user_id           TEXT PRIMARY KEY REFERENCES users (id),
  institution_id    TEXT NOT NULL,
  verify_email      BOOLEAN NOT NULL,
  began_at          TIMESTAMPTZ NOT NULL,
  email_verified_at TIMESTAMPTZ,
  code_accepted_at  TIMESTAMPTZ,
  finished_at       TIMESTAMPTZ
);

-- A code that proves the address of an account goes to no device.
ALTER TABLE challenge_codes DROP CONSTRAINT challenge_codes_device_id_fkey;
