import type { ReactNode } from 'react';
import { PageHeader } from '@/components/layout/page-header';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

type Props = {
  person: { id: string; name: string };
  title: string;
  /** The last of the breadcrumbs. */
  here: string;
  /** Why it is not possible; then nothing else is shown. */
  reason?: string | null;
  children?: ReactNode;
};

/** The frame of the pages that change what one person may do. */
export function AccessPage({ person, title, here, reason, children }: Props) {
  const path = `/users/${person.id}`;
  return (
    <>
      <PageHeader
        title={title}
        breadcrumbs={[
          { label: 'Users', href: '/users' },
          { label: person.name, href: path },
          { label: 'Access', href: `${path}/access` },
          { label: here },
        ]}
      />
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
    </>
  );
}

/** What stands against giving this person anything, whoever asks. */
export function againstReceiving(status: string): string | null {
  if (status === 'archived') return 'This person is in the archive. Restore them first.';
  if (status !== 'invited') return null;
  return 'This person has not accepted their invitation yet. Invite them with these roles instead.';
}
