import { DataTable } from '@/components/table/data-table';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/text-link';
import type { UserRecord } from '../record/queries';

/** What somebody holds, each line with where it comes from. */
export function UserAccess({ user, sees }: { user: UserRecord; sees: { roles: boolean; groups: boolean } }) {
  return (
    <div className="flex flex-col gap-5">
      <section>
        <h2 className="mb-2 font-semibold text-[15px]">Roles</h2>
        <RoleTable user={user} sees={sees} />
      </section>
      <div className="grid items-start gap-5 md:grid-cols-2 xl:grid-cols-3">
        <Card title="Groups">
          <Lines
            none="In no group."
            lines={user.groups.map(({ id, name, organization }) => ({
              key: id,
              text: name,
              href: sees.groups ? `/groups/${id}` : null,
              note: organization ? `Group of ${organization}` : 'Group of the platform',
            }))}
          />
        </Card>
        <Card title="Organizations">
          <Lines
            none="In no organization."
            lines={user.memberships.map(({ id, name, status }) => ({
              key: id,
              text: name,
              href: null,
              note: status === 'active' ? 'Member' : 'Member; inactive, so it grants nothing',
            }))}
          />
        </Card>
        <Card title="Teams">
          <Lines
            none="In no team."
            lines={user.teams.map(({ id, name, organization, role }) => ({
              key: id,
              text: name,
              href: null,
              note: role === 'lead' ? `Leads it, in ${organization}` : `Member, in ${organization}`,
            }))}
          />
        </Card>
      </div>
    </div>
  );
}

type Role = UserRecord['roles'][number];

function RoleTable({ user, sees }: { user: UserRecord; sees: { roles: boolean; groups: boolean } }) {
  return (
    <DataTable<Role>
      caption="Roles and where they come from"
      columns={[
        {
          key: 'role',
          header: 'Role',
          cell: ({ key, name }) => (sees.roles ? <TextLink href={`/roles/${key}`}>{name}</TextLink> : name),
        },
        { key: 'where', header: 'Where', cell: ({ organization }) => organization ?? 'The whole platform' },
        { key: 'from', header: 'Comes from', cell: (role) => <Origin role={role} linked={sees.groups} /> },
      ]}
      rows={user.roles}
      rowKey={({ key, organization, group }) => [key, organization, group?.id].join(' ')}
      rowLabel={({ name }) => name}
      address={{ path: `/users/${user.id}/access`, params: {} }}
      empty={
        <EmptyState kind="nothing-yet" title="Holds no role" icon="shield">
          Without a role this person can sign in and see their own account, nothing else.
        </EmptyState>
      }
    />
  );
}

function Origin({ role: { group }, linked }: { role: Role; linked: boolean }) {
  if (!group) return 'Given to this person';
  return <>Group {linked ? <TextLink href={`/groups/${group.id}`}>{group.name}</TextLink> : group.name}</>;
}

type Line = { key: string; text: string; href: string | null; note: string };

function Lines({ none, lines }: { none: string; lines: Line[] }) {
  if (lines.length === 0) return <p className="text-ink-soft">{none}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {lines.map(({ key, text, href, note }) => (
        <li key={key}>
          {href ? <TextLink href={href}>{text}</TextLink> : text}
          <span className="block text-[13px] text-ink-soft">{note}</span>
        </li>
      ))}
    </ul>
  );
}
