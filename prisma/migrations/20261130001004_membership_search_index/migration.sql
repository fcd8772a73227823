CREATE INDEX "membership_search_trgm" ON "membership" USING gin ("organization_id", "search" gin_trgm_ops);
