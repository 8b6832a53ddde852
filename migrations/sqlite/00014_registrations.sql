-- +goose Up
-- An address is the account's that proved it by a code, or for which the institution
-- vouches, having made the account itself. owned_email says whose: it is the address
-- then, and the account's own id before, so that several may wait for one address.
ALTER TABLE users RENAME COLUMN email TO owned_email;
ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN email_proved_at TIMESTAMP;
UPDATE users SET email = owned_email, email_proved_at = created_at;
CREATE INDEX users_by_email ON users (institution_id, email);

-- Who registered and waits until the address is proved: here or, which nobody is to
-- learn, by somebody else. browser_hash is of the token of the browser in which it
-- was. lapses_at is NULL for those who never lapse.
CREATE TABLE registrations (
  user_id        TEXT PRIMARY KEY REFERENCES users (id),
  institution_id TEXT NOT NULL,
  email          TEXT NOT NULL,
  browser_hash   TEXT NOT NULL,
  made_at        TIMESTAMP NOT NULL,
  lapses_at      TIMESTAMP
);
CREATE INDEX registrations_by_email ON registrations (institution_id, email);
CREATE INDEX registrations_over ON registrations (lapses_at);

-- The addresses that were registered or proved lately: who does so holds the row.
CREATE TABLE registered_addresses (
  institution_id TEXT NOT NULL,
  email          TEXT NOT NULL,
  PRIMARY KEY (institution_id, email)
);

-- Customers who were registered and never proved their address own it no longer. Who
-- of them registered and whom the institution imported shows nowhere: so they wait
-- for as long as it takes. Those of a demo are imported.
INSERT INTO registrations (user_id, institution_id, email, browser_hash, made_at)
SELECT u.id, u.institution_id, u.email, '', u.created_at
FROM users u JOIN institutions i ON i.id = u.institution_id LEFT JOIN freezes f ON f.user_id = u.id
WHERE u.kind = 'CUSTOMER' AND NOT i.demo AND (u.status = 'REGISTERED' OR u.status = 'FROZEN' AND f.status = 'REGISTERED')
  AND NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.user_id = u.id AND e.email_verified_at IS NOT NULL);
UPDATE users SET owned_email = id, email_proved_at = NULL WHERE id IN (SELECT user_id FROM registrations);
