-- Accounts that are invited, changed, disabled and handed over.
-- An empty password_hash matches no password: an invitation sets one. epoch grows with everything that ends an account's
-- sessions: a password, an invitation, disabling.

ALTER TABLE account ADD COLUMN email TEXT CHECK (email <> '');
ALTER TABLE account ADD COLUMN previous_login_at INTEGER;
ALTER TABLE account ADD COLUMN disabled_at INTEGER;
ALTER TABLE account ADD COLUMN successor INTEGER REFERENCES account (id);
ALTER TABLE account ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;

-- At most one invitation of an account is neither used nor withdrawn. Its code is kept hashed.
CREATE TABLE invitation (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    code_hash BLOB NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    withdrawn_at INTEGER,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    CHECK (used_at IS NULL OR withdrawn_at IS NULL)
) STRICT;

CREATE UNIQUE INDEX invitation_open ON invitation (account) WHERE used_at IS NULL AND withdrawn_at IS NULL;
