-- What goes on around the answers: sections handed out inside a municipality, its approval, returns, inquiries,
-- questions and answers for everybody, and figures that others have published.

-- Every revision of a task is a row.
CREATE TABLE section_task (
    year BIGINT NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C" NOT NULL CHECK (section <> ''),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    assignee TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done')),
    comment TEXT NOT NULL,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (year, municipality, section, revision),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality)
);

-- The last row of a municipality holds.
CREATE TABLE approval_setting (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality (code),
    required BIGINT NOT NULL CHECK (required IN (0, 1)),
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX approval_setting_municipality ON approval_setting (municipality, id);

-- revision is the response's, as it was after the event that sent it back.
CREATE TABLE returned_question (
    year BIGINT NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    question TEXT COLLATE "C" NOT NULL CHECK (question <> ''),
    position BIGINT NOT NULL CHECK (position >= 1),
    reason TEXT NOT NULL,
    PRIMARY KEY (year, municipality, revision, question),
    FOREIGN KEY (year, municipality, revision) REFERENCES response_event (year, municipality, revision)
);

-- question is empty where the form as a whole is meant.
CREATE TABLE inquiry (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    year BIGINT NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    question TEXT COLLATE "C" CHECK (question <> ''),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality)
);

CREATE INDEX inquiry_response ON inquiry (year, municipality);

CREATE TABLE inquiry_message (
    inquiry BIGINT NOT NULL REFERENCES inquiry (id),
    sequence BIGINT NOT NULL CHECK (sequence >= 1),
    side TEXT NOT NULL CHECK (side IN ('municipality', 'prefecture')),
    text TEXT NOT NULL,
    closes BIGINT NOT NULL CHECK (closes IN (0, 1)),
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (inquiry, sequence),
    CHECK (text <> '' OR closes = 1)
);

CREATE TABLE question_and_answer (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    year BIGINT NOT NULL REFERENCES round (year),
    question TEXT COLLATE "C" CHECK (question <> ''),
    inquiry BIGINT REFERENCES inquiry (id),
    asked TEXT NOT NULL CHECK (asked <> ''),
    answer TEXT NOT NULL CHECK (answer <> ''),
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE question_and_answer_withdrawal (
    question_and_answer BIGINT NOT NULL PRIMARY KEY REFERENCES question_and_answer (id),
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE reference_source (
    id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    title TEXT NOT NULL,
    as_of TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id, revision)
);

-- The municipality comes first in the key: it is asked for one at a time.
CREATE TABLE reference_figure (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality (code),
    source TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    item TEXT COLLATE "C" NOT NULL CHECK (item <> ''),
    value TEXT NOT NULL,
    PRIMARY KEY (municipality, source, revision, item),
    FOREIGN KEY (source, revision) REFERENCES reference_source (id, revision)
);

-- Rows of these tables, too, are added, never changed or removed.

CREATE TRIGGER section_task_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON section_task
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER approval_setting_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON approval_setting
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER returned_question_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON returned_question
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER inquiry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inquiry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER inquiry_message_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inquiry_message
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER question_and_answer_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON question_and_answer
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER question_and_answer_withdrawal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON question_and_answer_withdrawal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER reference_source_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reference_source
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER reference_figure_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reference_figure
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
