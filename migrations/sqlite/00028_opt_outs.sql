-- +goose Up
-- Numbers whose owners replied STOP to texts of an institution, as far as is known: from which of
-- its numbers those came, and how it was learned, by STOP itself or by a text that was REFUSED.
CREATE TABLE opt_outs (
  institution_id TEXT NOT NULL,
  number         TEXT NOT NULL,
  sender         TEXT NOT NULL,
  since          TIMESTAMP NOT NULL,
  learned_by     TEXT NOT NULL,
  PRIMARY KEY (institution_id, number)
);
CREATE INDEX opt_outs_since ON opt_outs (since);

-- +goose Down
DROP TABLE opt_outs;
