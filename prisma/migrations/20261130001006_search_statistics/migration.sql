-- A new column or index has no statistics, and without them the planner guesses.
ANALYZE "user", "membership", "invitation", "email";
