-- What takes long: one row a job, done by the server and begun anew when it starts again. `request` says what to do, `asker`
-- whom an unfinished job counts for (an account or a network address); both may name people and are emptied when the job
-- ends. `outcome` says what came of it.

CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    kind TEXT NOT NULL CHECK (kind IN ('accounts', 'report', 'site', 'export')),
    owner INTEGER REFERENCES account (id),
    asker TEXT NOT NULL,
    title TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'stopped')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK (state IN ('waiting', 'running') OR (request = '' AND asker = ''))
) STRICT;

CREATE INDEX job_waiting ON job (at) WHERE state = 'waiting';
