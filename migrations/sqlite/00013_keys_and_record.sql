-- +goose Up
-- What the keyset of this database made, by which another one is told: one row.
CREATE TABLE keyset_canary (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  sealed    BLOB NOT NULL,
  code_mac  BLOB NOT NULL,
  audit_mac BLOB NOT NULL,
  made_at   TIMESTAMP NOT NULL
);

-- Failed sign-ins until their minute is over, by where they came from and the keyed
-- hash of the name that was typed. Those beyond the limit of a minute are counted
-- without either.
CREATE TABLE sign_in_failures (
  institution_id TEXT NOT NULL,
  minute         TIMESTAMP NOT NULL,
  address        TEXT NOT NULL,
  name_hash      TEXT NOT NULL,
  count          INTEGER NOT NULL,
  PRIMARY KEY (institution_id, minute, address, name_hash)
);
INSERT INTO sign_in_failures SELECT institution_id, minute, '', '', count FROM audit_failures;
DROP TABLE audit_failures;

-- Nobody changes the record, or takes something from it, by mistake.
-- +goose StatementBegin
CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN
  SELECT RAISE(ABORT, 'the audit record is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_entries_stay_the_same BEFORE UPDATE ON audit_entries
BEGIN
  SELECT RAISE(ABORT, 'the audit record is append-only');
END;
-- +goose StatementEnd
