import { newId } from '@/lib/ids';
import type { ActorName, Place } from '../actors';

export type TargetKind =
  | 'audit event'
  | 'bulk change'
  | 'email'
  | 'email change'
  | 'email change link'
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

/** One record, or what somebody may send in place of one. */
export type Target = {
  name: string;
  /** What is sent: several are a field sent several times. */
  id: string | string[];
  /** Where it belongs; several for somebody of several organizations. */
  places: Place[];
  state: string;
  /** Whose it is. */
  owner?: ActorName;
  /** 0 no power over others, 1 an Org Admin, 2 a System Admin. */
  rank?: number;
  /** Stands on its page. */
  shows?: string;
  extra?: Record<string, string>;
  /** No record of any kind: refused whoever asks. */
  isNothing?: true;
};

/** A text that must never be read outside its place: `a` and `b` are organizations, `p` is the platform. */
export const marked = (place: 'a' | 'b' | 'p', what: string) => `Canary${place}x ${what}`;
export const markedEmail = (place: 'a' | 'b' | 'p', what: string) => `${what}@canary${place}x.example`;
export const marksIn = (text: string) =>
  [...new Set([...text.toLowerCase().matchAll(/canary([abp])x/g)].map((match) => match[1] as 'a' | 'b' | 'p'))].sort();

const nothing = (name: string, id: string | string[]): Target => ({
  name,
  id,
  places: [],
  state: '',
  isNothing: true,
});

/** What is sent where an id belongs, and names nothing. */
export function nothings(): Target[] {
  return [
    nothing('absent', newId()),
    nothing('malformed', 'not-an-id'),
    nothing('a number', '1'),
    nothing('an operator', '{"not":""}'),
    nothing('an array', [newId(), newId()]),
    nothing('SQL', "' OR '1'='1"),
    nothing('a path', '../../api/health'),
    nothing('a null byte', 'a\u0000b'),
    nothing('a lone surrogate', '\ud800'),
    nothing('a prototype', '__proto__'),
    nothing('a megabyte', 'a'.repeat(1_000_000)),
  ];
}
