-- Accounts that are invited, changed, disabled and handed over.
-- An empty password_hash matches no password: an invitation sets one. epoch grows with everything that ends an account's
-- sessions: a password, an invitation, disabling.

ALTER TABLE account ADD COLUMN email TEXT CHECK (email <> '');
ALTER TABLE account ADD COLUMN previous_login_at BIGINT;
ALTER TABLE account ADD COLUMN disabled_at BIGINT;
ALTER TABLE account ADD COLUMN successor BIGINT REFERENCES account (id);
ALTER TABLE account ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;

-- At most one invitation of an account is neither used nor withdrawn. Its code is kept hashed.
CREATE TABLE invitation (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES account (id),
    code_hash BYTEA NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    withdrawn_at BIGINT,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    CHECK (used_at IS NULL OR withdrawn_at IS NULL)
);

CREATE UNIQUE INDEX invitation_open ON invitation (account) WHERE used_at IS NULL AND withdrawn_at IS NULL;
