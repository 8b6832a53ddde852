-- +goose Up
-- The newest code of each subject and device. A subject is the hash of a
-- challenge's token, or says that the code confirms the device. The address of an
-- account has a name in the place of a device.
CREATE TABLE one_time_codes (
  subject    TEXT NOT NULL,
  device_id  TEXT NOT NULL,
  mac        BLOB NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  spent_at   TIMESTAMP,
  PRIMARY KEY (subject, device_id)
);
CREATE INDEX one_time_codes_device ON one_time_codes (device_id);
INSERT INTO one_time_codes SELECT challenge_hash, device_id, mac, expires_at, spent_at FROM challenge_codes;
INSERT INTO one_time_codes SELECT 'device confirmation', device_id, mac, expires_at, spent_at FROM device_confirmations;
DROP TABLE challenge_codes;
DROP TABLE device_confirmations;
