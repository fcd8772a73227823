import type { EventEntry } from '@/server/audit-chain/entries';
import { rewritings, sealTamperings } from './seal-tamperings';
import { removalOf, type Tampering, type Target } from './tampering';

/** Every known way to tamper with one target. */
export function tamperingsOf(target: Target): Tampering[] {
  const { event, other } = target;
  const onEvent = (name: string, ...apply: string[]) => ({ name: `event: ${name}`, apply, events: [event.seq] });
  const set = (name: string, what: string) => onEvent(name, `UPDATE audit_event SET ${what} WHERE seq = ${event.seq}`);
  const noKeys = [
    'ALTER TABLE audit_event DROP CONSTRAINT audit_event_pkey',
    'DROP INDEX audit_event_id_key',
    'ALTER TABLE audit_detail DROP CONSTRAINT audit_detail_pkey',
  ];
  const copyOf = (seq: string, id: string) => `
    INSERT INTO audit_event SELECT ${seq}, ${id}, at, action, actor_kind, actor_id, acted_as_id, subject_type, subject_id,
           organization_id, request_id, detail_hash FROM audit_event WHERE seq = ${event.seq}`;
  const between = [event.seq, other.seq, String(Number(event.seq) + 1)];
  return [
    ...columnTamperings(set),
    onEvent(
      'time by a microsecond',
      'ALTER TABLE audit_event ALTER at TYPE timestamptz(6)',
      `UPDATE audit_event SET at = at + interval '1 microsecond' WHERE seq = ${event.seq}`,
    ),
    // A missing event is reported at the event after it.
    { ...onEvent('deleted', `DELETE FROM audit_event WHERE seq = ${event.seq}`), events: [other.seq] },
    { ...onEvent('deleted with its details', ...removalOf(`seq = ${event.seq}`)), events: [other.seq] },
    { name: 'event: swapped with the next', apply: swapOf(event, other), events: [event.seq, other.seq] },
    {
      ...onEvent('moved to another number', `UPDATE audit_event SET seq = seq + 1 WHERE seq = ${event.seq}`),
      events: between,
    },
    { ...onEvent('inserted into a gap', copyOf(`${event.seq} + 1`, 'gen_random_uuid()')), events: between },
    { ...onEvent('inserted before the first', copyOf('0', 'gen_random_uuid()')), events: ['0'] },
    { ...onEvent('inserted below zero', copyOf(`-${event.seq}`, 'gen_random_uuid()')), events: [`-${event.seq}`] },
    onEvent('doubled, whole', ...noKeys, copyOf('seq', 'id')),
    onEvent('doubled under another id', ...noKeys, copyOf('seq', 'gen_random_uuid()')),
    {
      ...onEvent(
        'written into the past, after the last seal',
        `SELECT setval('audit_event_seq_seq', 100000)`,
        copyOf('100000', 'gen_random_uuid()'),
        `UPDATE audit_event SET at = at - interval '2 days' WHERE seq = 100000`,
      ),
      events: ['100000'],
    },
    ...detailTamperings(target),
    ...sealTamperings(target),
    ...rewritings(target),
  ];
}

function columnTamperings(set: (name: string, what: string) => Tampering): Tampering[] {
  return [
    set('action', `action = 'user.created'`),
    set('action, a letter that looks the same', `action = replace(action, 'a', 'а')`),
    set('action, a letter without width', `action = action || U&'\\200B'`),
    set('action, a space', `action = action || ' '`),
    set('kind of actor', `actor_kind = 'system'`),
    set('actor', 'actor_id = gen_random_uuid()'),
    set('actor removed', 'actor_id = NULL'),
    set('acted as', 'acted_as_id = gen_random_uuid()'),
    set('kind of subject', `subject_type = 'person'`),
    set('subject', 'subject_id = gen_random_uuid()'),
    set('subject removed', 'subject_id = NULL'),
    set('organization', 'organization_id = gen_random_uuid()'),
    set('organization removed', 'organization_id = NULL'),
    set('request', `request_id = request_id || U&'\\0301'`),
    set('request removed', 'request_id = NULL'),
    set('time, later', `at = at + interval '1 millisecond'`),
    set('time, earlier', `at = at - interval '1 millisecond'`),
    set('id', 'id = gen_random_uuid()'),
    set('hash of the details', 'detail_hash = set_byte(detail_hash, 7, 255 - get_byte(detail_hash, 7))'),
    set('hash of the details emptied', `detail_hash = ''`),
    set('as if it never had details', `detail_hash = decode(repeat('00', 32), 'hex')`),
  ];
}

