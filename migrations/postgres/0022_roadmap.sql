-- The roadmap: the plan's measures with their steps, and a review each half-year.

-- steps: a line a step; kpis: ids by spaces.
CREATE TABLE roadmap_item (
    id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    position BIGINT NOT NULL CHECK (position >= 1),
    field TEXT NOT NULL,
    area TEXT NOT NULL,
    survey_area TEXT NOT NULL,
    measure TEXT NOT NULL CHECK (measure <> ''),
    steps TEXT NOT NULL,
    kpis TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'prefecture')),
    note TEXT NOT NULL,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id, revision)
);

-- status: empty where it was taken back.
CREATE TABLE roadmap_review (
    item TEXT COLLATE "C" NOT NULL CHECK (item <> ''),
    period TEXT COLLATE "C" NOT NULL CHECK (length(period) = 6),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    status TEXT NOT NULL
        CHECK (status IN ('', 'not-started', 'preparing', 'on-track', 'delayed', 'done', 'stopped')),
    note TEXT NOT NULL,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (item, period, revision)
);

CREATE TRIGGER roadmap_item_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON roadmap_item
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER roadmap_review_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON roadmap_review
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
