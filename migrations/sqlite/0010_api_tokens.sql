-- Personal tokens for the API, kept as the hash of what was shown once. `credential` is what the account was when the
-- token was made: a token of an account that has changed since is none.
CREATE TABLE api_token (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    name TEXT NOT NULL CHECK (name <> ''),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    scopes TEXT NOT NULL CHECK (scopes <> ''),
    credential BLOB NOT NULL CHECK (length(credential) = 32),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > created_at),
    used_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE UNIQUE INDEX api_token_name ON api_token (account, name) WHERE revoked_at IS NULL;
