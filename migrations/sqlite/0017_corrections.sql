-- Corrections of what was published: numbered revisions with a reason, withdrawals, and what is disclosed of a round.

ALTER TABLE publication ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE round_event ADD COLUMN reason TEXT NOT NULL DEFAULT '';

CREATE TABLE withdrawal (
    year INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (year, revision),
    FOREIGN KEY (year, revision) REFERENCES publication (year, revision)
) STRICT;

CREATE TABLE release_plan (
    year INTEGER NOT NULL REFERENCES round (year),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    plan TEXT NOT NULL,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (year, revision)
) STRICT;

CREATE TRIGGER withdrawal_is_not_updated BEFORE UPDATE ON withdrawal
BEGIN SELECT RAISE(ABORT, 'withdrawal is append-only'); END;
CREATE TRIGGER withdrawal_is_not_deleted BEFORE DELETE ON withdrawal
BEGIN SELECT RAISE(ABORT, 'withdrawal is append-only'); END;

CREATE TRIGGER release_plan_is_not_updated BEFORE UPDATE ON release_plan
BEGIN SELECT RAISE(ABORT, 'release_plan is append-only'); END;
CREATE TRIGGER release_plan_is_not_deleted BEFORE DELETE ON release_plan
BEGIN SELECT RAISE(ABORT, 'release_plan is append-only'); END;
