-- +goose Up
CREATE TABLE institutions (
  id         TEXT PRIMARY KEY,
  slug       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  settings   TEXT NOT NULL,
  demo       BOOLEAN NOT NULL,
  created_at TIMESTAMPTZ NOT NULL
);

-- An account at Twilio belongs to one institution, and for now one institution
-- has one account.
CREATE TABLE sms_providers (
  id             TEXT PRIMARY KEY,
  institution_id TEXT NOT NULL UNIQUE REFERENCES institutions (id),
  account_sid    TEXT NOT NULL UNIQUE,
  token          BYTEA NOT NULL,
  sender         TEXT NOT NULL,
  enabled        BOOLEAN NOT NULL,
  created_at     TIMESTAMPTZ NOT NULL
);

CREATE TABLE users (
  id                  TEXT COLLATE "C" PRIMARY KEY,
  institution_id      TEXT NOT NULL REFERENCES institutions (id),
  kind                TEXT NOT NULL,
  status              TEXT NOT NULL,
  email               TEXT NOT NULL,
  password_hash       TEXT NOT NULL,
  first_name          TEXT NOT NULL,
  last_name           TEXT NOT NULL,
  sort_key            TEXT COLLATE "C" NOT NULL,
  admin_level         BOOLEAN NOT NULL,
  removed_permissions TEXT NOT NULL DEFAULT '',
  created_at          TIMESTAMPTZ NOT NULL,
  UNIQUE (institution_id, email)
);
CREATE INDEX users_by_name ON users (institution_id, sort_key, id);
CREATE INDEX users_by_kind ON users (institution_id, kind, sort_key, id);

-- What a search may begin with: normalised names, the email address, and the
-- digits of each phone. source is "profile" or the id of the device.
CREATE TABLE user_terms (
  user_id        TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  source         TEXT COLLATE "C" NOT NULL,
  term           TEXT COLLATE "C" NOT NULL,
  institution_id TEXT NOT NULL,
  kind           TEXT NOT NULL,
  PRIMARY KEY (user_id, term, source)
);
CREATE INDEX user_terms_by_term ON user_terms (institution_id, term, user_id);
CREATE INDEX user_terms_by_kind ON user_terms (institution_id, kind, term, user_id);

-- permissions is a list, separated by commas.
CREATE TABLE roles (
  id             TEXT PRIMARY KEY,
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  name           TEXT NOT NULL,
  permissions    TEXT NOT NULL,
  UNIQUE (institution_id, name)
);
CREATE TABLE user_roles (
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  role_id TEXT NOT NULL REFERENCES roles (id),
  PRIMARY KEY (user_id, role_id)
);

CREATE TABLE sessions (
  id             TEXT PRIMARY KEY,
  token_hash     TEXT NOT NULL UNIQUE,
  user_id        TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  institution_id TEXT NOT NULL,
  kind           TEXT NOT NULL,
  created_at     TIMESTAMPTZ NOT NULL,
  last_used_at   TIMESTAMPTZ NOT NULL,
  expires_at     TIMESTAMPTZ NOT NULL,
  factor_at      TIMESTAMPTZ,
  address        TEXT NOT NULL,
  user_agent     TEXT NOT NULL,
  ended_at       TIMESTAMPTZ
);
CREATE INDEX sessions_by_user ON sessions (user_id);

-- Browsers in which users completed a sign-in.
CREATE TABLE browsers (
  token_hash TEXT NOT NULL,
  user_id    TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  created_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (token_hash, user_id)
);

CREATE TABLE devices (
  id                   TEXT COLLATE "C" PRIMARY KEY,
  institution_id       TEXT NOT NULL,
  user_id              TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  kind                 TEXT NOT NULL,
  label                TEXT NOT NULL,
  is_default           BOOLEAN NOT NULL,
  address              TEXT NOT NULL,
  detected_number_type TEXT,
  carrier              TEXT,
  override_number_type TEXT,
  override_reason      TEXT,
  override_by          TEXT,
  override_at          TIMESTAMPTZ,
  added_at             TIMESTAMPTZ NOT NULL,
  confirmed_at         TIMESTAMPTZ,
  last_used_at         TIMESTAMPTZ,
  disabled_at          TIMESTAMPTZ,
  removed_at           TIMESTAMPTZ
);
-- Several users may share a number; one user has it once.
CREATE UNIQUE INDEX devices_by_user ON devices (user_id, kind, address) WHERE removed_at IS NULL AND kind <> 'AUTHENTICATOR';
CREATE UNIQUE INDEX devices_default ON devices (user_id) WHERE is_default AND removed_at IS NULL;
CREATE INDEX devices_of_user ON devices (user_id, added_at, id);

