-- Later deadlines of single municipalities: asked for by the municipality, granted or declined by the prefecture.

-- until: empty where it was declined. reason: empty only where it was granted.
CREATE TABLE deadline_extension (
    year INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    step TEXT NOT NULL CHECK (step IN ('requested', 'granted', 'declined')),
    until INTEGER,
    reason TEXT NOT NULL,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (year, municipality, sequence),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality),
    CHECK ((step = 'declined') = (until IS NULL)),
    CHECK (step = 'granted' OR reason <> '')
) STRICT, WITHOUT ROWID;

CREATE TRIGGER deadline_extension_is_not_updated BEFORE UPDATE ON deadline_extension
BEGIN SELECT RAISE(ABORT, 'deadline_extension is append-only'); END;
CREATE TRIGGER deadline_extension_is_not_deleted BEFORE DELETE ON deadline_extension
BEGIN SELECT RAISE(ABORT, 'deadline_extension is append-only'); END;
