import { newId } from '@/lib/ids';
import type { ActorName, Place } from '../actors';

export type TargetKind =
  | 'audit event'
  | 'bulk action'
  | 'email'
  | 'email change'
  | 'email change link'
  | 'email consent link'
  | 'group'
  | 'guide'
  | 'import'
  | 'invitation'
  | 'invitation link'
  | 'joining link'
  | 'mailbox'
  | 'membership'
  | 'organization'
  | 'organization slug'
  | 'reset link'
  | 'role key'
  | 'session'
  | 'set-up link'
  | 'template'
  | 'user';

/** One record, or a value that is sent in place of one. */
export type Target = {
  name: string;
  /** The value that is sent; a list means that the field is sent several times. */
  id: string | string[];
  /** Where it belongs; several for a member of several organizations. */
  places: Place[];
  state: string;
  owner?: ActorName;
  /** 0 for most people, 1 for an Org Admin, 2 for a System Admin. */
  rank?: number;
  /** The platform ended this person's access. */
  isEndedByPlatform?: true;
  /** A text that its page shows. */
  shows?: string;
  extra?: Record<string, string>;
  /** Not a record, so it is refused to everybody. */
  isMissing?: true;
};

/** Names that tell where a record belongs: `a` and `b` are organizations, `p` is the platform. */
export const nameIn = (place: 'a' | 'b' | 'p', what: string) => `${place.toUpperCase()} ${what}`;
export const addressIn = (place: 'a' | 'b' | 'p', what: string) => `${what}@place-${place}.example`;

const missing = (name: string, id: string | string[]): Target => ({
  name,
  id,
  places: [],
  state: '',
  isMissing: true,
});

/** Values that are sent as an id and name no record. */
export function missingRecords(): Target[] {
  return [
    missing('absent', newId()),
    missing('malformed', 'not-an-id'),
    missing('a number', '1'),
    missing('an operator', '{"not":""}'),
    missing('an array', [newId(), newId()]),
    missing('SQL', "' OR '1'='1"),
    missing('a path', '../../api/health'),
    missing('a null byte', 'a\u0000b'),
    missing('a lone surrogate', '\ud800'),
    missing('a prototype', '__proto__'),
    missing('a megabyte', 'a'.repeat(1_000_000)),
  ];
}
