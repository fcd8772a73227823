import type { Permission } from '@/lib/permissions';
import type { Target, TargetKind, World } from './support/world';

export type Needs = Permission | 'public';

export type PagePolicy = {
  permission: Needs;
  /** Needed beside it. */
  also?: Permission;
  /** The kind of record its address names; the parameter's name is in the route. */
  of?: TargetKind;
  /** Not there in the suite's world, for anybody: it belongs to a part that is not running. */
  absent?: true;
  /** Leads some people elsewhere: those signed in already, or when there is nothing left to do. */
  leadsOn?: true;
  /** Says what the record is called to whoever knows its address. */
  tellsName?: true;
};

export type RoutePolicy = {
  permission: Needs;
  of?: TargetKind;
  /** In which states of the record it answers. */
  states?: string[];
  absent?: true;
  /** What is posted, in which field, by whoever may. */
  upload?: { field: string; name: string; content: string };
  /** The form that is posted by whoever may. */
  form?: Fields | ((world: World) => Fields);
};

export type Fields = Record<string, string | string[]>;

export type ActionPolicy = {
  permission: Needs;
  /** What it is done to, and the field that names it. */
  of?: TargetKind;
  field?: string;
  /** The other fields of a form that changes rows for whoever may. */
  form?(world: World, target: Target): Fields;
  /** In which states of the record it can be done; nothing is any. */
  states?: string[];
  /**
   * Beyond the permission: the record is the caller's own, the whole person is theirs to manage, or it is somebody else
   * who belongs to no organization.
   */
  rule?: 'own' | 'managed' | 'unplaced';
  /** Changes the caller's own rows only, so it writes no event for others to read. */
  unaudited?: true;
  /** Says the same whatever became of it, so that nobody learns anything by asking. */
  answersAlike?: true;
  /** SQL that makes the world ready for it. */
  before?: string;
};
