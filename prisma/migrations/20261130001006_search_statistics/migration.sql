-- A new column or index has no statistics, and without them the planner guesses. The rewritten copies are read from their
-- indexes alone only after a vacuum. Alone in its file: it cannot run in a transaction.
VACUUM (ANALYZE) "user", "membership", "invitation", "email";
