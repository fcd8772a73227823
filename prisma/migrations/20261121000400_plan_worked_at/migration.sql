-- When a worker last wrote: a plan whose worker died is found by it and taken up again.
ALTER TABLE "plan" ADD COLUMN "worked_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "plan_state_worked_at_idx" ON "plan"("state", "worked_at");
