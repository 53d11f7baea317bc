-- What takes long: one row a job, done by the server and begun anew when it starts again. `request` says what to do, `asker`
-- whom an unfinished job counts for (an account or a network address); both may name people and are emptied when the job
-- ends. `outcome` says what came of it.

CREATE TABLE job (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('accounts', 'report', 'site', 'export')),
    owner BIGINT REFERENCES account (id),
    asker TEXT COLLATE "C" NOT NULL,
    title TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'stopped')),
    attempts BIGINT NOT NULL CHECK (attempts >= 0),
    outcome TEXT NOT NULL,
    at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CHECK (state IN ('waiting', 'running') OR (request = '' AND asker = ''))
);

CREATE INDEX job_waiting ON job (at) WHERE state = 'waiting';
