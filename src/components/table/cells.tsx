import type { ReactNode } from 'react';
import { Status } from '../ui/status';
import type { Cell, CellValues, Kind, Label, Moment, Names, Person } from './table-data';

type Drawings = { [K in Kind]: (value: CellValues[K]) => ReactNode };

const drawings: Drawings = {
  person: (value) => ('initials' in value ? <PersonText {...value} /> : <LinkText {...value} />),
  link: (value) => <LinkText {...value} />,
  text: (value) => value,
  names: (value) => <NameList {...value} />,
  status: (value) => <Status {...value} />,
  time: (value) => <MomentText {...value} />,
  number: (value) => value,
  node: (value) => value,
};

export function CellContent({ kind, value }: { kind: Kind; value: Cell }) {
  // The style sheet puts a dash into empty cells.
  if (value === null || value === '') return null;
  const draw = drawings[kind] as (value: Cell) => ReactNode;
  return draw(value);
}

/** What is cut in a narrow column, whole. */
export function wholeText(kind: Kind, value: Cell): string | undefined {
  if (value === null) return undefined;
  if (kind === 'text') return ifLong(value as string);
  if (kind === 'link') return ifLong((value as Label).text);
  if (kind !== 'names') return undefined;
  const { names, pending = [] } = value as Names;
  const all = [...names, ...pending.map((name) => `${name}, pending`)];
  return all.length > 1 ? all.join('\n') : ifLong(all[0] ?? '');
}

/** So many signs fit everywhere: of the usual size, and of the small one of addresses. */
const alwaysFits = { usual: 20, small: 34 };

/** Only what may be cut needs its text twice. */
function ifLong(text: string, size: keyof typeof alwaysFits = 'usual'): string | undefined {
  return text.length > alwaysFits[size] ? text : undefined;
}

/** The avatar, the name as a link, and the address below it. */
function PersonText({ name, email, initials, tone, href }: Person) {
  const shown = name || email;
  const Name = href ? 'a' : 'b';
  return (
    <>
      <span aria-hidden="true" className={`avatar avatar-${tone}`}>
        {initials}
      </span>
      <Name href={href} title={ifLong(shown)}>
        {shown}
      </Name>
      {shown !== email && <span title={ifLong(email, 'small')}>{email}</span>}
    </>
  );
}

function LinkText({ text, href, note }: Label) {
  return (
    <>
      {href ? <a href={href}>{text}</a> : text}
      {note && <span className="note">{note}</span>}
    </>
  );
}

function MomentText({ text, exact, at }: Moment) {
  return (
    <time dateTime={at} title={exact}>
      {text}
    </time>
  );
}

/** One name and how many more: a list of forty roles must not make a row higher. The title has all. */
function NameList({ names, pending = [] }: Names) {
  const [first, ...others] = [...names, ...pending];
  if (first === undefined) return null;
  const drawn = (
    <>
      {first}
      {others.length > 0 && (
        <>
          <span className="more" aria-hidden="true">{` +${others.length}`}</span>
          <span className="sr-only">{`, ${others.join(', ')}`}</span>
        </>
      )}
      {pending.length > 0 && <span className="note">{pendingWords(names, pending)}</span>}
    </>
  );
  return names.length === 0 ? <span className="pending">{drawn}</span> : drawn;
}

function pendingWords(names: string[], pending: string[]): string {
  return names.length === 0 ? 'pending' : `${pending.length} pending`;
}
