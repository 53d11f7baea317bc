-- Personal tokens for the API, kept as the hash of what was shown once. `credential` is what the account was when the
-- token was made: a token of an account that has changed since is none.
CREATE TABLE api_token (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES account (id),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    hash BYTEA NOT NULL UNIQUE CHECK (length(hash) = 32),
    scopes TEXT COLLATE "C" NOT NULL CHECK (scopes <> ''),
    credential BYTEA NOT NULL CHECK (length(credential) = 32),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL CHECK (expires_at > created_at),
    used_at BIGINT,
    revoked_at BIGINT
);

CREATE UNIQUE INDEX api_token_name ON api_token (account, name) WHERE revoked_at IS NULL;