CREATE TABLE challenges (
  token_hash     TEXT PRIMARY KEY,
  institution_id TEXT NOT NULL,
  user_id        TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  step           TEXT NOT NULL,
  session_id     TEXT NOT NULL,
  created_at     TIMESTAMPTZ NOT NULL,
  expires_at     TIMESTAMPTZ NOT NULL,
  completed_at   TIMESTAMPTZ
);
CREATE INDEX challenges_over ON challenges (expires_at);
CREATE TABLE challenge_codes (
  challenge_hash TEXT NOT NULL REFERENCES challenges (token_hash),
  device_id      TEXT COLLATE "C" NOT NULL REFERENCES devices (id),
  mac            BYTEA NOT NULL,
  expires_at     TIMESTAMPTZ NOT NULL,
  spent_at       TIMESTAMPTZ,
  PRIMARY KEY (challenge_hash, device_id)
);

CREATE TABLE throttle_windows (
  key       TEXT PRIMARY KEY,
  events    INTEGER NOT NULL,
  closes_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE throttle_attempts (
  authenticator TEXT NOT NULL,
  lane          TEXT NOT NULL,
  failures      INTEGER NOT NULL,
  paused_until  TIMESTAMPTZ,
  PRIMARY KEY (authenticator, lane)
);

CREATE TABLE backup_code_confirmations (
  token_hash     TEXT PRIMARY KEY,
  institution_id TEXT NOT NULL,
  staff_id       TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  user_id        TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  purpose        TEXT NOT NULL,
  reason         TEXT NOT NULL,
  identity_check TEXT NOT NULL,
  created_at     TIMESTAMPTZ NOT NULL,
  expires_at     TIMESTAMPTZ NOT NULL,
  used_at        TIMESTAMPTZ
);
CREATE TABLE backup_code_sets (
  id             TEXT COLLATE "C" PRIMARY KEY,
  institution_id TEXT NOT NULL,
  user_id        TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  origin         TEXT NOT NULL,
  purpose        TEXT NOT NULL,
  reason         TEXT NOT NULL,
  identity_check TEXT NOT NULL,
  handover       TEXT NOT NULL,
  made_by        TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  generated_at   TIMESTAMPTZ NOT NULL,
  expires_at     TIMESTAMPTZ,
  voided_at      TIMESTAMPTZ
);
-- A user has one set of each origin that is not void.
CREATE UNIQUE INDEX backup_code_sets_live ON backup_code_sets (user_id, origin) WHERE voided_at IS NULL;
CREATE INDEX backup_code_sets_by_user ON backup_code_sets (user_id, generated_at, id);
CREATE TABLE backup_codes (
  id       TEXT COLLATE "C" PRIMARY KEY,
  set_id   TEXT COLLATE "C" NOT NULL REFERENCES backup_code_sets (id),
  position INTEGER NOT NULL,
  selector TEXT NOT NULL,
  hash     TEXT NOT NULL,
  used_at  TIMESTAMPTZ,
  UNIQUE (set_id, selector),
  UNIQUE (set_id, position)
);

-- Every send, and every text found at the provider. Bodies are masked before
-- they are written. id is the attempt's, or the SID of a text that was found.
CREATE TABLE notifications (
  id              TEXT COLLATE "C" PRIMARY KEY,
  institution_id  TEXT NOT NULL,
  user_id         TEXT NOT NULL,
  channel         TEXT NOT NULL,
  kind            TEXT NOT NULL,
  account_sid     TEXT NOT NULL,
  sid             TEXT,
  recipient       TEXT NOT NULL,
  sender          TEXT NOT NULL,
  body            TEXT NOT NULL,
  provider_status TEXT NOT NULL,
  status_rank     INTEGER NOT NULL,
  error_code      INTEGER NOT NULL,
  date            TIMESTAMPTZ NOT NULL,
  sent_at         TIMESTAMPTZ,
  updated_at      TIMESTAMPTZ NOT NULL,
  UNIQUE (institution_id, sid)
);
CREATE INDEX notifications_by_recipient ON notifications (institution_id, recipient, channel, date, id);
CREATE TABLE notification_refreshes (
  institution_id TEXT NOT NULL,
  recipient      TEXT NOT NULL,
  refreshed_at   TIMESTAMPTZ NOT NULL,
  depth          INTEGER NOT NULL,
  PRIMARY KEY (institution_id, recipient)
);

-- The outbox.
CREATE TABLE notices (
  id             TEXT COLLATE "C" PRIMARY KEY,
  institution_id TEXT NOT NULL,
  user_id        TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  notice         TEXT NOT NULL,
  channel        TEXT NOT NULL,
  recipient      TEXT NOT NULL,
  attempts       INTEGER NOT NULL,
  created_at     TIMESTAMPTZ NOT NULL,
  due_at         TIMESTAMPTZ NOT NULL,
  claimed_until  TIMESTAMPTZ,
  done_at        TIMESTAMPTZ
);
CREATE INDEX notices_due ON notices (due_at, id) WHERE done_at IS NULL;

