import type { World, Worlds } from './servers';
import type { recorder } from './steps';
import { workQueue } from './steps';

/** Addresses known only to the second world, addresses of people in both, and places and groups of every kind. */
function fileFor({ first, second }: Worlds): string {
  const [one, two] = first.overlapping;
  const row = (email: string, organization = '', groups = '', phone = '') =>
    [email, 'Noor', 'Newcomer', phone, 'viewer', organization, groups].join(',');
  return [
    'email,first name,last name,phone,roles,organization,groups',
    ...second.elsewhere.map((email) => row(email)),
    row('nobody.imported@shared.example'),
    row(one?.email ?? '', '', 'Mentors'),
    row(two?.email ?? '', '', '', '+442079460999'),
    row('ada.larkin.a@shared.example', '', 'Reception'),
    row('ada.larkin.b@shared.example'),
    // Open invitations of A, to people who are members of B in the second world.
    row('invited-1@shared.example'),
    row('invited-25@shared.example', '', 'Night shift'),
    row('here@shared.example', 'Harbour House'),
    row('there@shared.example', 'Quillfeather Trust'),
    row('nowhere@shared.example', 'Nowhere House'),
    row('by.slug@shared.example', 'harbour-house-2'),
    row('new.group@shared.example', '', 'Newly named'),
  ].join('\n');
}

/** Uploads a file, reviews what it would do, confirms it and looks at what it did. Returns how it ended. */
export async function importFile(world: World, worlds: Worlds, record: ReturnType<typeof recorder>) {
  const reader = worlds.first.readers['org admin'];
  const id = await upload(world, worlds, reader.cookie);
  const columns = ['email', 'firstName', 'lastName', 'phone', 'roles', 'organization', 'groups'];
  const fields = { id, columns, existing: 'update', suspended: 'leave_out', makeGroups: 'on', message: '' };
  await record.look('import: columns', reader, { path: `/imports/${id}` });
  await record.send(
    { name: 'import: prepare', action: 'import.prepare', by: 'org admin', fields },
    worlds.first.readers,
  );
  await workQueue(world);
  for (const verdict of ['', 'create', 'update', 'unchanged', 'conflict', 'error', 'not_allowed']) {
    await record.look(`import: review ${verdict}`, reader, { path: `/imports/${id}?verdict=${verdict}` });
  }
  await record.look('import: failed rows', reader, { path: `/imports/${id}/failed-rows`, fields: [] });
  const { rows } = await world.sql.query<{ hash: string }>(
    `SELECT encode(hash, 'hex') AS hash FROM plan WHERE id = $1`,
    [id],
  );
  const confirm = { name: 'import: confirm', action: 'import.confirm', by: 'org admin' as const };
  await record.send({ ...confirm, fields: { id, hash: rows[0]?.hash ?? '' } }, worlds.first.readers);
  await workQueue(world);
  await record.mails('import: mails');
  for (const path of [`/imports/${id}`, `/imports/${id}/progress`, '/imports']) {
    await record.look(`import: receipt ${path.replace(id, '')}`, reader, { path });
  }
  const ended = `SELECT state, (counts->>'create')::int AS "create", (counts->>'update')::int AS "update" FROM plan WHERE id = $1`;
  return (await world.sql.query(ended, [id])).rows[0];
}

async function upload({ url }: World, worlds: Worlds, cookie: string): Promise<string> {
  const body = new FormData();
  body.set('file', new File([fileFor(worlds)], 'people.csv', { type: 'text/csv' }));
  const response = await fetch(`${url}/api/imports`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: url },
    body,
  });
  return (response.headers.get('location') ?? '').split('/').at(-1) ?? '';
}
