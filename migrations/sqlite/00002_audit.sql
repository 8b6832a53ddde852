-- +goose Up
-- Append-only. Numbered without a gap, each MAC over the entry and the MAC
-- before it.
CREATE TABLE audit_entries (
  institution_id TEXT NOT NULL,
  sequence       INTEGER NOT NULL,
  at             TIMESTAMP NOT NULL,
  actor_id       TEXT NOT NULL,
  actor_kind     TEXT NOT NULL,
  action         TEXT NOT NULL,
  target_id      TEXT NOT NULL,
  outcome        TEXT NOT NULL,
  details        TEXT NOT NULL,
  address        TEXT NOT NULL,
  mac            BLOB NOT NULL,
  PRIMARY KEY (institution_id, sequence)
);
CREATE INDEX audit_entries_by_actor ON audit_entries (institution_id, actor_id, sequence);
CREATE INDEX audit_entries_by_target ON audit_entries (institution_id, target_id, sequence);
CREATE INDEX audit_entries_by_action ON audit_entries (institution_id, action, sequence);

-- Failed sign-ins of nobody in particular, until they are summed up.
CREATE TABLE audit_failures (
  institution_id TEXT NOT NULL,
  minute         TIMESTAMP NOT NULL,
  count          INTEGER NOT NULL,
  PRIMARY KEY (institution_id, minute)
);
