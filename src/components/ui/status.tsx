import { clsx } from 'clsx';
import { Icon } from './icon';
import { solid, type Tone } from './tone';

export type PersonStatus = 'invited' | 'active' | 'inactive' | 'archived';

const looks: Record<PersonStatus, { tone: Tone; word: string }> = {
  invited: { tone: 'info', word: 'Invited' },
  active: { tone: 'good', word: 'Active' },
  inactive: { tone: 'bad', word: 'Inactive' },
  archived: { tone: 'neutral', word: 'Archived' },
};

type Props = {
  status: PersonStatus;
  locked?: boolean | string;
};

export function Status({ status, locked }: Props) {
  const { tone, word } = looks[status];
  const lock = typeof locked === 'string' ? locked : 'Locked';
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span className={clsx('status-dot size-2 shrink-0 rounded-full', solid[tone])} />
      {word}
      {locked && (
        <span title={lock} className="text-warn-text">
          <Icon name="lock" label={lock} className="size-3.5" />
        </span>
      )}
    </span>
  );
}
