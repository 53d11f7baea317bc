-- The second factor of an account. Its secret is sealed with a key that is not in the database; `last_step` is the
-- latest span of 30 seconds whose code was used, so that no code counts twice. Changing it raises `account.epoch`.

CREATE TABLE second_factor (
    account BIGINT NOT NULL PRIMARY KEY REFERENCES account (id),
    sealed BYTEA NOT NULL,
    last_step BIGINT NOT NULL,
    at BIGINT NOT NULL
);

-- What is used once in place of a code. 80 random bits, kept hashed.
CREATE TABLE recovery_code (
    account BIGINT NOT NULL REFERENCES second_factor (account),
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    used_at BIGINT,
    PRIMARY KEY (account, hash)
);
