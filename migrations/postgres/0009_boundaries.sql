-- Boundaries of municipalities, imported as a whole; the latest revision is drawn.

CREATE TABLE boundaries (
    revision BIGINT PRIMARY KEY CHECK (revision >= 1),
    source TEXT NOT NULL CHECK (source <> ''),
    areas TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TRIGGER boundaries_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON boundaries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
