-- What happened stays: rows of these tables are added, never changed or removed.

CREATE TRIGGER questionnaire_is_not_updated BEFORE UPDATE ON questionnaire
BEGIN SELECT RAISE(ABORT, 'questionnaire is append-only'); END;
CREATE TRIGGER questionnaire_is_not_deleted BEFORE DELETE ON questionnaire
BEGIN SELECT RAISE(ABORT, 'questionnaire is append-only'); END;

CREATE TRIGGER round_event_is_not_updated BEFORE UPDATE ON round_event
BEGIN SELECT RAISE(ABORT, 'round_event is append-only'); END;
CREATE TRIGGER round_event_is_not_deleted BEFORE DELETE ON round_event
BEGIN SELECT RAISE(ABORT, 'round_event is append-only'); END;

CREATE TRIGGER receipt_is_not_updated BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;
CREATE TRIGGER receipt_is_not_deleted BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;

CREATE TRIGGER response_event_is_not_updated BEFORE UPDATE ON response_event
BEGIN SELECT RAISE(ABORT, 'response_event is append-only'); END;
CREATE TRIGGER response_event_is_not_deleted BEFORE DELETE ON response_event
BEGIN SELECT RAISE(ABORT, 'response_event is append-only'); END;

CREATE TRIGGER answer_history_is_not_updated BEFORE UPDATE ON answer_history
BEGIN SELECT RAISE(ABORT, 'answer_history is append-only'); END;
CREATE TRIGGER answer_history_is_not_deleted BEFORE DELETE ON answer_history
BEGIN SELECT RAISE(ABORT, 'answer_history is append-only'); END;

CREATE TRIGGER publication_is_not_updated BEFORE UPDATE ON publication
BEGIN SELECT RAISE(ABORT, 'publication is append-only'); END;
CREATE TRIGGER publication_is_not_deleted BEFORE DELETE ON publication
BEGIN SELECT RAISE(ABORT, 'publication is append-only'); END;

CREATE TRIGGER definition_is_not_updated BEFORE UPDATE ON definition
BEGIN SELECT RAISE(ABORT, 'definition is append-only'); END;
CREATE TRIGGER definition_is_not_deleted BEFORE DELETE ON definition
BEGIN SELECT RAISE(ABORT, 'definition is append-only'); END;

CREATE TRIGGER kpi_is_not_updated BEFORE UPDATE ON kpi
BEGIN SELECT RAISE(ABORT, 'kpi is append-only'); END;
CREATE TRIGGER kpi_is_not_deleted BEFORE DELETE ON kpi
BEGIN SELECT RAISE(ABORT, 'kpi is append-only'); END;
