-- Municipalities that an account compares with, kept under a name of its own: a convenience of the account, without a
-- history.
CREATE TABLE peer_group (
    account BIGINT NOT NULL REFERENCES account (id),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    at BIGINT NOT NULL,
    PRIMARY KEY (account, name)
);

CREATE TABLE peer_group_member (
    account BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL CHECK (position >= 1),
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality (code),
    PRIMARY KEY (account, name, position),
    FOREIGN KEY (account, name) REFERENCES peer_group (account, name)
);
