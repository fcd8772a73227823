import { listGroups } from '@/features/groups/list.queries';
import { listGuides } from '@/features/help/guides.queries';
import { listOrganizations } from '@/features/organizations/list.queries';
import { listRoles } from '@/features/roles/list.queries';
import { resolveFilter } from '@/features/users/filter.queries';
import { parseUserFilter } from '@/features/users/list.schema';
import { listUserRows } from '@/features/users/list-rows.queries';
import { fieldLimits } from '@/lib/limits';
import { readNameList } from '@/lib/name-list';
import { displayName } from '@/lib/names';
import { fold } from '@/lib/text';
import type { Can } from '@/server/work';

export type PaletteFind = {
  group: 'People' | 'Organizations' | 'Groups' | 'Roles' | 'Guides';
  label: string;
  detail: string;
  href: string;
};

const perGroup = 6;

/** Searches by part of a name or address. Returns at most six of each kind, of what the reader may see. */
export async function findForPalette(can: Can<'account.own'>, typed: string): Promise<PaletteFind[]> {
  const q = typed.trim().slice(0, fieldLimits.searchMaxChars);
  if (q === '') return [];
  const found = await Promise.all([
    findPeople(can, q),
    findOrganizations(can, q),
    findGroups(can, q),
    findRoles(can, q),
    findGuides(can, q),
  ]);
  return found.flat();
}

async function findGroups(can: Can<'account.own'>, q: string): Promise<PaletteFind[]> {
  const reader = can.as('groups.read');
  if (!reader) return [];
  const { rows } = await listGroups(reader, readNameList({ q }));
  return rows.slice(0, perGroup).map(({ id, name, organization }) => ({
    group: 'Groups',
    label: name,
    detail: organization ?? 'Platform',
    href: `/groups/${id}`,
  }));
}

async function findRoles(can: Can<'account.own'>, q: string): Promise<PaletteFind[]> {
  const reader = can.as('roles.read');
  if (!reader) return [];
  const words = fold(q).split(/\s+/);
  const named = (await listRoles(reader)).filter(({ name }) => words.every((word) => fold(name).includes(word)));
  return named.slice(0, perGroup).map(({ key, name, description }) => ({
    group: 'Roles',
    label: name,
    detail: description,
    href: `/roles/${key}`,
  }));
}

function findGuides(can: Can<'account.own'>, q: string): PaletteFind[] {
  return listGuides(can, q)
    .slice(0, perGroup)
    .map(({ guide: { slug, title, summary } }) => ({
      group: 'Guides',
      label: title,
      detail: summary,
      href: `/help/${slug}`,
    }));
}

async function findPeople(can: Can<'account.own'>, q: string): Promise<PaletteFind[]> {
  const reader = can.as('users.read');
  if (!reader) return [];
  const matching = await resolveFilter(reader, parseUserFilter({ q, sort: 'name' }, 25));
  const { rows } = await listUserRows(reader, matching, { roles: false, organizations: false });
  const found = rows.flatMap(({ href, ...row }) => (href ? [{ ...row, href }] : []));
  return found.slice(0, perGroup).map(({ href, firstName, lastName, email, status }) => ({
    group: 'People',
    label: displayName({ firstName, lastName, email }),
    detail: status === 'archived' ? `${email} · Archived` : email,
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
