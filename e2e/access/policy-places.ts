import type { ActionPolicy } from './policy-types';

const ofMembership: Partial<ActionPolicy> = {
  of: 'membership',
  field: 'id',
  states: ['active', 'inactive'],
  rule: 'managed',
};

/** The actions on organizations, groups and the archive, a part of `policy-actions.ts`. */
export const placeActions: Record<string, ActionPolicy> = {
  'group.change-member': {
    permission: 'groups.update',
    ...ofMembership,
    form: (world, target) => ({ group: groupBeside(world, target), change: 'add' }),
  },
  'group.create': {
    permission: 'groups.create',
    of: 'organization slug',
    field: 'organization',
    states: ['active'],
    form: () => ({ name: 'Third shift', roles: ['member'] }),
  },
  'group.delete': { permission: 'groups.delete', of: 'group', field: 'id' },
  'group.update': {
    permission: 'groups.edit',
    of: 'group',
    field: 'id',
    form: (_world, target) => ({
      name: 'Renamed group',
      wasName: target.shows ?? '',
      roles: ['author'],
      wasRoles: 'member',
    }),
  },
  'organization.create': {
    permission: 'organizations.create',
    form: () => ({ name: 'Third House', slug: '' }),
  },
  'organization.deactivate': {
    permission: 'organizations.deactivate',
    of: 'organization record',
    field: 'id',
    states: ['active'],
    form: () => ({ reason: 'Contract ended' }),
  },
  'organization.reactivate': {
    permission: 'organizations.deactivate',
    of: 'organization record',
    field: 'id',
    states: ['inactive'],
  },
  'organization.update': {
    permission: 'organizations.update',
    of: 'organization record',
    field: 'id',
    form: (_world, target) => ({
      name: 'Renamed House',
      slug: 'renamed-house',
      wasName: target.extra?.name ?? '',
      wasSlug: target.extra?.slug ?? '',
    }),
  },
  'user.archive': {
    permission: 'users.archive',
    of: 'user',
    field: 'id',
    states: ['active', 'inactive'],
    rule: 'managed',
    form: () => ({ reason: 'Left' }),
  },
  'user.change-groups': {
    permission: 'groups.update',
    ...ofMembership,
    form: (world, target) => ({ groups: groupBeside(world, target) }),
  },
  'user.restore': {
    permission: 'users.archive',
    of: 'user',
    field: 'id',
    states: ['archived'],
    rule: 'managed',
    undoesEnding: true,
  },
};

function groupBeside(...[world, target]: Parameters<NonNullable<ActionPolicy['form']>>): string {
  return String(world.targets.group.find(({ places }) => places[0] === (target.places[0] ?? 'a'))?.id);
}
