import type { ReactNode } from 'react';
import type { PlainAction } from '@/lib/form-state';
import type { IconName } from '../ui/icons';
import type { StatusLook } from '../ui/status';

/**
 * What the server sends of a list. Rows are data, which the browser gets once and draws itself: as server components
 * each row would be sent twice, as markup and as the description of that markup.
 */
export type Person = { name: string; email: string; initials: string; tone: number; href?: string | undefined };
/** `pending`: what takes effect once an invitation is accepted. */
export type Names = { names: string[]; pending?: string[] | undefined };
export type Moment = { text: string; exact?: string | undefined; at: string };
export type Label = { text: string; href?: string | undefined; note?: string | undefined };

/** By the kind of the column. Null is shown as a dash. */
export type CellValues = {
  /** Where an event may concern something else, a label. */
  person: Person | Label;
  link: Label;
  text: string;
  names: Names;
  status: StatusLook;
  time: Moment;
  number: string;
  /** For the few cells that are none of the others, such as a list of changes. */
  node: ReactNode;
};

export type Kind = keyof CellValues;
export type Cell = CellValues[Kind] | null;

export type Direction = 'asc' | 'desc';
export type Sort = { key: string; direction: Direction };

export type Heading = {
  /** Unique in the table; stored in people's choice of columns. */
  key: string;
  header: string;
  kind: Kind;
  sort?: string;
  firstDirection?: Direction;
};

/** An entry of the row menu. `{id}` and `{ref}` in `href` stand for the row's. */
export type RowAction = {
  label: string;
  icon: IconName;
  tone?: 'bad';
  /** Without one it leads to the row's record. */
  href?: string;
  /** Acts at once: gets `id`, which is the row's `ref` if it has one, and `returnTo`. */
  act?: PlainAction;
  /** Why it cannot be used here. */
  reason?: string;
  shortcut?: string;
};

export type RowData = {
  id: string;
  /** What the row is called, unless its first cell is a person or a link, whose name it has. */
  label?: string;
  /** Where the whole row leads, unless that is the table's `base` and its id. */
  href?: string;
  cells: Cell[];
  /** Which of the table's menus it has. */
  menu?: number;
  ref?: string;
  isFixed?: boolean;
};

/** Rows of one state have the same menu, so each row has only its number. */
export type Menus = { actions: Record<string, RowAction>; keys: string[][] };
