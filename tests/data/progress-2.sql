-- Progress as version 2 of the schema kept it; read by tests/test_migrations.py.
PRAGMA application_id = 1952803948;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE living (
    deck   TEXT    NOT NULL,
    card   TEXT    NOT NULL,
    time   INTEGER NOT NULL,
    seq    INTEGER NOT NULL UNIQUE,
    day    INTEGER NOT NULL,
    review INTEGER NOT NULL,
    PRIMARY KEY (deck, card, time, seq)
) WITHOUT ROWID;
INSERT INTO "living" VALUES('birds','jenny-wren',1710763201000,2,19800,1);
INSERT INTO "living" VALUES('birds','robin',1710763200000,1,19800,1);
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
INSERT INTO "log" VALUES(1,'r1','laptop',1710763200000,60,19800,'response','birds','robin','contrast','7','["a red breast", "a blue cap"]',0,'','[["robin", "red-breast", true]]',2300,'plain',1,3,1,0.9,NULL,'study','x',0,3,NULL);
INSERT INTO "log" VALUES(2,'r2','laptop',1710763201000,60,19800,'response','birds','wren','contrast','7','["a red breast", "a blue cap"]',0,'','[["robin", "red-breast", true]]',2300,'plain',0,1,1,0.9,NULL,'study','x',0,3,NULL);
INSERT INTO "log" VALUES(3,'r3','laptop',1711022400000,60,19803,'response','birds','robin','contrast','7','["a red breast", "a blue cap"]',0,'','[["robin", "red-breast", true]]',2300,'plain',0,1,1,0.9,NULL,'study','x',0,3,NULL);
INSERT INTO "log" VALUES(4,'u1','laptop',1711022395000,60,19803,'undo','birds','robin',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'r3',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "log" VALUES(5,'s1','laptop',1711022400000,60,19803,'suspend','birds','tit',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "log" VALUES(6,'n1','laptop',1711022400001,60,19803,'rename','birds','wren',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'jenny-wren',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "log" VALUES(7,'f1','laptop',1711108800000,60,19804,'note','birds','robin',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'red = robin');
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
INSERT INTO "memory" VALUES('birds','jenny-wren',0.212,6.4133,19800,19801,1,0);
INSERT INTO "memory" VALUES('birds','robin',2.3065,2.11810397045901588342e+00,19800,19802,1,0);
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "meta" VALUES('device','laptop');
CREATE TABLE remark (
    deck  TEXT    NOT NULL,
    card  TEXT    NOT NULL,
    event TEXT    NOT NULL,                    -- note or flag
    text  TEXT    NOT NULL,
    time  INTEGER NOT NULL,
    PRIMARY KEY (deck, card, event)
) WITHOUT ROWID;
INSERT INTO "remark" VALUES('birds','robin','note','red = robin',1711108800000);
CREATE TABLE suspended (
    deck TEXT NOT NULL,
    card TEXT NOT NULL,
    PRIMARY KEY (deck, card)
) WITHOUT ROWID;
INSERT INTO "suspended" VALUES('birds','tit');
CREATE INDEX living_by_day ON living (deck, day, card, review);
CREATE INDEX memory_by_due ON memory (deck, due);
CREATE INDEX log_misled ON log (seq) WHERE "right" = 0 AND confidence = 'sure';
CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE seq = new.seq OR uuid = new.uuid)
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
COMMIT;
