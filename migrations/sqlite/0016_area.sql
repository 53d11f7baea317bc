-- The area of a municipality in hectares, where known.
ALTER TABLE municipality ADD COLUMN area INTEGER CHECK (area > 0);
