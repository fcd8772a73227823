import { clsx } from 'clsx';
import { Icon } from './icon';
import { solid, type Tone } from './tone';

/** How a status is shown: a dot and a word, everywhere. `hint` explains it; `locked` says until when. */
export type StatusLook = { word: string; tone: Tone; hint?: string | undefined; locked?: string | undefined };

export type RecordStatus = 'invited' | 'active' | 'inactive' | 'archived';

const looks: Record<RecordStatus, StatusLook> = {
  invited: { tone: 'info', word: 'Invited' },
  active: { tone: 'good', word: 'Active' },
  inactive: { tone: 'bad', word: 'Inactive' },
  archived: { tone: 'neutral', word: 'Archived' },
};

/** Of a person or an organization. */
export function statusLook(status: RecordStatus, locked?: string | false): StatusLook {
  return locked ? { ...looks[status], locked } : looks[status];
}

export function Status({ word, tone, hint, locked }: StatusLook) {
  return (
    <span className="status" title={hint}>
      <span className={clsx('status-dot', solid[tone])} />
      {word}
      {locked && (
        <span title={locked} className="text-warn-text">
          <Icon name="lock" label={locked} className="size-3.5" />
        </span>
      )}
    </span>
  );
}
