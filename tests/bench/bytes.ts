import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { UserList } from '@/features/users/list.queries';
import { framePath, rowsFile } from './app';
import { fetchGood } from './http';
import { elementsOfRow } from './markup';
import { type Result, ratioResult } from './report';
import type { Visitor } from './visitors';

const targets = { frame: 80, html: 150, elements: 25, compressed: 5 };

/** The frame alone: the users page without its table, with what is sent for hydration. */
export async function measureFrame(url: string, users: number): Promise<Result> {
  const { body } = await fetchGood(url + framePath);
  return atMost({ id: `B.frame@${users}`, value: body.length / 1000, target: targets.frame, unit: 'kB' });
}

/** P21: the users page with fifty rows, as it is sent, in elements of each row, and compressed against the bare rows. */
export async function measureBytes(url: string, admin: Visitor, users: number): Promise<Result[]> {
  const { body } = await fetchGood(`${url}/users?size=50`, { cookie: admin.cookie });
  const { rows }: UserList = JSON.parse(readFileSync(rowsFile(users), 'utf8'));
  const page = gzipSync(body).length / 1000;
  const bare = gzipSync(JSON.stringify(rows)).length / 1000;
  return [
    atMost({ id: `P21.html@${users}`, value: body.length / 1000, target: targets.html, unit: 'kB' }),
    atMost({
      id: `P21.row@${users}`,
      value: elementsOfRow(body.toString()),
      target: targets.elements,
      unit: 'elements',
    }),
    ratioResult({
      id: `P21.compressed@${users}`,
      value: page,
      limit: bare,
      target: targets.compressed,
      unit: 'kB',
      rule: `≤ ${targets.compressed} × the rows as JSON`,
      note: `${page.toFixed(1)} kB compressed, ${rows.length} rows as JSON ${bare.toFixed(1)} kB`,
    }),
  ];
}

function atMost(given: { id: string; value: number; target: number; unit: string }): Result {
  const ratio = given.value / given.target;
  return { ...given, limit: given.target, ratio, ok: ratio <= 1, rule: `≤ ${given.target} ${given.unit}`, note: '' };
}
