import { Stat, StatRow } from '@/components/ui/stat';
import { formatCount } from '@/lib/counts';
import type { UserFigures as Figures } from '../counts.queries';

export function UserFigures({ figures }: { figures: Figures }) {
  return (
    <div className="mb-5">
      <StatRow label="People by status">
        <Stat label="People" value={formatCount(figures.total)} href="/users" />
        <Stat label="Active" value={formatCount(figures.active)} href="/users?status=active" tone="good" />
        <Stat label="Invited" value={formatCount(figures.invited)} href="/users?status=invited" tone="info" />
        <Stat label="Inactive" value={formatCount(figures.inactive)} href="/users?status=inactive" tone="bad" />
      </StatRow>
    </div>
  );
}
