import type { ReactNode } from 'react';
import { Card } from './card';

type Props = {
  sentence: string;
  consequences: (string | false)[];
  note?: ReactNode;
  children: ReactNode;
};

export function ReviewCard({ sentence, consequences, note, children }: Props) {
  const shown = consequences.filter((each) => each !== false);
  return (
    <Card title={sentence}>
      {shown.length > 0 && (
        <ul className="mb-4 list-disc pl-5 text-ink-soft">
          {shown.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-start gap-3">{children}</div>
      {note && <p className="mt-3 text-ink-soft">{note}</p>}
    </Card>
  );
}
