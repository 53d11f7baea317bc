-- Later deadlines of single municipalities: asked for by the municipality, granted or declined by the prefecture.

-- until: empty where it was declined. reason: empty only where it was granted.
CREATE TABLE deadline_extension (
    year BIGINT NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL CHECK (sequence >= 1),
    step TEXT NOT NULL CHECK (step IN ('requested', 'granted', 'declined')),
    until BIGINT,
    reason TEXT NOT NULL,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (year, municipality, sequence),
    FOREIGN KEY (year, municipality) REFERENCES response (year, municipality),
    CHECK ((step = 'declined') = (until IS NULL)),
    CHECK (step = 'granted' OR reason <> '')
);

CREATE TRIGGER deadline_extension_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deadline_extension
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
