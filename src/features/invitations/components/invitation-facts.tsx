import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { invitationLimits } from '@/lib/limits';
import { displayName } from '@/lib/names';
import type { InvitationDetail } from '../details.queries';
import { isPending } from '../status.policy';
import { LeavesAt } from './leaves-at';

const daysFromSending = `${invitationLimits.lifetimeMs / 86_400_000} days after the email leaves`;

type Props = { invitation: InvitationDetail; timeZone: string; now: Date };

export function InvitationFacts({ invitation, timeZone, now }: Props) {
  const { organizationName, roles, groups, senderName, message, userId, expiresAt, createdAt, leavesAt } = invitation;
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
          ...(leavesAt ? [{ term: 'Email', value: <LeavesAt at={leavesAt} timeZone={timeZone} now={now} /> }] : []),
          ...(isPending(invitation)
            ? [
                {
                  term: 'Link expires',
                  value: <Time at={expiresAt} timeZone={timeZone} now={now} />,
                  hint: leavesAt && daysFromSending,
                },
              ]
            : []),
          { term: 'Message', value: message && <span className="whitespace-pre-line">{message}</span> },
        ]}
      />
    </Card>
  );
}
