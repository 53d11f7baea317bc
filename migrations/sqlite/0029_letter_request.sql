-- Letters that were made: a form's request makes them once, however often the browser sends it.
CREATE TABLE letter_request (
    request TEXT NOT NULL PRIMARY KEY CHECK (request <> ''),
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
