-- The installation, the register of municipalities, accounts and sessions.
-- Times are milliseconds since 1970-01-01T00:00:00Z in every table.

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE municipality (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 6),
    name TEXT NOT NULL CHECK (name <> ''),
    kana TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('市', '町', '村', '区')),
    region TEXT CHECK (region IN ('東青', '中南', '三八', '西北', '上北', '下北')),
    population INTEGER CHECK (population >= 0),
    tile_column INTEGER CHECK (tile_column BETWEEN 0 AND 255),
    tile_row INTEGER CHECK (tile_row BETWEEN 0 AND 255),
    CHECK ((tile_column IS NULL) = (tile_row IS NULL))
) STRICT;

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    login_name TEXT NOT NULL UNIQUE CHECK (login_name <> ''),
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    municipality TEXT REFERENCES municipality (code),
    created_at INTEGER NOT NULL,
    last_login_at INTEGER
) STRICT;

CREATE TABLE account_role (
    account INTEGER NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('respondent', 'approver', 'member', 'analyst', 'officer')),
    PRIMARY KEY (account, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id_hash BLOB NOT NULL PRIMARY KEY,
    data TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
) STRICT;
