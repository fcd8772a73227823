import { newId } from '@/lib/ids';
import { pages, routes } from '../../policy';
import { fill } from '../entry-points';
import type { TargetKind } from '../targets';
import type { Request } from './answers';
import type { Records } from './house';
import type { Worlds } from './servers';
import { isAdmin, type ReaderName } from './worlds';

const absent = newId();

type Extent = { terms: string[]; isThorough: boolean };

/** Every page and every route that reads, with ids of each kind, and each term where it is searched for. */
export function seedsOf(worlds: Worlds, reader: ReaderName, { terms, isThorough }: Extent): Request[] {
  const idsOf = isThorough ? everyId : isAdmin(reader) ? someIds : oneId;
  const addresses = (route: string, of: TargetKind | undefined) =>
    of ? idsOf(of, worlds).map((id) => fill(route, id)) : [route];
  const paths = Object.entries(pages).flatMap(([route, { of }]) => addresses(route, of));
  const reads = Object.entries(routes).flatMap(([entry, { of }]) => {
    const [method, route = ''] = entry.split(' ');
    return method === 'GET' ? addresses(route, of) : [];
  });
  const found = terms.flatMap((term) =>
    ['/api/palette', '/search'].map((path) => `${path}?${new URLSearchParams({ q: term })}`),
  );
  const choices = ['role', 'group', 'organization', 'team'].map((name) => `/api/choices/users?choose=${name}`);
  const organizations = terms.map(
    (term) => `/api/choices/invitations?${new URLSearchParams({ findOrganization: term })}`,
  );
  const questions = isAdmin(reader) ? foreignQuestions(worlds) : [];
  return [...paths, ...reads, ...questions, ...found, ...choices, ...organizations].map((path) => ({
    path,
    ...(path.startsWith('/(.)') && { payload: true }),
  }));
}

/** Ids of A, of people in several organizations, of B, of nothing, and no id. */
function everyId(kind: TargetKind, worlds: Worlds): string[] {
  const { own, overlapping, system } = worlds.first;
  const { foreign, slugs } = worlds.second;
  const few = (records: Records) => (records[kind as keyof Records] ?? []).slice(0, 4);
  const people = kind === 'user' ? [...overlapping, system].map(({ id }) => id) : [];
  const named = kind === 'organization slug' ? ['harbour-house-east', ...slugs] : [];
  return [...someIds(kind, worlds), ...people, ...named, ...few(own), ...few(foreign), absent, 'not-an-id'];
}

const names: Partial<Record<TargetKind, string>> = {
  'organization slug': 'harbour-house',
  'role key': 'org-admin',
  template: 'people',
  guide: 'signing-in',
};

/** An id of A, one of a person in several organizations, and one of B. */
function someIds(kind: TargetKind, worlds: Worlds): string[] {
  const { first } = worlds;
  const own = names[kind] ?? first.own[kind as keyof Records]?.[0];
  const inBoth = kind === 'user' ? [first.overlapping[1]?.id ?? absent] : [];
  return [...(own ? [own] : []), ...inBoth, ...oneId(kind, worlds)];
}

/** An id of B. */
function oneId(kind: TargetKind, { second }: Worlds): string[] {
  if (kind === 'organization slug') return second.slugs.slice(0, 1);
  return [names[kind] ?? second.foreign[kind as keyof Records]?.[0] ?? absent];
}

/** Each question that names a record, with one that only the second world has, and a role that it gives to more people. */
function foreignQuestions({ second }: Worlds): string[] {
  const { foreign, slugs, organizations } = second;
  const [organization = ''] = organizations;
  const [slug = ''] = slugs;
  const [user = '', , other = ''] = foreign.user;
  const questions: [path: string, name: string, value: string | undefined][] = [
    ['/users', 'organization', slug],
    ['/users', 'group', foreign.group[0]],
    ['/users', 'team', foreign.team[0]],
    ['/users', 'role', 'staff'],
    ['/users/export', 'organization', slug],
    ['/users/export', 'group', foreign.group[0]],
    ['/users/new', 'organization', organization],
    ['/invitations', 'organization', organization],
    ['/invitations', 'sender', user],
    ['/invitations/export', 'organization', organization],
    ['/imports/new', 'organization', organization],
    ['/emails', 'organization', organization],
    ['/emails', 'user', other],
    ['/audit', 'organization', organization],
    ['/audit', 'actor', user],
    ['/audit', 'subject', other],
    ['/audit/export', 'subject', other],
    ['/groups', 'organization', organization],
    ['/groups/new', 'organization', slug],
    ['/api/choices/invitations', 'organization', organization],
  ];
  return questions.map(([path, name, value]) => `${path}?${new URLSearchParams({ [name]: value ?? '' })}`);
}
