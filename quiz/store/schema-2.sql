-- Progress, version 2: notes and flags on cards, resets, and how each response came about.
-- A check of a table cannot be changed, so the log moves into a new table, row by row as it was.

DROP TRIGGER log_is_never_changed;
DROP TRIGGER log_is_never_deleted;
DROP TRIGGER log_is_never_replaced;
DROP INDEX log_misled;
ALTER TABLE log RENAME TO log_1;

CREATE TABLE log (
    seq        INTEGER PRIMARY KEY,            -- order of writing
    uuid       TEXT    NOT NULL UNIQUE,
    device     TEXT    NOT NULL,
    time       INTEGER NOT NULL,               -- UTC, in milliseconds
    "offset"   INTEGER NOT NULL,               -- of local time from UTC, in minutes
    day        INTEGER NOT NULL,               -- study day, from 1970-01-01
    event      TEXT    NOT NULL CHECK (event IN ('response', 'undo', 'suspend', 'unsuspend', 'rename', 'note', 'flag',
                                                 'reset', 'unreset')),
    deck       TEXT    NOT NULL,
    card       TEXT    NOT NULL,               -- the id that the card had at that time
    kind       TEXT,
    seed       TEXT,                           -- in decimal: it may be larger than an INTEGER
    options    TEXT,                           -- JSON: the texts as shown
    chosen     INTEGER,                        -- index of the option taken, or NULL
    typed      TEXT,
    claims     TEXT,                           -- JSON: [[subject, feature, holds], ...]
    took       INTEGER,                        -- in milliseconds
    confidence TEXT,
    "right"    INTEGER CHECK ("right" IN (0, 1)),
    rating     INTEGER CHECK (rating BETWEEN 1 AND 4),
    counts     INTEGER CHECK (counts IN (0, 1)),
    retention  REAL,                           -- as desired at that time: the due day hangs on it
    target     TEXT,                           -- rename: the card's new id; undo, or a response given in the place of
                                               -- another: the uuid of the response struck out; unreset: that of the reset
    mode       TEXT,                           -- study, drill, exam or probe
    sitting    TEXT,                           -- an id that the responses of one sitting share
    turn       INTEGER,                        -- with seed, kind and most, what the wording was drawn by
    most       INTEGER,                        -- options that the question might have
    text       TEXT                            -- what a note or a flag says; empty when it was taken away
);

INSERT INTO log (seq, uuid, device, time, "offset", day, event, deck, card, kind, seed, options, chosen, typed, claims,
                 took, confidence, "right", rating, counts, retention, target, mode, sitting, turn, most)
SELECT seq, uuid, device, time, "offset", day, event, deck, card, kind, seed, options, chosen, typed, claims,
       took, confidence, "right", rating, counts, retention, target, 'study', '', 0, 0
FROM log_1 ORDER BY seq;

DROP TABLE log_1;

CREATE INDEX log_misled ON log (seq) WHERE "right" = 0 AND confidence = 'sure';

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

-- INSERT OR REPLACE deletes without firing the trigger above.
CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE seq = new.seq OR uuid = new.uuid)
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

-- Derived: the note and the flag that a card has now.
CREATE TABLE remark (
    deck  TEXT    NOT NULL,
    card  TEXT    NOT NULL,
    event TEXT    NOT NULL,                    -- note or flag
    text  TEXT    NOT NULL,
    time  INTEGER NOT NULL,
    PRIMARY KEY (deck, card, event)
) WITHOUT ROWID;
