import type { KeyObject } from 'node:crypto';
import type { Client } from 'pg';
import type { EventEntry, SealEntry } from '@/server/audit-chain/entries';

/** What is tampered with: an event that has details, the one after it, and the seal that covers it. */
export type Target = {
  event: EventEntry;
  other: EventEntry;
  seal: SealEntry;
  last: SealEntry;
  /** A key of the tamperer's own, and the server's, for who has taken that as well. */
  foreignKey: KeyObject;
  ownKey: KeyObject;
};

export type Tampering = {
  name: string;
  /** One statement after the other, as superuser; or what else it takes. */
  apply: string[] | ((client: Client) => Promise<void>);
  /** The rows that may be named for it. */
  events?: string[];
  seals?: string[];
};

/** Takes events away with their details. */
export function removalOf(where: string): string[] {
  return [
    `DELETE FROM audit_detail WHERE event_id IN (SELECT id FROM audit_event WHERE ${where})`,
    `DELETE FROM audit_event WHERE ${where}`,
  ];
}
