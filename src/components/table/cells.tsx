import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Status } from '../ui/status';
import type { Cell, CellValues, Kind, Label, Moment, Names, Person } from './table-data';

const dash = (
  <span className="none" aria-hidden="true">
    –
  </span>
);

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
  if (value === null || value === '') return dash;
  const draw = drawings[kind] as (value: Cell) => ReactNode;
  return draw(value);
}

/** What is cut in a narrow column, whole. */
export function wholeText(kind: Kind, value: Cell): string | undefined {
  if (value === null) return undefined;
  if (kind === 'text') return value as string;
  if (kind === 'link') return (value as Label).text;
  if (kind !== 'names') return undefined;
  const { names, pending = [] } = value as Names;
  return [...names, ...pending.map((name) => `${name}, pending`)].join('\n') || undefined;
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
      <Name href={href} title={shown}>
        {shown}
      </Name>
      {shown !== email && <span title={email}>{email}</span>}
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
  const all = [...names, ...pending];
  const [first] = all;
  if (first === undefined) return dash;
  return (
    <span className={clsx(names.length === 0 && 'pending')}>
      {first}
      {all.length > 1 && (
        <>
          <span className="more" aria-hidden="true">{` +${all.length - 1}`}</span>
          <span className="sr-only">{`, ${all.slice(1).join(', ')}`}</span>
        </>
      )}
      {pending.length > 0 && <span className="note">{pendingWords(names, pending)}</span>}
    </span>
  );
}

function pendingWords(names: string[], pending: string[]): string {
  return names.length === 0 ? 'pending' : `${pending.length} pending`;
}
