import { BarList } from '@/components/chart/bar-list';
import type { Count } from '@/lib/counts';
import { type OpenAge, openAges } from '../list.schema';
import { openAgeWords } from './list-filters';

export function OpenByAge({ counts }: { counts: Record<OpenAge, Count> }) {
  if (openAges.every((age) => counts[age] === 0)) return <p className="text-ink-soft">No invitation is open.</p>;
  const isOld = counts.week !== 0 || counts.older !== 0;
  return (
    <BarList
      finding={isOld ? 'Some have been waiting for three days or more.' : 'All of them are younger than three days.'}
      name={['How long they wait', 'Invitations']}
      bars={openAges.map((age) => ({
        label: openAgeWords[age],
        href: `/invitations?age=${age}`,
        count: counts[age],
      }))}
    />
  );
}
