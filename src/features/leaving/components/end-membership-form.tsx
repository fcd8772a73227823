import { Form } from '@/components/form/form';
import { ReasonField } from '@/components/form/reason-field';
import type { MembershipCard } from '@/features/memberships/list.queries';
import { type Count, countOf } from '@/lib/counts';
import { endMembershipAction } from '../membership.actions';

type Named = { id: string; name: string };

type EndProps = {
  person: Named;
  membership: MembershipCard;
  sentInvitations: Count;
  /** Null where the reader may not know whether the person belongs elsewhere. */
  isLast: boolean | null;
};

export function EndMembershipForm({ person, membership, sentInvitations, isLast }: EndProps) {
  const { organization, version } = membership;
  return (
    <Form
      action={endMembershipAction}
      submitLabel="End membership"
      submitTone="danger"
      cancelHref={`/users/${person.id}/access`}
    >
      <Consequences person={person} membership={membership} sentInvitations={sentInvitations} isLast={isLast} />
      <input type="hidden" name="id" value={person.id} />
      <input type="hidden" name="organization" value={organization.slug} />
      <input type="hidden" name="version" value={version} />
      <ReasonField />
    </Form>
  );
}

function Consequences({ person, membership, sentInvitations, isLast }: EndProps) {
  const { organization, roles, groups, teams } = membership;
  const namesOf = (all: { name: string }[]) => all.map(({ name }) => name).join(', ');
  const losses = [
    roles.length > 0 && `They lose their roles there: ${namesOf(roles)}.`,
    groups.length > 0 && `They leave its groups: ${namesOf(groups)}.`,
    teams.length > 0 && `They leave its teams: ${namesOf(teams)}.`,
  ].filter((loss) => loss !== false);
  return (
    <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
      <li>
        {person.name} is no longer in {organization.name}.
      </li>
      {losses.map((loss) => (
        <li key={loss}>{loss}</li>
      ))}
      <li>They stay signed in, but lose their access there from their next click on.</li>
      {sentInvitations !== 0 && (
        <li>
          {countOf(sentInvitations, 'open invitation', 'open invitations')} they sent{' '}
          {sentInvitations === 1 ? 'stays' : 'stay'} open. A person who accepts one has to wait until an admin who can
          grant it confirms it.
        </li>
      )}
      {isLast === true && <li>This is their last organization. The account stays, without an organization.</li>}
      {isLast === false && <li>The account and their other organizations stay as they are.</li>}
      {isLast === null && <li>The account itself stays, but you will no longer see this person.</li>}
      <li>This cannot be undone. To come back, they have to be added or invited again.</li>
    </ul>
  );
}
