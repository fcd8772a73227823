import type { KeyObject } from 'node:crypto';
import type { Client } from 'pg';
import type { EventEntry, SealEntry } from '@/server/audit-chain/entries';

/** An event with details, the event after it, and the seal that covers it. */
export type Target = {
  event: EventEntry;
  other: EventEntry;
  seal: SealEntry;
  last: SealEntry;
  /** The attacker's own key, and the server's key for an attacker who has stolen it. */
  foreignKey: KeyObject;
  ownKey: KeyObject;
};

export type Tampering = {
  name: string;
  /** Statements run in order as superuser, or a function. */
  apply: string[] | ((client: Client) => Promise<void>);
  /** The rows that the verdict may name. */
  events?: string[];
  seals?: string[];
};

/** Deletes events with their details. */
export function removalOf(where: string): string[] {
  return [
    `DELETE FROM audit_detail WHERE event_id IN (SELECT id FROM audit_event WHERE ${where})`,
    `DELETE FROM audit_event WHERE ${where}`,
  ];
}
