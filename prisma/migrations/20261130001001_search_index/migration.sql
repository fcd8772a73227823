-- By itself: others may read meanwhile, and only what writes to the table waits.
CREATE INDEX "user_search_trgm" ON "user" USING gin ("search" gin_trgm_ops);
