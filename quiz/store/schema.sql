-- Progress, version 1. The log is what counts: rows are added and never changed.
-- Whatever else is kept here is derived from the log and can be built anew.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE log (
    seq        INTEGER PRIMARY KEY,            -- order of writing
    uuid       TEXT    NOT NULL UNIQUE,
    device     TEXT    NOT NULL,
    time       INTEGER NOT NULL,               -- UTC, in milliseconds
    "offset"   INTEGER NOT NULL,               -- of local time from UTC, in minutes
    day        INTEGER NOT NULL,               -- study day, from 1970-01-01
    event      TEXT    NOT NULL CHECK (event IN ('response', 'undo', 'suspend', 'unsuspend', 'rename')),
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
    target     TEXT                            -- rename: the card's new id; undo, or a response given in the
                                               -- place of another: the uuid of the response struck out
);

CREATE INDEX log_misled ON log (seq) WHERE "right" = 0 AND confidence = 'sure';

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

-- INSERT OR REPLACE deletes without firing the trigger above.
CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE seq = new.seq OR uuid = new.uuid)
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

-- Derived: responses not struck out, under the id that their card has now.
-- A review is a rated response that moves the schedule.
CREATE TABLE living (
    deck   TEXT    NOT NULL,
    card   TEXT    NOT NULL,
    time   INTEGER NOT NULL,
    seq    INTEGER NOT NULL UNIQUE,
    day    INTEGER NOT NULL,
    review INTEGER NOT NULL,
    PRIMARY KEY (deck, card, time, seq)
) WITHOUT ROWID;

CREATE INDEX living_by_day ON living (deck, day, card, review);

-- Derived: what FSRS thinks of the cards reviewed at least once.
CREATE TABLE memory (
    deck       TEXT    NOT NULL,
    card       TEXT    NOT NULL,
    stability  REAL    NOT NULL,               -- in days
    difficulty REAL    NOT NULL,               -- 1 to 10
    last       INTEGER NOT NULL,               -- study day
    due        INTEGER NOT NULL,               -- study day
    reviews    INTEGER NOT NULL,
    lapses     INTEGER NOT NULL,
    PRIMARY KEY (deck, card)
) WITHOUT ROWID;

CREATE INDEX memory_by_due ON memory (deck, due);

-- Derived: cards left out of sittings; also those never reviewed, hence a table of their own.
CREATE TABLE suspended (
    deck TEXT NOT NULL,
    card TEXT NOT NULL,
    PRIMARY KEY (deck, card)
) WITHOUT ROWID;
