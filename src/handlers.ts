// Joins each declared job to the service that handles it. Declarations import no service, so no circle arises.

import { passwordHelpJob } from '@/features/account/password-reset.jobs';
import { answerHelpRequest } from '@/features/account/password-reset.service';
import { importKind } from '@/features/imports/plan-kind.service';
import { cutOffUploadsJob } from '@/features/imports/staging.jobs';
import { sweepUploads } from '@/features/imports/staging.service';
import { validateImport } from '@/features/imports/validate.service';
import { invitationsKind } from '@/features/invitations/bulk/bulk-apply.service';
import { prepareBulk } from '@/features/invitations/bulk/plan.service';
import { expireInvitationsJob } from '@/features/invitations/expire.jobs';
import { expireAllDue } from '@/features/invitations/expire.service';
import { remindInvitationsJob } from '@/features/invitations/reminders.jobs';
import { remindAllDue } from '@/features/invitations/reminders.service';
import { registerPlanKind } from '@/features/plans/lifecycle.service';
import { resumePlansJob } from '@/features/plans/lost-plans.jobs';
import { resumeLostPlans } from '@/features/plans/lost-plans.service';
import { deleteExpiredJob } from '@/features/retention/expired-records.jobs';
import { cleanRecords } from '@/features/retention/expired-records.service';
import { reactivateDueJob } from '@/features/users/deactivation.jobs';
import { reactivateAllDue } from '@/features/users/deactivation.service';
import { systemJob } from '@/server/job';
import { sendEmailsJob } from '@/server/mail/outbox';
import { sendWaitingEmails } from '@/server/mail/wake-ups';

systemJob(passwordHelpJob, {
  run: ({ unit }, { userId, limit }) =>
    unit((work) => answerHelpRequest(work, userId, limit === 'over'), { exempt: true }),
});
systemJob(sendEmailsJob, { run: sendWaitingEmails });
systemJob(cutOffUploadsJob, { run: sweepUploads });
systemJob(expireInvitationsJob, { run: expireAllDue });
systemJob(remindInvitationsJob, { run: remindAllDue });
systemJob(resumePlansJob, { run: resumeLostPlans });
systemJob(deleteExpiredJob, { run: cleanRecords });
systemJob(reactivateDueJob, { run: reactivateAllDue });

registerPlanKind(importKind, validateImport);
registerPlanKind(invitationsKind, prepareBulk);
