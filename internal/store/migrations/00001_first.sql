-- +goose Up

-- An item as its tracker told it, as JSON of work.Record.
CREATE TABLE records (
    row     INTEGER PRIMARY KEY,
    product TEXT NOT NULL,
    tracker TEXT NOT NULL,
    item    TEXT NOT NULL,
    body    BLOB NOT NULL,
    UNIQUE (product, tracker, item)
) STRICT;
-- With the row as its hidden last column: a product is read row after row, in parts.
CREATE INDEX records_by_product ON records (product);

-- A time box as its tracker told it, as JSON of work.RecordSprint.
CREATE TABLE sprints (
    product TEXT NOT NULL,
    sprint  TEXT NOT NULL,
    body    BLOB NOT NULL,
    PRIMARY KEY (product, sprint)
) STRICT, WITHOUT ROWID;

-- How far a scope is read. Times are microseconds since 1970, 0 for never.
CREATE TABLE readings (
    product  TEXT NOT NULL,
    scope    TEXT NOT NULL,
    selector TEXT NOT NULL,
    cursor   TEXT NOT NULL,
    read_at  INTEGER NOT NULL,
    full_at  INTEGER NOT NULL,
    PRIMARY KEY (product, scope)
) STRICT, WITHOUT ROWID;

-- When a product was first read.
CREATE TABLE products (
    product   TEXT NOT NULL PRIMARY KEY,
    installed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When a dependency was first seen.
CREATE TABLE edges (
    product         TEXT NOT NULL,
    blocker_tracker TEXT NOT NULL,
    blocker         TEXT NOT NULL,
    waiting_tracker TEXT NOT NULL,
    waiting         TEXT NOT NULL,
    seen_at         INTEGER NOT NULL,
    PRIMARY KEY (product, blocker_tracker, blocker, waiting_tracker, waiting)
) STRICT, WITHOUT ROWID;

-- When a finding first held; an empty blocker and waiting is a finding of the item.
CREATE TABLE findings (
    product         TEXT NOT NULL,
    rule            TEXT NOT NULL,
    item_tracker    TEXT NOT NULL,
    item            TEXT NOT NULL,
    blocker_tracker TEXT NOT NULL,
    blocker         TEXT NOT NULL,
    waiting_tracker TEXT NOT NULL,
    waiting         TEXT NOT NULL,
    raised_at       INTEGER NOT NULL,
    PRIMARY KEY (product, rule, item_tracker, item, blocker_tracker, blocker, waiting_tracker, waiting)
) STRICT, WITHOUT ROWID;

-- The ledger: a comment of ours, or (with an empty comment) a refusal of one.
-- Reasons and edits are JSON.
CREATE TABLE comments (
    product        TEXT NOT NULL,
    tracker        TEXT NOT NULL,
    item           TEXT NOT NULL,
    kind           TEXT NOT NULL,
    period         TEXT NOT NULL,
    comment        TEXT NOT NULL,
    url            TEXT NOT NULL,
    version        INTEGER NOT NULL,
    owner          TEXT NOT NULL,
    state          TEXT NOT NULL,
    digest         TEXT NOT NULL,
    facts          TEXT NOT NULL,
    severity       INTEGER NOT NULL,
    reasons        TEXT NOT NULL,
    posted_at      INTEGER NOT NULL,
    edits          TEXT NOT NULL,
    folded_at      INTEGER NOT NULL,
    unwanted_since INTEGER NOT NULL,
    deleted_at     INTEGER NOT NULL,
    replied        INTEGER NOT NULL,
    refused        TEXT NOT NULL,
    refused_item   INTEGER NOT NULL,
    PRIMARY KEY (product, tracker, item, kind, period, comment)
) STRICT, WITHOUT ROWID;

-- A post that was begun and whose outcome is not known.
CREATE TABLE intents (
    product  TEXT NOT NULL,
    tracker  TEXT NOT NULL,
    item     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    period   TEXT NOT NULL,
    digest   TEXT NOT NULL,
    severity INTEGER NOT NULL,
    reasons  TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    PRIMARY KEY (product, tracker, item, kind, period)
) STRICT, WITHOUT ROWID;

-- What was spent of the budget of new comments; it outlives an erased comment.
CREATE TABLE posts (
    product TEXT NOT NULL,
    tracker TEXT NOT NULL,
    item    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    period  TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX posts_by_time ON posts (product, at);

-- +goose Down
DROP TABLE posts;
DROP TABLE intents;
DROP TABLE comments;
DROP TABLE findings;
DROP TABLE edges;
DROP TABLE products;
DROP TABLE readings;
DROP TABLE sprints;
DROP TABLE records;
