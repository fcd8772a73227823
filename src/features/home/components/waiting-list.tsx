import { LinkButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { MenuForm } from '@/components/ui/menu';
import { Popout } from '@/components/ui/popout';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { type Count, formatCount } from '@/lib/counts';
import type { PlainAction } from '@/lib/form-state';
import { hideWaitingAction } from '../hiding.actions';
import { hidingChoices } from '../hiding.schema';
import type { Waiting } from '../waiting.queries';

const marks = { info: 'text-info-text', warn: 'text-warn-text', bad: 'text-bad-text' };

export function WaitingList({ waiting, timeZone }: { waiting: Waiting[]; timeZone: string }) {
  const shown = waiting.filter(({ isHidden }) => !isHidden);
  const hidden = waiting.filter(({ isHidden }) => isHidden);
  return (
    <>
      {shown.length === 0 ? (
        <div className="flex items-start gap-3 px-5 pt-3 pb-5">
          <Icon name="circle-check" className="mt-0.5 size-4 text-good-text" />
          <div>
            <p className="font-medium">
              {hidden.length === 0 ? 'Nothing is waiting for you' : 'Nothing else is waiting for you'}
            </p>
            <p className="text-ink-soft">
              Unanswered invitations, failed emails and imports to confirm will be listed here.
            </p>
          </div>
        </div>
      ) : (
        <ul>
          {shown.map((item) => (
            <Item key={item.key} item={item} timeZone={timeZone} />
          ))}
        </ul>
      )}
      {hidden.length > 0 && <Hidden items={hidden} />}
    </>
  );
}

function Item({ item, timeZone }: { item: Waiting; timeZone: string }) {
  const { what, detail, href, count, tone, button, since } = item;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-5 py-3.5 last:border-0">
      <div className="flex min-w-0 flex-1 basis-72 items-start gap-3">
        <Icon name={tone === 'info' ? 'clock' : 'triangle-alert'} className={`mt-0.5 size-4 ${marks[tone]}`} />
        <div className="min-w-0">
          <p className="font-medium">
            <TextLink quiet href={href}>
              {what}
            </TextLink>{' '}
            <CountBadge count={count} />
          </p>
          <p className="text-ink-soft">
            {detail}
            {since && (
              <>
                {' '}
                Oldest: <Time at={since} timeZone={timeZone} />.
              </>
            )}
          </p>
        </div>
      </div>
      <div className="flex items-center gap-1">
        <LinkButton href={href} size="sm" aria-label={`${button}: ${what}`}>
          {button}
        </LinkButton>
        <Popout label={`Hide: ${what}`} panelClassName="w-56 p-1">
          <ul aria-label={`Hide: ${what}`}>
            {Object.entries(hidingChoices).map(([until, words]) => (
              <MenuForm key={until} action={hideWaitingAction} fields={fieldsOf(item, until)} icon="eye-off">
                {`Hide ${words.charAt(0).toLowerCase()}${words.slice(1)}`}
              </MenuForm>
            ))}
          </ul>
        </Popout>
      </div>
    </li>
  );
}

const fieldsOf = ({ key, counted }: Waiting, until: string) => ({ item: key, until, count: String(counted) });

function CountBadge({ count }: { count: Count }) {
  return (
    <span className="ml-1 rounded-full bg-hover px-2 py-0.5 font-normal text-ink-soft text-xs tabular-nums">
      {formatCount(count)}
    </span>
  );
}

function Hidden({ items }: { items: Waiting[] }) {
  return (
    <details className="border-line border-t px-5 py-3">
      <summary className="text-ink-soft hover:text-ink">Hidden for now ({items.length})</summary>
      <ul className="mt-2 flex flex-col gap-1">
        {items.map((item) => (
          <li key={item.key} className="flex flex-wrap items-center justify-between gap-x-4">
            <span>
              <TextLink quiet href={item.href}>
                {item.what}
              </TextLink>{' '}
              <CountBadge count={item.count} />
            </span>
            <ShowAgain item={item} />
          </li>
        ))}
      </ul>
    </details>
  );
}

const showAgain: PlainAction = hideWaitingAction;

function ShowAgain({ item }: { item: Waiting }) {
  return (
    <form action={showAgain}>
      {Object.entries(fieldsOf(item, 'no')).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" aria-label={`Show again: ${item.what}`} className="text-accent-text hover:underline">
        Show again
      </button>
    </form>
  );
}
