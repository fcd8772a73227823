import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { consolePage } from '@/app/(console)/console-page';
import { Form } from '@/components/form/form';
import { PageHeader } from '@/components/layout/page-header';
import { cancelInvitationAction } from '@/features/invitations/actions';
import { nameOf } from '@/features/invitations/components/invitation-table';
import { isPending } from '@/features/invitations/policy';
import { getInvitation } from '@/features/invitations/queries';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Cancel invitation' };

export default consolePage(CancellationPage);

async function CancellationPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.invite', 'invitations.read');
  const { id } = await params;
  const invitation = await orNotFound(getInvitation(can, id));
  const back = `/invitations/${id}`;
  if (!isPending(invitation)) redirect(back);
  const name = nameOf(invitation) || invitation.email;
  return (
    <>
      <PageHeader
        title={`Cancel the invitation of ${name}`}
        breadcrumbs={[{ label: 'Invitations', href: '/invitations' }, { label: name, href: back }, { label: 'Cancel' }]}
      />
      <Form
        action={cancelInvitationAction}
        submitLabel="Cancel the invitation"
        submitTone="danger"
        cancelHref={back}
        warnUnsaved={false}
      >
        <input type="hidden" name="id" value={id} />
        <div className="max-w-prose text-[15px]">
          <p>
            The link sent to <strong className="font-semibold">{invitation.email}</strong> stops working at once. An
            email that still waits is not sent.
          </p>
          <p className="mt-3">
            Nobody is told. Somebody who never had an account goes to the archive; an account that is in use stays as it
            is. You can invite the same address again.
          </p>
        </div>
      </Form>
    </>
  );
}
