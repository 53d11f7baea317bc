-- 監査記録: who did what when to which object, with the value before and after.
-- Every chain (a response, a round, an account …) is a chain of hashes of its own, so that writers of different responses
-- never wait for one another. Each minute the ends of the chains that grew go into one chain of checkpoints.

-- The end of each chain, held while an entry is added. It can be computed anew from audit.
CREATE TABLE audit_chain (
    chain TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (chain <> ''),
    length BIGINT NOT NULL CHECK (length >= 0),
    hash TEXT NOT NULL,
    checked_length BIGINT NOT NULL CHECK (checked_length BETWEEN 0 AND length)
);

-- hash is the SHA-256 of the hash before it (empty before the first) and of everything else in the row.
CREATE TABLE audit (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain TEXT COLLATE "C" NOT NULL REFERENCES audit_chain (chain),
    sequence BIGINT NOT NULL CHECK (sequence >= 1),
    act TEXT COLLATE "C" NOT NULL CHECK (act <> ''),
    object TEXT NOT NULL,
    value_from TEXT,
    value_to TEXT,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    UNIQUE (chain, sequence)
);

-- heads is JSON: chain, length and hash of every chain that grew since the checkpoint before.
CREATE TABLE audit_checkpoint (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
    at BIGINT NOT NULL,
    heads TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64)
);

CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_checkpoint_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
