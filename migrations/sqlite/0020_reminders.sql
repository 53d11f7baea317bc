-- Reminders, and the messages that they became: one for each address of a municipality, never two.

-- request is drawn when the form is shown: sent twice, it is still one reminder.
CREATE TABLE reminder (
    id INTEGER PRIMARY KEY,
    request TEXT NOT NULL UNIQUE CHECK (request <> ''),
    year INTEGER NOT NULL REFERENCES round (year),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    author_account INTEGER REFERENCES account (id),
    author_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    reminder INTEGER NOT NULL REFERENCES reminder (id),
    municipality TEXT NOT NULL REFERENCES municipality (code),
    address TEXT NOT NULL CHECK (address <> ''),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'unclear')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    next_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (reminder, municipality, address)
) STRICT;

CREATE INDEX mail_waiting ON mail (next_at) WHERE state = 'waiting';

CREATE TRIGGER reminder_is_not_updated BEFORE UPDATE ON reminder
BEGIN SELECT RAISE(ABORT, 'reminder is append-only'); END;
CREATE TRIGGER reminder_is_not_deleted BEFORE DELETE ON reminder
BEGIN SELECT RAISE(ABORT, 'reminder is append-only'); END;
