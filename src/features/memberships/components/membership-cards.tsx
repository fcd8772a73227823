import { Badge } from '@/components/ui/badge';
import { Button, LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { obstacleText } from '@/lib/obstacle-words';
import type { MembershipCard } from '../list.queries';

type Sees = { roles: boolean; groups: boolean; organizations: boolean; invitations: boolean };

type Props = {
  userId: string;
  memberships: MembershipCard[];
  /** Open invitations to organizations. */
  pending: { id: string; organization: string | null }[];
  /** Null if the reader may add nobody. `disabledReason` is null if this person can be added. */
  adding: { disabledReason: string | null } | null;
  sees: Sees;
  timeZone: string;
};

export function MembershipCards({ userId, memberships, pending, adding, sees, timeZone }: Props) {
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 className="font-semibold text-base">Organizations</h2>
        {adding && <Add userId={userId} disabledReason={adding.disabledReason} />}
      </div>
      {memberships.length + pending.length === 0 ? (
        <p className="rounded-ui border border-line bg-surface px-5 py-4 text-ink-soft">
          In no organization. An account without one only has its access on the platform.
        </p>
      ) : (
        <ul className="grid items-start gap-4 xl:grid-cols-2">
          {memberships.map((membership) => (
            <li key={membership.organization.id}>
              <OneMembership userId={userId} membership={membership} sees={sees} timeZone={timeZone} />
            </li>
          ))}
          {pending.map(({ id, organization }) => (
            <li key={id} className="rounded-ui border border-line bg-surface px-5 py-4">
              <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-semibold">{organization}</span>
                <Badge tone="info">Pending</Badge>
                {sees.invitations && <TextLink href={`/invitations/${id}`}>See invitation</TextLink>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Add({ userId, disabledReason }: { userId: string; disabledReason: string | null }) {
  if (disabledReason) {
    return (
      <Button size="sm" icon="plus" disabledReason={disabledReason}>
        Add to an organization
      </Button>
    );
  }
  return (
    <LinkButton href={`/users/${userId}/access/membership/new`} size="sm" icon="plus">
      Add to an organization
    </LinkButton>
  );
}

type OneProps = { userId: string; membership: MembershipCard; sees: Sees; timeZone: string };

function OneMembership({ userId, membership, sees, timeZone }: OneProps) {
  const { organization, joinedAt, roles, groups, teams } = membership;
  const isActive = organization.status === 'active';
  return (
    <Card
      title={organization.name}
      {...(!isActive && { description: 'This organization is not active, so nothing here is granted.' })}
      actions={
        <>
          {!isActive && <Badge>{organization.status === 'inactive' ? 'Inactive' : 'Archived'}</Badge>}
          {sees.organizations && (
            <TextLink href={`/organizations/${organization.slug}`}>Open the organization</TextLink>
          )}
        </>
      }
      footer={<MembershipActions userId={userId} membership={membership} />}
    >
      <DescriptionList
        items={[
          {
            term: 'Roles',
            value:
              roles.length > 0 &&
              roles.map(({ key, name }, index) => (
                <span key={key}>
                  {index > 0 && ', '}
                  {sees.roles ? <TextLink href={`/roles/${key}`}>{name}</TextLink> : name}
                </span>
              )),
            ...(roles.length === 0 && { hint: 'No role assigned directly.' }),
          },
          {
            term: 'Groups',
            value:
              groups.length > 0 &&
              groups.map(({ id, name }, index) => (
                <span key={id}>
                  {index > 0 && ', '}
                  {sees.groups ? <TextLink href={`/groups/${id}`}>{name}</TextLink> : name}
                </span>
              )),
          },
          {
            term: 'Teams',
            value: teams.map(({ name, role }) => (role === 'lead' ? `${name} (leads it)` : name)).join(', '),
          },
          {
            term: 'Joined',
            value: <Time at={joinedAt} timeZone={timeZone} />,
          },
        ]}
      />
    </Card>
  );
}

function MembershipActions({ userId, membership }: Pick<OneProps, 'userId' | 'membership'>) {
  const { mayChange, mayEnd, obstacle, organization } = membership;
  if (!mayChange && !mayEnd) return null;
  if (obstacle) {
    return (
      <Button size="sm" disabledReason={obstacleText[obstacle]}>
        Change roles
      </Button>
    );
  }
  const query = `?organization=${encodeURIComponent(organization.slug)}`;
  const path = `/users/${userId}/access/membership`;
  return (
    <div className="flex flex-wrap gap-2">
      {mayChange && (
        <LinkButton
          href={`${path}${query}`}
          size="sm"
          icon="pencil"
          aria-label={`Change roles in ${organization.name}`}
        >
          Change roles
        </LinkButton>
      )}
      {mayEnd && (
        <LinkButton
          href={`${path}/ending${query}`}
          size="sm"
          icon="user-x"
          aria-label={`End membership in ${organization.name}`}
        >
          End membership
        </LinkButton>
      )}
    </div>
  );
}
