import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { UserRecord } from '../details.queries';

type Props = { user: UserRecord; timeZone: string; mayAct: boolean };

export function UnansweredInvitations({ user, timeZone, mayAct }: Props) {
  return (
    <Card title="Unanswered invitations">
      <ul className="flex flex-col divide-y divide-line">
        {user.invitations.map(({ id, name, sentAt, expiresAt, organization, isExpired, roles, groups }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2.5 wrap-anywhere">
            <TextLink href={`/invitations/${id}`}>
              {organization ? `To join ${organization}` : 'To join the platform'}
            </TextLink>
            <span className="text-ink-soft">
              to {name}, created <Time at={new Date(sentAt)} timeZone={timeZone} />, {isExpired ? 'expired' : 'expires'}{' '}
              <Time at={new Date(expiresAt)} timeZone={timeZone} />
            </span>
            <Waiting names={[...roles, ...groups].map((each) => each.name)} />
            {mayAct && (
              <span className="flex basis-full flex-wrap gap-x-4">
                <TextLink href={`/invitations/${id}#did-not-arrive`}>Resend invitation</TextLink>
                <TextLink href={`/invitations/${id}/cancellation`}>Cancel invitation</TextLink>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Waiting({ names }: { names: string[] }) {
  if (names.length === 0) return null;
  return (
    <span className="basis-full">
      {names.join(', ')} <Badge tone="info">Pending</Badge>
    </span>
  );
}
