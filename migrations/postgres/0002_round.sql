-- Questionnaires, rounds, responses and their answers.
-- author_account is empty where the system itself acted; author_name is the name at that time.

CREATE TABLE questionnaire (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    form_id TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    definition TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (form_id, version)
);

CREATE TABLE round (
    year BIGINT NOT NULL PRIMARY KEY CHECK (year BETWEEN 2019 AND 2100),
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'finalized', 'published')),
    questionnaire BIGINT NOT NULL REFERENCES questionnaire (id),
    prefecture TEXT CHECK (length(prefecture) = 2),
    reference_date BIGINT,
    deadline BIGINT,
    CHECK ((state = 'draft') = (reference_date IS NULL)),
    CHECK ((reference_date IS NULL) = (deadline IS NULL))
);

CREATE TABLE round_event (
    year BIGINT NOT NULL REFERENCES round (year),
    sequence BIGINT NOT NULL CHECK (sequence >= 1),
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'finalized', 'published')),
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (year, sequence)
);

CREATE TABLE receipt (
    number TEXT NOT NULL PRIMARY KEY CHECK (number <> ''),
    year BIGINT NOT NULL REFERENCES round (year),
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality (code),
    content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE response (
    year BIGINT NOT NULL REFERENCES round (year),
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality (code),
    state TEXT NOT NULL
        CHECK (state IN ('not_started', 'in_progress', 'awaiting_approval', 'submitted', 'returned', 'accepted')),
    revision BIGINT NOT NULL CHECK (revision >= 0),
    updated_at BIGINT,
    receipt TEXT UNIQUE REFERENCES receipt (number),
    PRIMARY KEY (year, municipality),
    CHECK ((revision = 0) = (updated_at IS NULL)),
    CHECK (receipt IS NOT NULL OR state IN ('not_started', 'in_progress', 'awaiting_approval'))
);

-- revision is the response's, as it was after the event.
CREATE TABLE response_event (
    year BIGINT NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL CHECK (revision >= 1),
    state TEXT NOT NULL
        CHECK (state IN ('not_started', 'in_progress', 'awaiting_approval', 'submitted', 'returned', 'accepted')),
    note TEXT NOT NULL,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (year, municipality, revision),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality)
);

-- value is JSON; empty once the answer was cleared.
CREATE TABLE answer (
    year BIGINT NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    question TEXT COLLATE "C" NOT NULL CHECK (question <> ''),
    value TEXT,
    revision BIGINT NOT NULL CHECK (revision >= 1),
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (year, municipality, question),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality)
);

-- response_revision is the response's after the save: it puts the changes of one response in order.
CREATE TABLE answer_history (
    year BIGINT NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    question TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL CHECK (revision >= 1),
    response_revision BIGINT NOT NULL CHECK (response_revision >= 1),
    value_from TEXT,
    value_to TEXT,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (year, municipality, question, revision),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality)
);
