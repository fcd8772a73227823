import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { AllowedAction, Place } from '../access.queries';

export function AccessList({ places }: { places: Place[] }) {
  if (places.length === 0) {
    return (
      <Card padded={false}>
        <EmptyState kind="nothing-yet" title="You have no role yet" icon="shield">
          You can sign in and manage your account. Ask an admin if you need a role.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid gap-5">
      {places.map((place) => (
        <PlaceCard key={place.organization?.slug ?? ''} place={place} />
      ))}
    </div>
  );
}

function PlaceCard({ place: { organization, roles, teams, groups, actions } }: { place: Place }) {
  const isClosed = organization?.isActive === false;
  return (
    <Card
      title={organization?.name ?? 'On the whole platform'}
      description={isClosed && 'This organization is not active, so your roles in it have no effect now.'}
    >
      <div className="grid gap-x-10 gap-y-5 md:grid-cols-2">
        <section>
          <h3 className="mb-2 font-medium">Your roles</h3>
          <ul className="grid gap-2">
            {roles.map(({ name, description, group }) => (
              <li key={`${name} ${group}`}>
                <Badge>{name}</Badge> <span className="text-ink-soft">{group && `through the group ${group}`}</span>
                <span className="block text-ink-soft">{description}</span>
              </li>
            ))}
            {roles.length === 0 && <li className="text-ink-soft">You are a member without a role.</li>}
            {groups.length > 0 && <li className="text-ink-soft">You are in the groups {groups.join(', ')}.</li>}
            {teams.map(({ name, isLead }) => (
              <li key={name} className="text-ink-soft">
                {isLead ? `You lead the team ${name}.` : `You are in the team ${name}.`}
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3 className="mb-2 font-medium">What you can do</h3>
          {isClosed || actions.length === 0 ? (
            <p className="text-ink-soft">Nothing at the moment.</p>
          ) : (
            <AllowedActions actions={actions} />
          )}
        </section>
      </div>
    </Card>
  );
}

function AllowedActions({ actions }: { actions: AllowedAction[] }) {
  return (
    <dl className="grid gap-3">
      {[...Map.groupBy(actions, ({ application }) => application)].map(([application, allowed]) => (
        <div key={application}>
          <dt className="text-ink-soft">{application === 'rollcall' ? 'In this console' : `In ${application}`}</dt>
          <dd>
            <ul className="ml-4 list-disc">
              {allowed.map(({ area, description }) => (
                <li key={`${area} ${description}`}>{description}</li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}
