-- +goose Up
-- Since when a device proves nothing, as its owner said of a notice that it told of
-- somebody else's doing, and which notice that was.
ALTER TABLE devices ADD COLUMN suspended_at TIMESTAMP;
ALTER TABLE devices ADD COLUMN suspended_for TEXT;

-- When the backup code was used that began the session in which an app was bound,
-- and that a session comes from, itself or by such an app.
ALTER TABLE devices ADD COLUMN backup_code_used_at TIMESTAMP;
ALTER TABLE sessions ADD COLUMN backup_code_used_at TIMESTAMP;
UPDATE sessions SET backup_code_used_at = created_at WHERE by_backup_code;
UPDATE devices SET backup_code_used_at = (
  SELECT s.backup_code_used_at FROM authenticators a JOIN sessions s ON s.id = a.bound_in WHERE a.device_id = devices.id);

-- Since when a password is no longer good for signing in.
ALTER TABLE users ADD COLUMN password_voided_at TIMESTAMP;

-- When the notice was written that a link came with.
ALTER TABLE not_you_links ADD COLUMN noticed_at TIMESTAMP;

-- Whether a notice that goes by mail may carry a link.
ALTER TABLE notices ADD COLUMN linked BOOLEAN NOT NULL DEFAULT TRUE;
