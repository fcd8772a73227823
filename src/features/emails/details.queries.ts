import { isId } from '@/lib/ids';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';
import { columns, type EmailRow } from './list.queries';

/** Throws Fail('not_found') outside the reader's scope. */
export async function getEmail(can: Can<'emails.read'>, id: string) {
  if (!isId(id)) throw new Fail('not_found');
  const [row] = await can.read<
    EmailRow & { messageId: string; subjectType: string | null; subjectId: string | null }
  >(sql`
    SELECT ${columns}, e.message_id AS "messageId", e.subject_type AS "subjectType", e.subject_id AS "subjectId"
      FROM email e LEFT JOIN organization o ON o.id = e.organization_id
     WHERE e.id = ${id}::uuid AND ${within(can, 'emails.read', sql`e.organization_id`)}`);
  if (!row) throw new Fail('not_found');
  return row;
}

/** The newest ten emails about an invitation, for "Did not arrive?". */
export async function emailsAbout(can: Can<'invitations.read'>, subject: { type: 'invitation'; id: string }) {
  if (!isId(subject.id)) throw new Fail('not_found');
  return can.read<EmailRow>(sql`
    SELECT ${columns} FROM email e LEFT JOIN organization o ON o.id = e.organization_id
     WHERE e.subject_type = ${subject.type} AND e.subject_id = ${subject.id}::uuid
       AND ${within(can, 'invitations.read', sql`e.organization_id`)}
     ORDER BY e.created_at DESC, e.id DESC LIMIT 10`);
}
