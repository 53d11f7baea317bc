-- What happened stays: rows of these tables are added, never changed or removed.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER questionnaire_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON questionnaire
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER round_event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON round_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER receipt_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER response_event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON response_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER answer_history_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON answer_history
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER publication_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON publication
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER definition_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON definition
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER kpi_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kpi
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
