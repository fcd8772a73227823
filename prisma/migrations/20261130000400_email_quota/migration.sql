-- How many mails an organization has reserved for each hour. Older replicas do not know it: what they write is not counted.
CREATE TABLE "email_quota" (
    "organization_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "reserved" INTEGER NOT NULL,

    CONSTRAINT "email_quota_pkey" PRIMARY KEY ("organization_id", "hour"),
    CONSTRAINT "email_quota_organization_id_fkey"
      FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- For the nightly cleaning.
CREATE INDEX "email_quota_hour_idx" ON "email_quota"("hour");
