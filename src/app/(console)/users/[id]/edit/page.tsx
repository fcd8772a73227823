import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { EditForm } from '@/features/users/components/profile-form';
import { getUser } from '@/features/users/details.queries';
import { findObstacle } from '@/features/users/obstacles.queries';
import { valuesOf } from '@/features/users/profile.queries';
import { displayName } from '@/lib/names';
import { obstacleText } from '@/lib/obstacle-words';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Edit a person' };

export default consolePage(EditUserPage);

async function EditUserPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'users.update');
  const user = await orNotFound(getUser(can, (await params).id));
  const obstacle = await findObstacle(can, user.id, 'users.update');
  const name = displayName(user);
  const path = `/users/${user.id}`;
  const isArchived = user.status === 'archived';
  return (
    <>
      <PageHeader
        title={`Edit ${name}`}
        description={
          <>
            {user.email}
            {user.status !== 'invited' && !obstacle && !isArchived && (
              <>
                {' '}
                <TextLink href={`${path}/email`}>Change address</TextLink>
              </>
            )}
          </>
        }
        breadcrumbs={[{ label: 'Users', href: '/users' }, { label: name, href: path }, { label: 'Edit' }]}
      />
      {obstacle || isArchived ? (
        <Notice tone="warn" title="This is not possible here" action={<LinkButton href={path}>Back</LinkButton>}>
          {obstacle ? obstacleText[obstacle] : obstacleText.archived}
          {obstacle === 'self' && (
            <>
              {' '}
              Change it in <TextLink href="/account">My account</TextLink>.
            </>
          )}
        </Notice>
      ) : (
        <EditForm values={valuesOf(user)} timeZone={can.timeZone} />
      )}
    </>
  );
}
