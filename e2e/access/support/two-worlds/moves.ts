import { testPassword } from '@tests/support/sign-in';
import { inject } from 'vitest';
import { actions, type Fields } from '../../policy';
import type { TargetKind } from '../targets';
import type { Records } from './house';
import type { Worlds } from './servers';
import type { ReaderName } from './worlds';

/** One form that somebody sends, in both worlds. */
export type Move = { name: string; action: string; by: ReaderName; fields: Fields; isRefused?: true };

const admin = 'org admin' as const;

/** Forms that tell, if anything does, whether an address is known elsewhere, and changes of people who are. */
export function movesOf({ first, second }: Worlds): Move[] {
  const { own, overlapping, organizations } = first;
  const [inBoth, inBothToo] = overlapping.map(({ id }) => id);
  const invite = (email: string, how: Fields = {}): Move => ({
    name: `${how.intent ?? 'invite'} ${email}`,
    action: 'user.invite',
    by: admin,
    fields: {
      organization: organizations.a,
      email,
      firstName: 'Noor',
      lastName: 'Newcomer',
      phone: '',
      message: '',
      how: 'invitation',
      intent: 'send',
      ...how,
    },
  });
  const move = (action: string, fields: Fields, by: ReaderName = admin): Move => ({
    name: `${action} ${Object.values(fields).join(' ')}`,
    action,
    by,
    fields,
  });
  const mover = own.user[1] ?? '';
  return [
    // Before the invitations, because an address that A has invited is refused.
    ...second.elsewhere.map((email) => move('email-change.request', { id: mover, email, how: 'link' })),
    move('email-change.request-own', { email: second.elsewhere[0] ?? '', currentPassword: testPassword }, 'member'),
    // A preview leads nowhere either.
    { ...invite(second.elsewhere[2] ?? '', { intent: 'preview' }), isRefused: true },
    ...[...second.elsewhere, 'nobody@shared.example'].map((email) => invite(email)),
    // World 2 knows these two as members of B under another name.
    move('invitation.resend', { id: own.invitation[1] ?? '' }),
    move('invitation.confirm', { id: own.invitation[25] ?? '' }),
    move('invitation.cancel', { id: own.invitation[1] ?? '' }),
    move('invitations.plan', { do: 'resend', ids: own.invitation }),
    ...[
      move('user.deactivate', { id: inBoth ?? '', reason: '', until: '' }),
      move('user.update', { id: inBoth ?? '', version: '1', firstName: 'New', lastName: 'Name', phone: '' }),
    ].map((each) => ({ ...each, isRefused: true as const })),
    move('user.change-groups', { id: inBothToo ?? '', groups: own.group.slice(1, 2) }),
    move('membership.change', { id: inBothToo ?? '', organization: 'harbour-house', version: '1', roles: ['staff'] }),
    move('membership.end', { id: inBoth ?? '', organization: 'harbour-house', version: '1', reason: '' }),
  ];
}

/** Every action that names a record, with one of B, which does not exist in the first world. */
export function foreignMoves({ first, second }: Worlds): Move[] {
  const kinds: Partial<Record<TargetKind, keyof Records>> = { membership: 'user', 'email change': 'user' };
  return Object.entries(actions).flatMap(([action, { of, field, form }]) => {
    if (!of || !field) return [];
    const id =
      of === 'organization' || of === 'organization record'
        ? second.organizations[0]
        : second.foreign[kinds[of] ?? (of as keyof Records)]?.[0];
    if (!id) return [];
    const fields =
      form?.(inject('world'), { name: '', id, places: ['a'], state: '', extra: { hash: '0'.repeat(64) } }) ?? {};
    return (['org admin', 'admin of two organizations'] as const).map((by) => ({
      name: `${action} of B by the ${by}`,
      action,
      by,
      isRefused: true as const,
      fields: {
        ...fields,
        ...('organization' in fields && of === 'membership' && { organization: second.slugs[0] ?? '' }),
        [field]: id,
        ...(field !== 'groups' && 'groups' in fields && { groups: first.own.group }),
      },
    }));
  });
}
