-- +goose Up
-- How far a customer has come who was registered; what it takes is decided when
-- they sign in for the first time.
CREATE TABLE enrollments (
  user_id           TEXT PRIMARY KEY REFERENCES users (id),
  institution_id    TEXT NOT NULL,
  verify_email      BOOLEAN NOT NULL,
  began_at          TIMESTAMP NOT NULL,
  email_verified_at TIMESTAMP,
  code_accepted_at  TIMESTAMP,
  finished_at       TIMESTAMP
);

-- A code that proves the address of an account goes to no device.
CREATE TABLE challenge_codes_of_any_way (
  challenge_hash TEXT NOT NULL REFERENCES challenges (token_hash),
  device_id      TEXT NOT NULL,
  mac            BLOB NOT NULL,
  expires_at     TIMESTAMP NOT NULL,
  spent_at       TIMESTAMP,
  PRIMARY KEY (challenge_hash, device_id)
);
INSERT INTO challenge_codes_of_any_way SELECT challenge_hash, device_id, mac, expires_at, spent_at FROM challenge_codes;
DROP TABLE challenge_codes;
ALTER TABLE challenge_codes_of_any_way RENAME TO challenge_codes;
