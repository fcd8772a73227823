import { DayChart } from '@/components/chart/day-chart';
import { countOf, formatCount } from '@/lib/counts';
import type { DayFigure } from '../days.queries';

const dayWords = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** Joins and sign-ins over thirty days. */
export function DayFigures({ days }: { days: DayFigure[] | null }) {
  if (!days) return <p className="text-ink-soft">Days are counted every hour. The first figures will be here then.</p>;
  const sumOf = (key: 'joined' | 'signedIn') => days.reduce((sum, day) => sum + day[key], 0);
  const joined = countOf(sumOf('joined'), 'person', 'people');
  const signIns = sumOf('signedIn');
  const busiest = days.reduce((most, day) => (day.signedIn > most.signedIn ? day : most));
  return (
    <DayChart
      title="Joins and sign-ins on each of the last 30 days"
      finding={
        <>
          {joined} joined in the last 30 days, and {countOf(signIns, 'sign-in', 'sign-ins')} succeeded
          {signIns > 0 && `. The busiest day was ${wordsOf(busiest.day)}, with ${formatCount(busiest.signedIn)}`}. Days
          are in UTC; today is not over.
        </>
      }
      days={days.map(({ day }, at) => (at === days.length - 1 ? 'Today so far' : wordsOf(day)))}
      series={[
        { label: 'Joined', kind: 'bars', values: days.map(({ joined: each }) => each) },
        { label: 'Sign-ins', kind: 'line', values: days.map(({ signedIn }) => signedIn) },
      ]}
    />
  );
}

function wordsOf(day: string): string {
  return dayWords.format(new Date(`${day}T12:00:00Z`)).replace(' ', '\u00a0');
}
