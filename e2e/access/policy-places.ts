import type { ActionPolicy } from './policy-types';

/** The actions on organizations and groups, a part of `policy-actions.ts`. */
export const placeActions: Record<string, ActionPolicy> = {
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
};
