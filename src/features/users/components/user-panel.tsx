import type { ReactNode } from 'react';
import { PanelFacts, PanelPart } from '@/components/layout/record';
import { Badge } from '@/components/ui/badge';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { countOf } from '@/lib/counts';
import type { UserRecord } from '../details.queries';

type Props = { user: UserRecord; sessions: number | null; timeZone: string; changes: ReactNode };

const shownRoles = 8;

/** What one looks for on a person's page: access, sign-in, and the last changes. */
export function UserPanel({ user, sessions, timeZone, changes }: Props) {
  const path = `/users/${user.id}`;
  const time = (at: Date | null) => <Time at={at} timeZone={timeZone} />;
  return (
    <>
      <PanelPart title="Access" more={<TextLink href={`${path}/access`}>All access</TextLink>}>
        <Roles user={user} />
        <div className="mt-3">
          <PanelFacts
            facts={[
              { term: 'Organizations', value: namesOf(user.memberships.map(({ name }) => name)) },
              { term: 'Groups', value: namesOf(user.groups.map(({ name }) => name)) },
            ]}
          />
        </div>
      </PanelPart>
      <PanelPart title="Sign-in">
        <PanelFacts
          facts={[
            { term: 'Last sign-in', value: time(user.lastSignInAt) },
            { term: 'Last activity', value: time(user.lastActivityAt) },
            { term: 'Signed in now', value: sessions !== null && sessionWords(sessions) },
          ]}
        />
      </PanelPart>
      {changes && (
        <PanelPart title="Last changes" more={<TextLink href={`${path}/history`}>History</TextLink>}>
          {changes}
        </PanelPart>
      )}
    </>
  );
}

const sessionWords = (count: number) => (count === 0 ? 'No' : `In ${countOf(count, 'browser', 'browsers')}`);

/** What open invitations would give. Expired ones give nothing until they are resent. */
function pendingRoles({ invitations }: UserRecord): string[] {
  const open = invitations.filter(({ isExpired }) => !isExpired);
  const roles = open.flatMap((each) => [...each.roles, ...each.groups.flatMap((group) => group.roles)]);
  return [...new Set(roles.map(({ name }) => name))];
}

/** Each role once, however often it is granted. */
function Roles({ user }: { user: UserRecord }) {
  const names = [...new Set(user.roles.map(({ name }) => name))];
  const waiting = pendingRoles(user);
  if (names.length + waiting.length === 0)
    return <p className="text-ink-soft">No role, so nothing is open to this person.</p>;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {names.slice(0, shownRoles).map((name) => (
        <li key={name}>
          <Badge>{name}</Badge>
        </li>
      ))}
      {names.length > shownRoles && <li className="text-ink-soft">and {names.length - shownRoles} more</li>}
      {waiting.slice(0, shownRoles).map((name) => (
        <li key={`${name} pending`}>
          <Badge tone="info">{name}, pending</Badge>
        </li>
      ))}
    </ul>
  );
}

function namesOf(names: string[]): string {
  if (names.length === 0) return 'None';
  const [first, second, ...others] = names;
  return [first, second, others.length > 0 && `${others.length} more`].filter(Boolean).join(', ');
}
