import { Stat, StatRow } from '@/components/ui/stat';
import { formatCount } from '@/lib/counts';
import { hrefWith } from '@/lib/search-params';
import type { UserFigures as Figures } from '../counts.queries';
import { isNarrowed, type UserFilter } from '../list.schema';

type Props = { figures: Figures; place: string | null; filter: UserFilter };

/** People by status, of everybody or of the chosen organization. Each leads to the list that it counts. */
export function UserFigures({ figures, place, filter }: Props) {
  const { statuses } = filter;
  const elsewhere = place === null ? filter.organization : null;
  const isElse = isNarrowed({ ...filter, statuses: [], organization: elsewhere });
  const only = !isElse && statuses.length < 2 ? (statuses[0] ?? 'all') : null;
  const linkTo = (status: 'all' | 'active' | 'invited' | 'inactive') => ({
    href: hrefWith({ path: '/users', params: {} }, { organization: place, status: status === 'all' ? null : status }),
    isCurrent: status === only,
  });
  return (
    <div className="mb-5">
      <StatRow label="People by status">
        <Stat label="People" value={formatCount(figures.total)} {...linkTo('all')} />
        <Stat label="Active" value={formatCount(figures.active)} tone="good" {...linkTo('active')} />
        <Stat label="Invited" value={formatCount(figures.invited)} tone="info" {...linkTo('invited')} />
        <Stat label="Inactive" value={formatCount(figures.inactive)} tone="bad" {...linkTo('inactive')} />
      </StatRow>
    </div>
  );
}
