-- The area of a municipality in hectares, where known.
ALTER TABLE municipality ADD COLUMN area BIGINT CHECK (area > 0);
