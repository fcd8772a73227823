import { listOrganizations } from '@/features/organizations/list.queries';
import { resolveFilter } from '@/features/users/filter.queries';
import { parseUserFilter } from '@/features/users/list.schema';
import { listUserRows } from '@/features/users/list-rows.queries';
import { fieldLimits } from '@/lib/limits';
import { readNameList } from '@/lib/name-list';
import { displayName } from '@/lib/names';
import type { Can } from '@/server/work';

export type PaletteFind = { group: 'People' | 'Organizations'; label: string; detail: string; href: string };

const perGroup = 6;

/** Searches by part of a name or address. Returns at most six people and six organizations the reader may see. */
export async function findForPalette(can: Can<'account.own'>, typed: string): Promise<PaletteFind[]> {
  const q = typed.trim().slice(0, fieldLimits.searchMaxChars);
  if (q === '') return [];
  const [people, organizations] = await Promise.all([findPeople(can, q), findOrganizations(can, q)]);
  return [...people, ...organizations];
}

async function findPeople(can: Can<'account.own'>, q: string): Promise<PaletteFind[]> {
  const reader = can.as('users.read');
  if (!reader) return [];
  const matching = await resolveFilter(reader, parseUserFilter({ q, sort: 'name' }, 25));
  const { rows } = await listUserRows(reader, matching, { roles: false, organizations: false });
  const found = rows.flatMap(({ href, ...row }) => (href ? [{ ...row, href }] : []));
  return found.slice(0, perGroup).map(({ href, firstName, lastName, email }) => ({
    group: 'People',
    label: displayName({ firstName, lastName, email }),
    detail: email,
    href,
  }));
}

async function findOrganizations(can: Can<'account.own'>, q: string): Promise<PaletteFind[]> {
  const reader = can.as('organizations.read');
  if (!reader) return [];
  const { rows } = await listOrganizations(reader, readNameList({ q }));
  return rows.slice(0, perGroup).map(({ name, slug }) => ({
    group: 'Organizations',
    label: name,
    detail: slug,
    href: `/organizations/${slug}`,
  }));
}
