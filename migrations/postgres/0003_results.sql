-- Publications, indicator definitions, published counts of earlier years and the KPI ledger.

-- snapshot is kept to the letter: sha256 is the hash of exactly this text.
CREATE TABLE publication (
    year BIGINT NOT NULL REFERENCES round (year),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    published_at BIGINT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    snapshot TEXT NOT NULL,
    PRIMARY KEY (year, revision)
);

CREATE TABLE definition (
    id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
    version BIGINT NOT NULL CHECK (version >= 1),
    definition TEXT NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE reference_count (
    year BIGINT NOT NULL CHECK (year BETWEEN 2019 AND 2100),
    field TEXT NOT NULL CHECK (field IN ('industry', 'living', 'administration')),
    count BIGINT NOT NULL CHECK (count >= 0),
    population BIGINT NOT NULL CHECK (population >= count),
    respondents BIGINT CHECK (respondents BETWEEN count AND population),
    definition TEXT NOT NULL,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (year, field)
);

CREATE TABLE kpi (
    id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    position BIGINT NOT NULL CHECK (position >= 1),
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
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id, revision)
);
