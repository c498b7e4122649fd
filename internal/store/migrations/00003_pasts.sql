-- +goose Up

-- How an item came to be as it is: its tracker's history as far as it was asked
-- for, and what was seen to change since. Steps are JSON.
CREATE TABLE pasts (
    product  TEXT NOT NULL,
    tracker  TEXT NOT NULL,
    item     TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    steps    BLOB NOT NULL,
    PRIMARY KEY (product, tracker, item)
) STRICT, WITHOUT ROWID;

-- Items that others refer to and that cannot be read.
CREATE TABLE missing (
    product TEXT NOT NULL,
    tracker TEXT NOT NULL,
    item    TEXT NOT NULL,
    since   INTEGER NOT NULL,
    reads   INTEGER NOT NULL,
    PRIMARY KEY (product, tracker, item)
) STRICT, WITHOUT ROWID;

-- Since when each version of a rule judges here, and what people say of it. JSON.
CREATE TABLE judged (
    product TEXT NOT NULL,
    rule    TEXT NOT NULL,
    body    BLOB NOT NULL,
    PRIMARY KEY (product, rule)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE judged;
DROP TABLE missing;
DROP TABLE pasts;
