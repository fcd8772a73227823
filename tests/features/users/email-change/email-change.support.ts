import { workAs, workAsNobody } from '@tests/support/factories';
import { changeEmailNow, confirmEmailChange } from '@/features/users/email-change/confirm.service';
import { agreeToEmailChange, stopEmailChange } from '@/features/users/email-change/consent.service';
import { applyDueEmailChanges } from '@/features/users/email-change/due.service';
import { emailChangeLink, emailConsentLink } from '@/features/users/email-change/request.schema';
import {
  cancelEmailChange,
  requestEmailChange,
  resendEmailChange,
} from '@/features/users/email-change/request.service';
import { type EmailAddress, parseEmail } from '@/lib/email';
import { linkToken } from '@/server/auth/links';
import type { Db } from '@/server/db/client';
import { makeTools } from '@/server/handle';
import { jobRequest, type SystemTools } from '@/server/job';
import { inUnit } from '@/server/unit';
import type { Work } from '@/server/work';

type UpdateWork = Work<'users.update'>;

export function addressOf(typed: string): EmailAddress {
  const parsed = parseEmail(typed);
  if (!parsed.ok) throw new Error(`${typed} is no address.`);
  return parsed.email;
}

/** The tools of one run of a job. */
export function systemTools(db: Db): SystemTools {
  const run = jobRequest('test');
  return {
    unit: (body) =>
      inUnit(async (tx, ledger) => body(makeTools(tx, { kind: 'system', id: null }, run, ledger)), {
        client: db,
        exempt: true,
      }),
  };
}

/** An admin's actions on somebody's address, and the confirmation by its link. */
export function changes(db: Db) {
  return {
    request: (actorId: string, id: string, email: string) =>
      workAs(db, actorId, (work: UpdateWork) => requestEmailChange(work, { id, email: addressOf(email) })),
    now: (actorId: string, id: string, email: string) =>
      workAs(db, actorId, (work: UpdateWork) => changeEmailNow(work, { id, email: addressOf(email) })),
    resend: (actorId: string, id: string) => workAs(db, actorId, (work: UpdateWork) => resendEmailChange(work, id)),
    cancel: (actorId: string, id: string) => workAs(db, actorId, (work: UpdateWork) => cancelEmailChange(work, id)),
    confirm: (token: string) => workAsNobody(db, (work) => confirmEmailChange(work, token)),
    agree: (token: string) => workAsNobody(db, (work) => agreeToEmailChange(work, token)),
    stop: (token: string) => workAsNobody(db, (work) => stopEmailChange(work, token)),
    /** The job that lets confirmed changes take effect. */
    applyDue: () => applyDueEmailChanges(systemTools(db)),
    /** As if the time to object were over. `isTold`: the mail that says so has left. */
    async endWait(userId: string, { isTold = true } = {}) {
      if (isTold) {
        await db.email.updateMany({
          where: { userId, template: 'email-change-consent' },
          data: { state: 'sent', sentAt: new Date(Date.now() - 73 * 60 * 60 * 1000) },
        });
      }
      await db.emailChange.updateMany({
        where: { userId, endedAt: null, takesEffectAt: { not: null } },
        data: { takesEffectAt: new Date(Date.now() - 1000) },
      });
    },
    /** The token in the mail to the current address. */
    async consentToken(userId: string): Promise<string> {
      const change = await db.emailChange.findFirstOrThrow({ where: { userId }, orderBy: { createdAt: 'desc' } });
      return linkToken(emailConsentLink, change.id, 1);
    },
    /** The token of the open request. */
    async token(userId: string): Promise<string> {
      const change = await db.emailChange.findFirstOrThrow({ where: { userId, endedAt: null } });
      return linkToken(emailChangeLink, change.id, change.version);
    },
  };
}
