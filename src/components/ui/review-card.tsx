import type { ReactNode } from 'react';
import { Card } from './card';

type Props = {
  /** What will happen, in one sentence with numbers. */
  sentence: string;
  consequences: (string | false)[];
  /** Said under the buttons, as why there is none. */
  note?: ReactNode;
  /** The forms: the deed first, then the way out. */
  children: ReactNode;
};

/** What a plan would do, before it is done. */
export function ReviewCard({ sentence, consequences, note, children }: Props) {
  const said = consequences.filter((each) => each !== false);
  return (
    <Card title={sentence}>
      {said.length > 0 && (
        <ul className="mb-4 list-disc pl-5 text-ink-soft">
          {said.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-start gap-3">{children}</div>
      {note && <p className="mt-3 text-ink-soft">{note}</p>}
    </Card>
  );
}
