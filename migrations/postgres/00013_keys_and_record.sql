-- +goose Up
-- What the keyset of this database made, by which another one is told: one row.
CREATE TABLE keyset_canary (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  sealed    BYTEA NOT NULL,
  code_mac  BYTEA NOT NULL,
  audit_mac BYTEA NOT NULL,
  made_at   TIMESTAMPTZ NOT NULL
);

-- Failed sign-ins until their minute is over, by where they came from and the keyed
-- hash of the name that was typed. Those beyond the limit of a minute are counted
-- without either.
CREATE TABLE sign_in_failures (
  institution_id TEXT NOT NULL,
  minute         TIMESTAMPTZ NOT NULL,
  address        TEXT NOT NULL,
  name_hash      TEXT NOT NULL,
  count          INTEGER NOT NULL,
  PRIMARY KEY (institution_id, minute, address, name_hash)
);
INSERT INTO sign_in_failures SELECT institution_id, minute, '', '', count FROM audit_failures;
DROP TABLE audit_failures;

-- Nobody changes the record, or takes something from it, by mistake.
-- +goose StatementBegin
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit record is append-only';
END;
$$;
-- +goose StatementEnd
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
