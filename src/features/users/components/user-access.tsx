import type { ReactNode } from 'react';
import { DataTable } from '@/components/table/data-table';
import type { Label } from '@/components/table/table-data';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/text-link';
import type { UserRecord } from '../details.queries';

type Props = {
  user: UserRecord;
  sees: { roles: boolean; groups: boolean };
  rolesAction?: ReactNode;
  groupsAction?: ReactNode;
  children: ReactNode;
};

export function UserAccess({ user, sees, rolesAction, groupsAction, children }: Props) {
  return (
    <div className="flex flex-col gap-6">
      <section>
        <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <h2 className="font-semibold text-[15px]">Roles</h2>
          {rolesAction}
        </div>
        <RoleTable user={user} sees={sees} />
      </section>
      {children}
      <section>
        <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <h2 className="font-semibold text-[15px]">Groups</h2>
          {groupsAction}
        </div>
        <Groups user={user} linked={sees.groups} />
      </section>
    </div>
  );
}

type Role = UserRecord['roles'][number];

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
        { key: 'from', header: 'Comes from', kind: 'link', value: (role) => originOf(role, sees.groups) },
      ]}
      rows={user.roles}
      rowKey={({ key, organization, group }) => [key, organization, group?.id].join(' ')}
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
  return { text: role.organization, note: isGranted ? undefined : 'inactive, so it grants nothing' };
}

function originOf({ group }: Role, linked: boolean): Label {
  if (!group) return { text: 'Granted directly' };
  return { text: `Group ${group.name}`, href: linked ? `/groups/${group.id}` : undefined };
}

function Groups({ user: { groups }, linked }: { user: UserRecord; linked: boolean }) {
  if (groups.length === 0) {
    return <p className="rounded-ui border border-line bg-surface px-5 py-4 text-ink-soft">Not in any group.</p>;
  }
  return (
    <ul className="rounded-ui border border-line bg-surface">
      {groups.map(({ id, name, organization }) => (
        <li key={id} className="flex flex-wrap justify-between gap-x-6 border-line border-b px-5 py-2.5 last:border-0">
          {linked ? <TextLink href={`/groups/${id}`}>{name}</TextLink> : name}
          <span className="text-ink-soft">{organization ?? 'Platform'}</span>
        </li>
      ))}
    </ul>
  );
}
