-- The installation, the register of municipalities, accounts and sessions.
-- Times are milliseconds since 1970-01-01T00:00:00Z in every table.

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE municipality (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(code) = 6),
    name TEXT NOT NULL CHECK (name <> ''),
    kana TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('市', '町', '村', '区')),
    region TEXT CHECK (region IN ('東青', '中南', '三八', '西北', '上北', '下北')),
    population BIGINT CHECK (population >= 0),
    tile_column BIGINT CHECK (tile_column BETWEEN 0 AND 255),
    tile_row BIGINT CHECK (tile_row BETWEEN 0 AND 255),
    CHECK ((tile_column IS NULL) = (tile_row IS NULL))
);

CREATE TABLE account (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login_name TEXT COLLATE "C" NOT NULL UNIQUE CHECK (login_name <> ''),
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    municipality TEXT COLLATE "C" REFERENCES municipality (code),
    created_at BIGINT NOT NULL,
    last_login_at BIGINT
);

CREATE TABLE account_role (
    account BIGINT NOT NULL REFERENCES account (id),
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('respondent', 'approver', 'member', 'analyst', 'officer')),
    PRIMARY KEY (account, role)
);

CREATE TABLE session (
    id_hash BYTEA NOT NULL PRIMARY KEY,
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);
