-- Municipalities that an account compares with, kept under a name of its own: a convenience of the account, without a
-- history.
CREATE TABLE peer_group (
    account INTEGER NOT NULL REFERENCES account (id),
    name TEXT NOT NULL CHECK (name <> ''),
    at INTEGER NOT NULL,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE peer_group_member (
    account INTEGER NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    municipality TEXT NOT NULL REFERENCES municipality (code),
    PRIMARY KEY (account, name, position),
    FOREIGN KEY (account, name) REFERENCES peer_group (account, name)
) STRICT, WITHOUT ROWID;
