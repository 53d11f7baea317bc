-- Boundaries of municipalities, imported as a whole; the latest revision is drawn.

CREATE TABLE boundaries (
    revision INTEGER PRIMARY KEY CHECK (revision >= 1),
    source TEXT NOT NULL CHECK (source <> ''),
    areas TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER boundaries_is_not_updated BEFORE UPDATE ON boundaries
BEGIN SELECT RAISE(ABORT, 'boundaries is append-only'); END;
CREATE TRIGGER boundaries_is_not_deleted BEFORE DELETE ON boundaries
BEGIN SELECT RAISE(ABORT, 'boundaries is append-only'); END;
