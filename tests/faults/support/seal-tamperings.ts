import type { KeyObject } from 'node:crypto';
import { reseal } from './audit-log';
import { removalOf, type Tampering, type Target } from './tampering';

/** Ways to tamper with the seal that covers the target. */
export function sealTamperings({ event, seal, last, foreignKey }: Target): Tampering[] {
  const next = String(Number(seal.id) + 1);
  const on = (name: string, ...apply: string[]) => ({ name: `seal: ${name}`, apply, seals: [seal.id, next] });
  const set = (name: string, what: string) => on(name, `UPDATE audit_seal SET ${what} WHERE id = ${seal.id}`);
  const flip = (column: string) => set(column, `${column} = set_byte(${column}, 5, 255 - get_byte(${column}, 5))`);
  return [
    ...['digest', 'previous_hash', 'hash', 'signature', 'event_hashes'].map(flip),
    set('number', 'id = id + 1000'),
    set('last event, one more', 'last_seq = last_seq + 1'),
    set('last event, one less', 'last_seq = last_seq - 1'),
    set('last event, the end of all numbers', 'last_seq = 9223372036854775807'),
    set('count, one more', 'count = count + 1'),
    set('count, one less', 'count = count - 1'),
    set('time', `sealed_at = sealed_at + interval '1 millisecond'`),
    set('list of hashes removed', 'event_hashes = NULL'),
    set('signature emptied', `signature = ''`),
    on('deleted', `DELETE FROM audit_seal WHERE id = ${seal.id}`),
    on(
      'deleted with its events',
      `DELETE FROM audit_seal WHERE id = ${seal.id}`,
      ...removalOf(`seq <= ${seal.lastSeq} AND seq >= ${event.seq}`),
    ),
    {
      ...on(
        'the head cut off',
        `DELETE FROM audit_seal WHERE id <= ${seal.id}`,
        ...removalOf(`seq <= ${seal.lastSeq}`),
      ),
      seals: [next, last.id],
    },
    {
      ...on(
        'the end cut off',
        `DELETE FROM audit_seal WHERE id >= ${seal.id}`,
        ...removalOf(`seq > coalesce((SELECT max(last_seq) FROM audit_seal), 0)`),
      ),
      seals: [String(Number(seal.id) - 1)],
      events: ['none'],
    },
    on(
      'doubled',
      'ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_pkey',
      'DROP INDEX audit_seal_last_seq_key, audit_seal_hash_key',
      `INSERT INTO audit_seal SELECT * FROM audit_seal WHERE id = ${seal.id}`,
    ),
    { ...on('all deleted', 'TRUNCATE audit_seal'), seals: [], events: ['none'] },
    {
      ...on('signed by another key'),
      apply: (client) => reseal(client, foreignKey, Number(seal.id)),
    },
  ];
}

/** An event is changed, and the hashes and seals are rewritten to match. */
export function rewritings({ event, seal, last, foreignKey, ownKey }: Target): Tampering[] {
  const forge = `UPDATE audit_event SET actor_id = gen_random_uuid() WHERE seq = ${event.seq}`;
  const rewrite = (name: string, key: KeyObject, from: number, statement: string): Tampering => ({
    name: `rewritten: ${name}`,
    apply: async (client) => {
      await client.query(statement);
      await reseal(client, key, from);
    },
    seals: [from === 1 ? '1' : seal.id],
  });
  const listToo = `UPDATE audit_seal SET event_hashes = set_byte(event_hashes, 1, 255 - get_byte(event_hashes, 1)) WHERE id = ${seal.id}`;
  const removed = `DELETE FROM audit_event WHERE seq = ${event.seq}`;
  return [
    rewrite('resealed from there with another key', foreignKey, Number(seal.id), forge),
    rewrite('all resealed with another key', foreignKey, 1, forge),
    rewrite('an event taken out, resealed with another key', foreignKey, Number(seal.id), removed),
    { ...rewrite("all resealed with the server's own key", ownKey, 1, forge), seals: [last.id] },
    {
      ...rewrite("resealed from there with the server's own key", ownKey, Number(seal.id), forge),
      seals: [last.id],
    },
    { name: 'rewritten: the list of hashes too', apply: [forge, listToo], events: [event.seq], seals: [seal.id] },
  ];
}
