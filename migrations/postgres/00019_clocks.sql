-- +goose Up
-- How far the clock of each process is ahead of the database's, as it last found.
CREATE TABLE process_clocks (
  process     TEXT PRIMARY KEY,
  ahead_us    BIGINT NOT NULL,
  reported_at TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE process_clocks;
