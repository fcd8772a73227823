import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { displayName } from '@/lib/names';
import type { InvitationDetail } from '../details.queries';
import { isPending } from '../status.policy';

type Props = { invitation: InvitationDetail; timeZone: string; now: Date };

export function InvitationFacts({ invitation, timeZone, now }: Props) {
  const { organizationName, roles, groups, senderName, message, userId, expiresAt, createdAt } = invitation;
  return (
    <Card title="Invitation">
      <DescriptionList
        items={[
          {
            term: 'Person',
            value: userId ? (
              <TextLink href={`/users/${userId}`}>{displayName(invitation)}</TextLink>
            ) : (
              displayName(invitation)
            ),
          },
          { term: 'To', value: organizationName ?? 'The whole platform' },
          { term: 'Roles', value: roles.join(', ') },
          { term: 'Groups', value: groups.join(', ') },
          { term: 'Phone', value: invitation.phone },
          { term: 'Sent by', value: senderName ?? 'Platform' },
          { term: 'Invited', value: <Time at={createdAt} timeZone={timeZone} now={now} /> },
          ...(isPending(invitation)
            ? [{ term: 'Link expires', value: <Time at={expiresAt} timeZone={timeZone} now={now} /> }]
            : []),
          { term: 'Message', value: message && <span className="whitespace-pre-line">{message}</span> },
        ]}
      />
    </Card>
  );
}
