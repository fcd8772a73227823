import { workAs, workAsNobody } from '@tests/support/factories';
import { changeEmailNow, confirmEmailChange } from '@/features/users/email-change/confirm.service';
import { emailChangeLink } from '@/features/users/email-change/request.schema';
import {
  cancelEmailChange,
  requestEmailChange,
  resendEmailChange,
} from '@/features/users/email-change/request.service';
import { type EmailAddress, parseEmail } from '@/lib/email';
import { linkToken } from '@/server/auth/links';
import type { Db } from '@/server/db/client';
import type { Work } from '@/server/work';

type UpdateWork = Work<'users.update'>;

export function addressOf(typed: string): EmailAddress {
  const parsed = parseEmail(typed);
  if (!parsed.ok) throw new Error(`${typed} is no address.`);
  return parsed.email;
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
    /** The token of the open request. */
    async token(userId: string): Promise<string> {
      const change = await db.emailChange.findFirstOrThrow({ where: { userId, endedAt: null } });
      return linkToken(emailChangeLink, change.id, change.version);
    },
  };
}
