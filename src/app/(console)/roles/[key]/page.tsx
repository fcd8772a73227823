import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PanelFacts, PanelPart, RecordColumns } from '@/components/layout/record';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { TextLink } from '@/components/ui/text-link';
import { getRole, type RoleWithPermissions } from '@/features/roles/list.queries';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Role' };

export default consolePage(RolePage);

async function RolePage({ params }: { params: Promise<{ key: string }> }) {
  const can = await authorize('roles.read');
  const { role, catalog } = await orNotFound(getRole(can, (await params).key));
  const areas = Map.groupBy(catalog, (permission) => permission.area);
  return (
    <>
      <PageHeader
        title={role.name}
        description={role.description}
        status={<Badge tone="neutral">{role.builtIn ? 'Built in' : 'Custom'}</Badge>}
        breadcrumbs={[{ label: 'Roles', href: '/roles' }, { label: role.name }]}
        secondary={can.may('users.read') && <LinkButton href={`/users?role=${role.key}`}>Who holds it</LinkButton>}
      />
      <RecordColumns panel={<RolePanel role={role} />}>
        <div className="grid gap-5 md:grid-cols-2">
          {[...areas].map(([area, permissions]) => (
            <Card key={area} title={area}>
              <ul className="flex flex-col gap-2">
                {permissions.map(({ key, description }) => (
                  <li key={key}>
                    {description}
                    <code className="block text-xs text-ink-soft">{key}</code>
                  </li>
                ))}
              </ul>
            </Card>
          ))}
        </div>
      </RecordColumns>
    </>
  );
}

const places = {
  platform: 'On the whole platform',
  organization: 'In an organization',
  both: 'On the platform, or in an organization',
};

function RolePanel({ role }: { role: RoleWithPermissions }) {
  return (
    <PanelPart title="At a glance">
      <PanelFacts
        facts={[
          { term: 'Granted', value: places[role.scope] },
          { term: 'Permissions', value: String(role.permissions.length) },
          { term: 'Compare', value: <TextLink href="/roles/matrix">Matrix</TextLink> },
        ]}
      />
    </PanelPart>
  );
}
