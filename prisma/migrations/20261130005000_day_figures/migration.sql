-- Figures per day, counted hourly by a job, so that a chart reads thirty rows and no log. The platform is the nil UUID.
-- No foreign key: the platform is no organization. A day is one in UTC.
CREATE TABLE "day_figure" (
    "organization_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "joined" INTEGER NOT NULL,
    "signed_in" INTEGER NOT NULL,

    CONSTRAINT "day_figure_pkey" PRIMARY KEY ("organization_id", "day")
);

-- For the nightly cleaning.
CREATE INDEX "day_figure_day_idx" ON "day_figure"("day");
