-- Corrections of what was published: numbered revisions with a reason, withdrawals, and what is disclosed of a round.

ALTER TABLE publication ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE round_event ADD COLUMN reason TEXT NOT NULL DEFAULT '';

CREATE TABLE withdrawal (
    year BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (year, revision),
    FOREIGN KEY (year, revision) REFERENCES publication (year, revision)
);

CREATE TABLE release_plan (
    year BIGINT NOT NULL REFERENCES round (year),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    plan TEXT NOT NULL,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (year, revision)
);

CREATE TRIGGER withdrawal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON withdrawal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER release_plan_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON release_plan
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
