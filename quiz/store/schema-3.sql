-- Progress, version 3: an order of the log that is the same on every machine, so that logs can be merged.

DROP TRIGGER log_is_never_changed;

-- Never below the time, and above all that the machine knew when the row was written, whatever its clock said.
-- Rows of two machines that did not know of each other may have the same rank; then the uuid decides.
ALTER TABLE log ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;

UPDATE log SET rank = ranked.rank
FROM (SELECT seq, max(time - seq) OVER (ORDER BY seq) + seq AS rank FROM log) AS ranked
WHERE log.seq = ranked.seq;

CREATE INDEX log_by_rank ON log (rank);

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