function detailTamperings({ event, other }: Target): Tampering[] {
  const { seq, id } = event;
  const detail = (name: string, ...apply: string[]) => ({ name: `detail: ${name}`, apply, events: [seq] });
  const set = (name: string, what: string) => detail(name, `UPDATE audit_detail SET ${what} WHERE event_id = '${id}'`);
  const drop = `DELETE FROM audit_detail WHERE event_id = '${id}'`;
  return [
    set('a value', `body = jsonb_set(body, '{after,lastName}', '"Meier"')`),
    set('1 to 1.0', `body = jsonb_set(body, '{before,version}', ((body->'before'->>'version') || '.0')::jsonb)`),
    set(
      'a number by one',
      `body = jsonb_set(body, '{before,version}', to_jsonb((body->'before'->>'version')::int + 1))`,
    ),
    set(
      'a number by less than JavaScript can tell',
      `body = jsonb_set(body, '{before,version}', ((body->'before'->>'version') || '.00000000000000000001')::jsonb)`,
    ),
    set('a number to text', `body = jsonb_set(body, '{before,version}', to_jsonb(body->'before'->>'version'))`),
    set('text to a number', `body = jsonb_set(body, '{after,phone}', '1')`),
    set('true to text', `body = jsonb_set(body, '{after,isLocked}', '"true"')`),
    set('null removed', `body = body #- '{before,phone}'`),
    set('null to empty', `body = jsonb_set(body, '{before,phone}', '""')`),
    set(
      'an accent in two letters',
      `body = jsonb_set(body, '{before,lastName}', to_jsonb(normalize(body->'before'->>'lastName', NFD)))`,
    ),
    set(
      'a space that does not break',
      `body = jsonb_set(body, '{before,lastName}', to_jsonb(replace(body->'before'->>'lastName', ' ', U&'\\00A0')))`,
    ),
    set('a list in another order', `body = jsonb_set(body, '{before,roles}', '["viewer", "editor"]')`),
    set(
      'before and after swapped',
      `body = body || jsonb_build_object('before', body->'after', 'after', body->'before')`,
    ),
    set('a key added', `body = body || '{"note": "all fine"}'`),
    set('a key of nothing added', `body = body || '{"": null}'`),
    set('the reason', `body = jsonb_set(body, '{reason}', to_jsonb((body->>'reason') || ' '))`),
    set('the reason removed', `body = body - 'reason'`),
    set('the address', `body = jsonb_set(body, '{ip}', '"192.0.2.70"')`),
    set('emptied', `body = '{}'`),
    set('made a list', 'body = jsonb_build_array(body)'),
    set('made null', `body = 'null'`),
    set('the salt', 'salt = set_byte(salt, 3, 255 - get_byte(salt, 3))'),
    set('the salt, longer', `salt = salt || '{'::bytea`),
    set('the salt emptied', `salt = ''`),
    set('the person', 'person_id = gen_random_uuid()'),
    set('the person removed', 'person_id = NULL'),
    detail('deleted', drop),
    { ...set('given to no event', 'event_id = gen_random_uuid()') },
    detail(
      'deleted, and the person recorded as forgotten',
      drop,
      `INSERT INTO audit_event (id, action, actor_kind, subject_type, subject_id, detail_hash)
       SELECT gen_random_uuid(), 'person.forgotten', 'system', 'user', subject_id, decode(repeat('00', 32), 'hex') FROM audit_event WHERE seq = ${seq}`,
    ),
    detail(
      'rewritten with a matching hash',
      `UPDATE audit_detail SET body = '{}' WHERE event_id = '${id}'`,
      `UPDATE audit_event e SET detail_hash = sha256(d.salt || convert_to('{"body":{},"personId":"' || d.person_id || '"}', 'UTF8'))
         FROM audit_detail d WHERE d.event_id = e.id AND e.seq = ${seq}`,
    ),
    {
      name: 'detail: swapped with another',
      apply: [
        `UPDATE audit_detail a SET salt = b.salt, body = b.body, person_id = b.person_id FROM audit_detail b
          WHERE (a.event_id, b.event_id) IN (('${id}', '${other.id}'), ('${other.id}', '${id}'))`,
      ],
      events: [seq, other.seq],
    },
  ];
}

function swapOf(a: EventEntry, b: EventEntry): string[] {
  const move = (from: string, to: string) => `UPDATE audit_event SET seq = ${to} WHERE seq = ${from}`;
  return [move(a.seq, '-1'), move(b.seq, a.seq), move('-1', b.seq)];
}
