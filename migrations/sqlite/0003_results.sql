-- Publications, indicator definitions, published counts of earlier years and the KPI ledger.

-- snapshot is kept to the letter: sha256 is the hash of exactly this text.
CREATE TABLE publication (
    year INTEGER NOT NULL REFERENCES round (year),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    published_at INTEGER NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    snapshot TEXT NOT NULL,
    PRIMARY KEY (year, revision)
) STRICT;

CREATE TABLE definition (
    id TEXT NOT NULL CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    definition TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE reference_count (
    year INTEGER NOT NULL CHECK (year BETWEEN 2019 AND 2100),
    field TEXT NOT NULL CHECK (field IN ('industry', 'living', 'administration')),
    count INTEGER NOT NULL CHECK (count >= 0),
    population INTEGER NOT NULL CHECK (population >= count),
    respondents INTEGER CHECK (respondents BETWEEN count AND population),
    definition TEXT NOT NULL,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (year, field)
) STRICT;

CREATE TABLE kpi (
    id TEXT NOT NULL CHECK (id <> ''),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    position INTEGER NOT NULL CHECK (position >= 1),
    category TEXT NOT NULL,
    label TEXT NOT NULL,
    unit TEXT NOT NULL,
    baseline TEXT NOT NULL,
    baseline_period TEXT NOT NULL,
    target_2028 TEXT NOT NULL,
    source TEXT NOT NULL,
    frequency TEXT NOT NULL,
    note TEXT NOT NULL,
    computed TEXT NOT NULL,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id, revision)
) STRICT;
