-- Questionnaires, rounds, responses and their answers.
-- author_account is empty where the system itself acted; author_name is the name at that time.

CREATE TABLE questionnaire (
    id INTEGER PRIMARY KEY,
    form_id TEXT NOT NULL,
    version TEXT NOT NULL,
    definition TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (form_id, version)
) STRICT;

CREATE TABLE round (
    year INTEGER NOT NULL PRIMARY KEY CHECK (year BETWEEN 2019 AND 2100),
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'finalized', 'published')),
    questionnaire INTEGER NOT NULL REFERENCES questionnaire (id),
    prefecture TEXT CHECK (length(prefecture) = 2),
    reference_date INTEGER,
    deadline INTEGER,
    CHECK ((state = 'draft') = (reference_date IS NULL)),
    CHECK ((reference_date IS NULL) = (deadline IS NULL))
) STRICT;

CREATE TABLE round_event (
    year INTEGER NOT NULL REFERENCES round (year),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'finalized', 'published')),
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (year, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
    number TEXT NOT NULL PRIMARY KEY CHECK (number <> ''),
    year INTEGER NOT NULL REFERENCES round (year),
    municipality TEXT NOT NULL REFERENCES municipality (code),
    content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE response (
    year INTEGER NOT NULL REFERENCES round (year),
    municipality TEXT NOT NULL REFERENCES municipality (code),
    state TEXT NOT NULL
        CHECK (state IN ('not_started', 'in_progress', 'awaiting_approval', 'submitted', 'returned', 'accepted')),
    revision INTEGER NOT NULL CHECK (revision >= 0),
    updated_at INTEGER,
    receipt TEXT UNIQUE REFERENCES receipt (number),
    PRIMARY KEY (year, municipality),
    CHECK ((revision = 0) = (updated_at IS NULL)),
    CHECK (receipt IS NOT NULL OR state IN ('not_started', 'in_progress', 'awaiting_approval'))
) STRICT, WITHOUT ROWID;

-- revision is the response's, as it was after the event.
CREATE TABLE response_event (
    year INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    state TEXT NOT NULL
        CHECK (state IN ('not_started', 'in_progress', 'awaiting_approval', 'submitted', 'returned', 'accepted')),
    note TEXT NOT NULL,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (year, municipality, revision),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality)
) STRICT, WITHOUT ROWID;

-- value is JSON; empty once the answer was cleared.
CREATE TABLE answer (
    year INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    question TEXT NOT NULL CHECK (question <> ''),
    value TEXT,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (year, municipality, question),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality)
) STRICT, WITHOUT ROWID;

-- response_revision is the response's after the save: it puts the changes of one response in order.
CREATE TABLE answer_history (
    year INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    question TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    response_revision INTEGER NOT NULL CHECK (response_revision >= 1),
    value_from TEXT,
    value_to TEXT,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (year, municipality, question, revision),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality)
) STRICT, WITHOUT ROWID;
