-- Which questions' results were opened by themselves, and in which way: once for each, when it first happened. Nobody's
-- name and no count is kept.
CREATE TABLE question_use (
    year BIGINT NOT NULL REFERENCES round (year),
    concept TEXT COLLATE "C" NOT NULL CHECK (concept <> ''),
    way TEXT COLLATE "C" NOT NULL CHECK (way IN ('page', 'picture', 'api', 'exploration')),
    first_at BIGINT NOT NULL,
    PRIMARY KEY (year, concept, way)
);

CREATE TRIGGER question_use_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON question_use
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
