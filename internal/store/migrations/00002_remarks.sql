-- +goose Up

-- A person's comment that may bear a command, as its tracker told it. Author is
-- the account's id, name what people see; no address is kept.
CREATE TABLE remarks (
    product    TEXT NOT NULL,
    tracker    TEXT NOT NULL,
    item       TEXT NOT NULL,
    comment    TEXT NOT NULL,
    url        TEXT NOT NULL,
    author     TEXT NOT NULL,
    name       TEXT NOT NULL,
    bot        INTEGER NOT NULL,
    dialect    TEXT NOT NULL,
    body       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (product, tracker, item, comment)
) STRICT, WITHOUT ROWID;

-- Readings so far passed remarks over: every scope is read from the beginning once.
UPDATE readings SET cursor = '';

-- +goose Down
DROP TABLE remarks;
