import type { ReactNode } from 'react';
import { Confirmation, type ShownAs } from '@/components/layout/confirmation';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { obstacleText } from '@/lib/obstacle-words';

type Props = {
  as?: ShownAs;
  person: { id: string; name: string };
  title: string;
  here: string;
  reason?: string | null;
  children?: ReactNode;
};

export function AccessPage({ as = 'page', person, title, here, reason, children }: Props) {
  const path = `/users/${person.id}`;
  return (
    <Confirmation
      as={as}
      title={title}
      breadcrumbs={[
        { label: 'Users', href: '/users' },
        { label: person.name, href: path },
        { label: 'Access', href: `${path}/access` },
        { label: here },
      ]}
    >
      {reason ? (
        <Notice
          tone="warn"
          title="This is not possible here"
          action={<LinkButton href={`${path}/access`}>Back</LinkButton>}
        >
          {reason}
        </Notice>
      ) : (
        children
      )}
    </Confirmation>
  );
}

export function againstReceiving(status: string): string | null {
  if (status === 'archived') return obstacleText.archived;
  if (status !== 'invited') return null;
  return `${obstacleText.not_accepted} Invite them with these roles instead.`;
}
