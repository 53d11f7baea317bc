-- What goes on around the answers: sections handed out inside a municipality, its approval, returns, inquiries,
-- questions and answers for everybody, and figures that others have published.

-- Every revision of a task is a row.
CREATE TABLE section_task (
    year INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    section TEXT NOT NULL CHECK (section <> ''),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    assignee TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done')),
    comment TEXT NOT NULL,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (year, municipality, section, revision),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality)
) STRICT, WITHOUT ROWID;

-- The last row of a municipality holds.
CREATE TABLE approval_setting (
    id INTEGER PRIMARY KEY,
    municipality TEXT NOT NULL REFERENCES municipality (code),
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX approval_setting_municipality ON approval_setting (municipality, id);

-- revision is the response's, as it was after the event that sent it back.
CREATE TABLE returned_question (
    year INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    revision INTEGER NOT NULL,
    question TEXT NOT NULL CHECK (question <> ''),
    position INTEGER NOT NULL CHECK (position >= 1),
    reason TEXT NOT NULL,
    PRIMARY KEY (year, municipality, revision, question),
    FOREIGN KEY (year, municipality, revision) REFERENCES response_event (year, municipality, revision)
) STRICT, WITHOUT ROWID;

-- question is empty where the form as a whole is meant.
CREATE TABLE inquiry (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    question TEXT CHECK (question <> ''),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality)
) STRICT;

CREATE INDEX inquiry_response ON inquiry (year, municipality);

CREATE TABLE inquiry_message (
    inquiry INTEGER NOT NULL REFERENCES inquiry (id),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    side TEXT NOT NULL CHECK (side IN ('municipality', 'prefecture')),
    text TEXT NOT NULL,
    closes INTEGER NOT NULL CHECK (closes IN (0, 1)),
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (inquiry, sequence),
    CHECK (text <> '' OR closes = 1)
) STRICT, WITHOUT ROWID;

CREATE TABLE question_and_answer (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL REFERENCES round (year),
    question TEXT CHECK (question <> ''),
    inquiry INTEGER REFERENCES inquiry (id),
    asked TEXT NOT NULL CHECK (asked <> ''),
    answer TEXT NOT NULL CHECK (answer <> ''),
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE question_and_answer_withdrawal (
    question_and_answer INTEGER NOT NULL PRIMARY KEY REFERENCES question_and_answer (id),
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE reference_source (
    id TEXT NOT NULL CHECK (id <> ''),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    title TEXT NOT NULL,
    as_of TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id, revision)
) STRICT, WITHOUT ROWID;

-- The municipality comes first in the key: it is asked for one at a time.
CREATE TABLE reference_figure (
    municipality TEXT NOT NULL REFERENCES municipality (code),
    source TEXT NOT NULL,
    revision INTEGER NOT NULL,
    item TEXT NOT NULL CHECK (item <> ''),
    value TEXT NOT NULL,
    PRIMARY KEY (municipality, source, revision, item),
    FOREIGN KEY (source, revision) REFERENCES reference_source (id, revision)
) STRICT, WITHOUT ROWID;

-- Rows of these tables, too, are added, never changed or removed.

CREATE TRIGGER section_task_is_not_updated BEFORE UPDATE ON section_task
BEGIN SELECT RAISE(ABORT, 'section_task is append-only'); END;
CREATE TRIGGER section_task_is_not_deleted BEFORE DELETE ON section_task
BEGIN SELECT RAISE(ABORT, 'section_task is append-only'); END;

CREATE TRIGGER approval_setting_is_not_updated BEFORE UPDATE ON approval_setting
BEGIN SELECT RAISE(ABORT, 'approval_setting is append-only'); END;
CREATE TRIGGER approval_setting_is_not_deleted BEFORE DELETE ON approval_setting
BEGIN SELECT RAISE(ABORT, 'approval_setting is append-only'); END;

CREATE TRIGGER returned_question_is_not_updated BEFORE UPDATE ON returned_question
BEGIN SELECT RAISE(ABORT, 'returned_question is append-only'); END;
CREATE TRIGGER returned_question_is_not_deleted BEFORE DELETE ON returned_question
BEGIN SELECT RAISE(ABORT, 'returned_question is append-only'); END;

CREATE TRIGGER inquiry_is_not_updated BEFORE UPDATE ON inquiry
BEGIN SELECT RAISE(ABORT, 'inquiry is append-only'); END;
CREATE TRIGGER inquiry_is_not_deleted BEFORE DELETE ON inquiry
BEGIN SELECT RAISE(ABORT, 'inquiry is append-only'); END;

CREATE TRIGGER inquiry_message_is_not_updated BEFORE UPDATE ON inquiry_message
BEGIN SELECT RAISE(ABORT, 'inquiry_message is append-only'); END;
CREATE TRIGGER inquiry_message_is_not_deleted BEFORE DELETE ON inquiry_message
BEGIN SELECT RAISE(ABORT, 'inquiry_message is append-only'); END;

CREATE TRIGGER question_and_answer_is_not_updated BEFORE UPDATE ON question_and_answer
BEGIN SELECT RAISE(ABORT, 'question_and_answer is append-only'); END;
CREATE TRIGGER question_and_answer_is_not_deleted BEFORE DELETE ON question_and_answer
BEGIN SELECT RAISE(ABORT, 'question_and_answer is append-only'); END;

CREATE TRIGGER question_and_answer_withdrawal_is_not_updated BEFORE UPDATE ON question_and_answer_withdrawal
BEGIN SELECT RAISE(ABORT, 'question_and_answer_withdrawal is append-only'); END;
CREATE TRIGGER question_and_answer_withdrawal_is_not_deleted BEFORE DELETE ON question_and_answer_withdrawal
BEGIN SELECT RAISE(ABORT, 'question_and_answer_withdrawal is append-only'); END;

CREATE TRIGGER reference_source_is_not_updated BEFORE UPDATE ON reference_source
BEGIN SELECT RAISE(ABORT, 'reference_source is append-only'); END;
CREATE TRIGGER reference_source_is_not_deleted BEFORE DELETE ON reference_source
BEGIN SELECT RAISE(ABORT, 'reference_source is append-only'); END;

CREATE TRIGGER reference_figure_is_not_updated BEFORE UPDATE ON reference_figure
BEGIN SELECT RAISE(ABORT, 'reference_figure is append-only'); END;
CREATE TRIGGER reference_figure_is_not_deleted BEFORE DELETE ON reference_figure
BEGIN SELECT RAISE(ABORT, 'reference_figure is append-only'); END;
