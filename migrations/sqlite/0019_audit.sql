-- 監査記録: who did what when to which object, with the value before and after.
-- Every chain (a response, a round, an account …) is a chain of hashes of its own, so that writers of different responses
-- never wait for one another. Each minute the ends of the chains that grew go into one chain of checkpoints.

-- The end of each chain, held while an entry is added. It can be computed anew from audit.
CREATE TABLE audit_chain (
    chain TEXT NOT NULL PRIMARY KEY CHECK (chain <> ''),
    length INTEGER NOT NULL CHECK (length >= 0),
    hash TEXT NOT NULL,
    checked_length INTEGER NOT NULL CHECK (checked_length BETWEEN 0 AND length)
) STRICT, WITHOUT ROWID;

-- hash is the SHA-256 of the hash before it (empty before the first) and of everything else in the row.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    chain TEXT NOT NULL REFERENCES audit_chain (chain),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    act TEXT NOT NULL CHECK (act <> ''),
    object TEXT NOT NULL,
    value_from TEXT,
    value_to TEXT,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    UNIQUE (chain, sequence)
) STRICT;

-- heads is JSON: chain, length and hash of every chain that grew since the checkpoint before.
CREATE TABLE audit_checkpoint (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number >= 1),
    at INTEGER NOT NULL,
    heads TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE TRIGGER audit_is_not_updated BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER audit_checkpoint_is_not_updated BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;
CREATE TRIGGER audit_checkpoint_is_not_deleted BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;
