-- Reminders, and the messages that they became: one for each address of a municipality, never two.

-- request is drawn when the form is shown: sent twice, it is still one reminder.
CREATE TABLE reminder (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request TEXT COLLATE "C" NOT NULL UNIQUE CHECK (request <> ''),
    year BIGINT NOT NULL REFERENCES round (year),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    author_account BIGINT REFERENCES account (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE mail (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reminder BIGINT NOT NULL REFERENCES reminder (id),
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipality (code),
    address TEXT COLLATE "C" NOT NULL CHECK (address <> ''),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'unclear')),
    attempts BIGINT NOT NULL CHECK (attempts >= 0),
    next_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (reminder, municipality, address)
);

CREATE INDEX mail_waiting ON mail (next_at) WHERE state = 'waiting';

CREATE TRIGGER reminder_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reminder
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
