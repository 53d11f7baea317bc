-- Messages that were sent and came back, and messages that were not sent after all.

ALTER TABLE mail DROP CONSTRAINT mail_state_check;
ALTER TABLE mail ADD CONSTRAINT mail_state_check
    CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'unclear', 'bounced', 'withdrawn'));
