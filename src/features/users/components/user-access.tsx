import type { ReactNode } from 'react';
import { DataTable } from '@/components/table/data-table';
import type { Label } from '@/components/table/table-data';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/text-link';
import type { UserRecord } from '../details.queries';

type Props = {
  user: UserRecord;
  sees: { roles: boolean; groups: boolean; invitations: boolean };
  rolesAction?: ReactNode;
  groupsAction?: ReactNode;
  children: ReactNode;
};

export function UserAccess({ user, sees, rolesAction, groupsAction, children }: Props) {
  return (
    <div className="flex flex-col gap-6">
      <section>
        <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <h2 className="font-semibold text-base">Roles</h2>
          {rolesAction}
        </div>
        <RoleTable user={user} sees={sees} />
      </section>
      {children}
      <section>
        <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <h2 className="font-semibold text-base">Groups</h2>
          {groupsAction}
        </div>
        <Groups user={user} sees={sees} />
      </section>
    </div>
  );
}

type Role = UserRecord['roles'][number] & { invitation?: string };

/** Expired ones grant nothing until they are sent again. */
const openOf = ({ invitations }: UserRecord) => invitations.filter(({ isExpired }) => !isExpired);

function pendingRoles(user: UserRecord): Role[] {
  return openOf(user).flatMap(({ id: invitation, organization, roles, groups }) => [
    ...roles.map((role) => ({ ...role, organization, group: null, invitation })),
    ...groups.flatMap((group) =>
      group.roles.map((role) => ({ ...role, organization: group.organization, group, invitation })),
    ),
  ]);
}

function Pending({ invitation, linked }: { invitation: string | undefined; linked: boolean }) {
  if (!invitation) return null;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Badge tone="info">Pending</Badge>
      {linked && <TextLink href={`/invitations/${invitation}`}>See invitation</TextLink>}
    </span>
  );
}

function RoleTable({ user, sees }: Pick<Props, 'user' | 'sees'>) {
  return (
    <DataTable<Role>
      caption="Roles and where they come from"
      columns={[
        {
          key: 'role',
          header: 'Role',
          kind: 'link',
          value: ({ key, name }) => ({ text: name, href: sees.roles ? `/roles/${key}` : undefined }),
        },
        { key: 'where', header: 'Where', kind: 'link', value: (role) => placeOf(role, user) },
        { key: 'from', header: 'Comes from', kind: 'link', value: (role) => originOf(role, sees) },
      ]}
      rows={[...user.roles, ...pendingRoles(user)]}
      rowKey={({ key, organization, group, invitation }) => [key, organization, group?.id, invitation].join(' ')}
      rowLabel={({ name }) => name}
      address={{ path: `/users/${user.id}/access`, params: {} }}
      empty={
        <EmptyState kind="nothing-yet" title="No roles" icon="shield">
          Without a role this person can only sign in and see their own account.
        </EmptyState>
      }
    />
  );
}

function placeOf(role: Role, user: UserRecord): Label {
  if (role.organization === null) return { text: 'The whole platform' };
  const isGranted = user.memberships.some(({ name, status }) => name === role.organization && status === 'active');
  const grants = isGranted || role.invitation !== undefined;
  return { text: role.organization, note: grants ? undefined : 'inactive, so it grants nothing' };
}

function originOf({ group, invitation }: Role, sees: Props['sees']): Label {
  const note = invitation && 'pending';
  if (!group) {
    const href = invitation && sees.invitations ? `/invitations/${invitation}` : undefined;
    return { text: invitation ? 'An open invitation' : 'Granted directly', href, note };
  }
  return { text: `Group ${group.name}`, href: sees.groups ? `/groups/${group.id}` : undefined, note };
}

function Groups({ user, sees }: Pick<Props, 'user' | 'sees'>) {
  const pending = openOf(user).flatMap(({ id, groups }) => groups.map((group) => ({ ...group, invitation: id })));
  const groups: ((typeof user.groups)[number] & { invitation?: string })[] = [...user.groups, ...pending];
  if (groups.length === 0) {
    return <p className="rounded-ui border border-line bg-surface px-5 py-4 text-ink-soft">Not in any group.</p>;
  }
  return (
    <ul className="rounded-ui border border-line bg-surface">
      {groups.map(({ id, name, organization, invitation }) => (
        <li
          key={[id, invitation].join(' ')}
          className="flex flex-wrap justify-between gap-x-6 border-line border-b px-5 py-2.5 last:border-0"
        >
          <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
            {sees.groups ? <TextLink href={`/groups/${id}`}>{name}</TextLink> : name}
            <Pending invitation={invitation} linked={sees.invitations} />
          </span>
          <span className="text-ink-soft">{organization ?? 'Platform'}</span>
        </li>
      ))}
    </ul>
  );
}
