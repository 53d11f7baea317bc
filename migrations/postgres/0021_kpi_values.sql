-- The KPI ledger's values by period, and when each row is measured.

-- The words of the frequencies become codes; what is none of them is kept in the remark. It is the same row, written
-- otherwise: the trigger stands aside for it.
ALTER TABLE kpi DISABLE TRIGGER kpi_is_append_only;
UPDATE kpi SET note = trim(note || ' 測る頻度：' || frequency)
WHERE frequency NOT IN ('', '半年ごと', '毎年', '5年ごと', 'half-yearly', 'yearly', 'five-yearly');
UPDATE kpi SET frequency = CASE
    WHEN frequency IN ('半年ごと', 'half-yearly') THEN 'half-yearly'
    WHEN frequency IN ('毎年', 'yearly') THEN 'yearly'
    WHEN frequency IN ('5年ごと', 'five-yearly') THEN 'five-yearly'
    ELSE '' END;
ALTER TABLE kpi ENABLE TRIGGER kpi_is_append_only;

ALTER TABLE kpi ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE kpi ADD COLUMN reference_date TEXT NOT NULL DEFAULT ''
    CHECK (reference_date = '' OR length(reference_date) = 10);

-- value: digits as entered; empty where it is not known (any more).
CREATE TABLE kpi_value (
    kpi TEXT COLLATE "C" NOT NULL CHECK (kpi <> ''),
    period TEXT COLLATE "C" NOT NULL CHECK (length(period) IN (4, 6)),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    value TEXT NOT NULL,
    note TEXT NOT NULL,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (kpi, period, revision)
);

CREATE TRIGGER kpi_value_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kpi_value
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
