import { redirect } from 'next/navigation';
import { Form } from '@/components/form/form';
import { Confirmation, type ShownAs } from '@/components/layout/confirmation';
import { cancelInvitationAction } from '@/features/invitations/cancel.actions';
import { getInvitation } from '@/features/invitations/details.queries';
import { isPending } from '@/features/invitations/status.policy';
import { displayName } from '@/lib/names';
import { type Can, orNotFound } from '@/server/work';

/** An invitation that is already over leads to its own page, which says how it ended. */
export async function cancellation(can: Can<'invitations.read'>, id: string, as: ShownAs) {
  const invitation = await orNotFound(getInvitation(can, id));
  const back = `/invitations/${id}`;
  if (!isPending(invitation)) redirect(back);
  const name = displayName(invitation);
  return (
    <Confirmation
      as={as}
      title={`Cancel invitation to ${name}`}
      breadcrumbs={[
        { label: 'Invitations', href: '/invitations' },
        { label: name, href: back },
        { label: 'Cancel invitation' },
      ]}
    >
      <Form
        action={cancelInvitationAction}
        submitLabel="Cancel invitation"
        submitTone="danger"
        cancelHref={back}
        cancelLabel="Keep invitation"
        warnUnsaved={false}
      >
        <input type="hidden" name="id" value={id} />
        <div className="max-w-prose text-[15px]">
          <p>
            The link sent to <strong className="font-semibold">{invitation.email}</strong> stops working at once. A
            queued email is not sent.
          </p>
          <p className="mt-3">
            Nobody is notified. A person who never had an account is archived; an account in use stays as it is. You can
            invite the same address again.
          </p>
        </div>
      </Form>
    </Confirmation>
  );
}
