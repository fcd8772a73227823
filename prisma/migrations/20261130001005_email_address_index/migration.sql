-- The email log by any part of an address, everywhere or in one organization.
CREATE INDEX "email_to_address_trgm" ON "email" USING gin ("organization_id", "to_address" gin_trgm_ops);
