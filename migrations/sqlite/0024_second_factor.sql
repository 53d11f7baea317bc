-- The second factor of an account. Its secret is sealed with a key that is not in the database; `last_step` is the
-- latest span of 30 seconds whose code was used, so that no code counts twice. Changing it raises `account.epoch`.

CREATE TABLE second_factor (
    account INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
    sealed BLOB NOT NULL,
    last_step INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- What is used once in place of a code. 80 random bits, kept hashed.
CREATE TABLE recovery_code (
    account INTEGER NOT NULL REFERENCES second_factor (account),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    used_at INTEGER,
    PRIMARY KEY (account, hash)
) STRICT;
