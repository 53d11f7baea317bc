-- Which questions' results were opened by themselves, and in which way: once for each, when it first happened. Nobody's
-- name and no count is kept.
CREATE TABLE question_use (
    year INTEGER NOT NULL REFERENCES round (year),
    concept TEXT NOT NULL CHECK (concept <> ''),
    way TEXT NOT NULL CHECK (way IN ('page', 'picture', 'api', 'exploration')),
    first_at INTEGER NOT NULL,
    PRIMARY KEY (year, concept, way)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER question_use_is_not_updated BEFORE UPDATE ON question_use
BEGIN SELECT RAISE(ABORT, 'question_use is append-only'); END;
CREATE TRIGGER question_use_is_not_deleted BEFORE DELETE ON question_use
BEGIN SELECT RAISE(ABORT, 'question_use is append-only'); END;
