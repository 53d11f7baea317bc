-- The roadmap: the plan's measures with their steps, and a review each half-year.

-- steps: a line a step; kpis: ids by spaces.
CREATE TABLE roadmap_item (
    id TEXT NOT NULL CHECK (id <> ''),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    position INTEGER NOT NULL CHECK (position >= 1),
    field TEXT NOT NULL,
    area TEXT NOT NULL,
    survey_area TEXT NOT NULL,
    measure TEXT NOT NULL CHECK (measure <> ''),
    steps TEXT NOT NULL,
    kpis TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'prefecture')),
    note TEXT NOT NULL,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id, revision)
) STRICT;

-- status: empty where it was taken back.
CREATE TABLE roadmap_review (
    item TEXT NOT NULL CHECK (item <> ''),
    period TEXT NOT NULL CHECK (length(period) = 6),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    status TEXT NOT NULL
        CHECK (status IN ('', 'not-started', 'preparing', 'on-track', 'delayed', 'done', 'stopped')),
    note TEXT NOT NULL,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (item, period, revision)
) STRICT;

CREATE TRIGGER roadmap_item_is_not_updated BEFORE UPDATE ON roadmap_item
BEGIN SELECT RAISE(ABORT, 'roadmap_item is append-only'); END;
CREATE TRIGGER roadmap_item_is_not_deleted BEFORE DELETE ON roadmap_item
BEGIN SELECT RAISE(ABORT, 'roadmap_item is append-only'); END;
CREATE TRIGGER roadmap_review_is_not_updated BEFORE UPDATE ON roadmap_review
BEGIN SELECT RAISE(ABORT, 'roadmap_review is append-only'); END;
CREATE TRIGGER roadmap_review_is_not_deleted BEFORE DELETE ON roadmap_review
BEGIN SELECT RAISE(ABORT, 'roadmap_review is append-only'); END;
