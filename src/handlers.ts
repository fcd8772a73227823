// Joins each declared job, mail and link to the service that handles it. Declarations import no service, so no circle arises.

import {
  accountAwaitsActivationEmail,
  passwordChangedEmail,
  passwordResetEmail,
} from '@/features/account/password.emails';
import { passwordResetLink } from '@/features/account/password.schema';
import { passwordHelpJob } from '@/features/account/password-reset.jobs';
import { answerHelpRequest, isResetLinkCurrent } from '@/features/account/password-reset.service';
import { countDaysJob } from '@/features/figures/days.jobs';
import { countDays } from '@/features/figures/days.service';
import { importKind } from '@/features/imports/plan-kind.service';
import { cutOffUploadsJob } from '@/features/imports/staging.jobs';
import { sweepUploads } from '@/features/imports/staging.service';
import { validateImport } from '@/features/imports/validate.service';
import { invitationsKind } from '@/features/invitations/bulk/bulk-apply.service';
import { prepareBulk } from '@/features/invitations/bulk/plan.service';
import { invitationWorksUntil, isInvitationLinkCurrent, recordDelivery } from '@/features/invitations/delivery.service';
import { expireInvitationsJob } from '@/features/invitations/expire.jobs';
import { expireAllDue } from '@/features/invitations/expire.service';
import { invitationAskedEmail, invitationEmail, invitationReminderEmail } from '@/features/invitations/mail.emails';
import { remindInvitationsJob } from '@/features/invitations/reminders.jobs';
import { remindAllDue } from '@/features/invitations/reminders.service';
import { invitationLink } from '@/features/invitations/send.schema';
import { membershipAddedEmail } from '@/features/memberships/membership.emails';
import { registerPlanKind } from '@/features/plans/lifecycle.service';
import { resumePlansJob } from '@/features/plans/lost-plans.jobs';
import { resumeLostPlans } from '@/features/plans/lost-plans.service';
import { deleteExpiredJob } from '@/features/retention/expired-records.jobs';
import { cleanRecords } from '@/features/retention/expired-records.service';
import { reactivateDueJob } from '@/features/users/deactivation.jobs';
import { reactivateAllDue } from '@/features/users/deactivation.service';
import { applyDueEmailChangesJob } from '@/features/users/email-change/due.jobs';
import { applyDueEmailChanges } from '@/features/users/email-change/due.service';
import { isChangeLinkCurrent, isConsentLinkCurrent } from '@/features/users/email-change/pending.service';
import {
  emailChangedEmail,
  emailChangeEmail,
  emailChangeRequestedEmail,
  emailConsentEmail,
} from '@/features/users/email-change/request.emails';
import { emailChangeLink, emailConsentLink } from '@/features/users/email-change/request.schema';
import { systemJob } from '@/server/job';
import { sendEmailsJob } from '@/server/mail/outbox';
import { registerEmails, registerLink } from '@/server/mail/registry';
import { sendWaitingEmails } from '@/server/mail/wake-ups';

systemJob(passwordHelpJob, {
  run: ({ unit }, { userId, limit }) => unit((work) => answerHelpRequest(work, userId, limit === 'over')),
});
systemJob(sendEmailsJob, { run: sendWaitingEmails });
systemJob(cutOffUploadsJob, { run: sweepUploads });
systemJob(expireInvitationsJob, { run: expireAllDue });
systemJob(remindInvitationsJob, { run: remindAllDue });
systemJob(resumePlansJob, { run: resumeLostPlans });
systemJob(countDaysJob, { run: ({ unit }) => unit(countDays) });
systemJob(deleteExpiredJob, { run: cleanRecords });
systemJob(reactivateDueJob, { run: reactivateAllDue });
systemJob(applyDueEmailChangesJob, { run: applyDueEmailChanges });

registerPlanKind(importKind, validateImport);
registerPlanKind(invitationsKind, prepareBulk);

registerLink(emailChangeLink, { isCurrent: isChangeLinkCurrent });
registerLink(emailConsentLink, { isCurrent: isConsentLinkCurrent });
registerLink(invitationLink, {
  isCurrent: isInvitationLinkCurrent,
  worksUntil: invitationWorksUntil,
  recordDelivery,
});
registerLink(passwordResetLink, { isCurrent: isResetLinkCurrent });

registerEmails(accountAwaitsActivationEmail, passwordChangedEmail, passwordResetEmail);
registerEmails(invitationAskedEmail, invitationEmail, invitationReminderEmail, membershipAddedEmail);
registerEmails(emailChangedEmail, emailChangeEmail, emailChangeRequestedEmail, emailConsentEmail);
