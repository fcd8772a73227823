import { newId } from '@/lib/ids';
import type { Tx } from '../db/client';
import type { JsonObject } from '../db/sql';

export type OutgoingEmail = {
  /** A template registered by the feature that owns it (see `templates.ts`). */
  template: string;
  /** What the template needs; ids and words, never a link or a token. */
  params: JsonObject;
  to: { address: string; name: string };
  userId?: string | null;
  organizationId?: string | null;
  subject?: { type: 'invitation' | 'password-reset'; id: string };
  /** One mail a key: kind, id and version of the link it carries. */
  dedupeKey: string;
};

/** Rows of the caller's transaction; the worker sends them after the commit. A key that is there already stays one. */
export async function insertEmails(tx: Tx, emails: OutgoingEmail[]) {
  await tx.email.createMany({
    skipDuplicates: true,
    data: emails.map(({ to, subject, ...email }) => {
      const id = newId();
      return {
        ...email,
        id,
        toAddress: to.address,
        toName: to.name,
        subjectType: subject?.type ?? null,
        subjectId: subject?.id ?? null,
        messageId: `${id}@rollcall`,
      };
    }),
  });
}
