import type { Permission } from '@/lib/permissions';
import type { Target, TargetKind, World } from './support/world';

export type Needs = Permission | 'public';

export type PagePolicy = {
  permission: Needs;
  /** A second permission that is needed too. */
  also?: Permission;
  /** The kind of record its address names; the parameter's name is in the route. */
  of?: TargetKind;
  /** Not found for anybody, because it belongs to a part that is not running here. */
  absent?: true;
  /** May redirect: people who are already signed in, or when there is nothing left to do. */
  redirects?: true;
};

export type RoutePolicy = {
  permission: Needs;
  of?: TargetKind;
  /** In which states of the record it answers. */
  states?: string[];
  absent?: true;
  /** Answers 204 or 401 without words. */
  isSignal?: true;
  /** The file that an allowed person posts, and its field. */
  upload?: { field: string; name: string; content: string };
  /** The form that an allowed person posts. */
  form?: Fields | ((world: World) => Fields);
};

/** What a layout shows around every page below it. It protects nothing: each page checks access itself. */
export type LayoutPolicy = { shows: 'the same to everybody' | 'what the viewer may open' };

export type Fields = Record<string, string | string[]>;

export type ActionPolicy = {
  permission: Needs;
  /** The kind of record it changes, and the field that names the record. */
  of?: TargetKind;
  field?: string;
  /** The other fields of a form that changes rows when an allowed person sends it. */
  form?(world: World, target: Target): Fields;
  /** The states of the record in which it can be done; left out means any. */
  states?: string[];
  /**
   * Needed beyond the permission. `own`: the record is the caller's. `managed`: the caller may manage the whole person.
   * `unplaced`: another person, who belongs to no organization.
   */
  rule?: 'own' | 'managed' | 'unplaced';
  /** Undoes what ended a person's access, so an organization cannot where the platform ended it. */
  undoesEnding?: true;
  /** Changes only the caller's own rows, so it writes no audit event. */
  unaudited?: true;
  /** Gives the same answer in every case, so that it reveals nothing. */
  answersAlike?: true;
  /** SQL that prepares the world for it. */
  before?: string | ((world: World) => string);
};
