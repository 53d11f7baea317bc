-- Messages that were sent and came back, and messages that were not sent after all.

CREATE TABLE mail_with_more_states (
    id INTEGER PRIMARY KEY,
    reminder INTEGER NOT NULL REFERENCES reminder (id),
    municipality TEXT NOT NULL REFERENCES municipality (code),
    address TEXT NOT NULL CHECK (address <> ''),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'unclear', 'bounced', 'withdrawn')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    next_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (reminder, municipality, address)
) STRICT;

INSERT INTO mail_with_more_states (id, reminder, municipality, address, recipient, subject, body, state, attempts, next_at,
                                   changed_at, reason)
SELECT id, reminder, municipality, address, recipient, subject, body, state, attempts, next_at, changed_at, reason
FROM mail;
DROP TABLE mail;
ALTER TABLE mail_with_more_states RENAME TO mail;

CREATE INDEX mail_waiting ON mail (next_at) WHERE state = 'waiting';
