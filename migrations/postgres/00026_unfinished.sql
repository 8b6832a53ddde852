-- +goose Up
-- How often the provider was asked by ourselves what became of a message that it has and
-- never finished reporting on.
ALTER TABLE notifications ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
CREATE INDEX notifications_unfinished ON notifications (date) WHERE status_rank < 4 AND looks < 2 AND sid IS NOT NULL;

-- +goose Down
DROP INDEX notifications_unfinished;
ALTER TABLE notifications DROP COLUMN looks;
