-- What a round is planned with while it is being prepared. Opening it sets reference_date and deadline; the plan stays.
ALTER TABLE round ADD COLUMN planned_opening INTEGER;
ALTER TABLE round ADD COLUMN planned_reference_date INTEGER;
ALTER TABLE round ADD COLUMN planned_deadline INTEGER;
