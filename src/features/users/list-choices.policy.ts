import type { Choosable } from './list.schema';
import type { FilterOptions } from './list-options.queries';

/** What a filter offers, as values of the address with their words. */
export function choicesOf(name: Choosable, options: FilterOptions): { value: string; label: string }[] {
  const named = ({ id, name: label }: { id: string; name: string }) => ({ value: id, label });
  if (name === 'role') return options.roles.map(({ key, name: label }) => ({ value: key, label }));
  if (name === 'group') return options.groups.map(named);
  if (name === 'organization') return options.organizations.map(({ slug, name: label }) => ({ value: slug, label }));
  return options.teams.map(({ id, name: team, organization }) => ({
    value: id,
    label: options.offers.organization ? `${team}, ${organization}` : team,
  }));
}
