import { inject, test } from 'vitest';
import type { ActorName } from './actors';
import { type ActionPolicy, actions, type Fields } from './policy';
import { callAction, callActionRaw } from './support/call';
import { goodForm, makeReady, someoneWhoMay } from './support/cases';
import { findActions } from './support/entry-points';
import { changedTables, fingerprint, newBugs, resetRows, sql, watchRows } from './support/rows';
import { makeVerdicts } from './support/verdicts';

const world = inject('world');
const built = findActions();
watchRows();

const state = '{"fieldErrors":{},"values":{}}';

/** Bodies sent in place of a state and a form, in the notation of React's protocol. */
const strange = [
  ...[
    '[]',
    '[null]',
    '["text"]',
    '[7]',
    '[{}]',
    '[[]]',
    '[true]',
    '["$undefined"]',
    '["$NaN"]',
    '["$n9"]',
    '["$D2026-01-01"]',
  ],
  ...[
    `[${state},null]`,
    `[${state},"text"]`,
    `[${state},{"id":"x"}]`,
    `[${state},{"not":""}]`,
    `[${state},[["id","x"]]]`,
  ],
  ...[
    '[{"__proto__":{"id":"x"}}]',
    '{"0":1}',
    'null',
    '"text"',
    `["$T",${state}]`,
    `[${state},"$K9"]`,
    '["$Z"]',
    '["$S"]',
  ],
];

test('an action refuses arguments of every wrong type, whoever sends them', async () => {
  const verdicts = makeVerdicts();
  for (const { id, name, path } of built) {
    for (const actor of ['nobody', 'system admin'] as const) {
      const { cookie } = world.people[actor];
      const before = await fingerprint();
      for (const text of strange) {
        const body = new FormData();
        body.set('0', text);
        const answer = await callActionRaw(id, body, { path, cookie });
        // Next's own decoder refuses anything that is not an argument list, with an empty 500.
        const isOurs = text.startsWith('[') && !/\$[KTZS]/.test(text);
        verdicts.say(`${actor} × ${name} × ${text}`, isOurs && answer.status >= 500 && `answered ${answer.status}`);
      }
      const changed = changedTables(before, await fingerprint(), allowedFor(name, actor));
      verdicts.say(`${actor} × ${name}`, changed.length > 0 && `changed ${changed.join(', ')}`);
      if (changed.length > 0 || takesNothing.has(name)) await resetRows();
    }
  }
  newBugs();
  verdicts.check();
});

/** Signing out, here or everywhere else, takes no arguments, so wrong ones cannot make it fail. */
const takesNothing = new Set(['session.end', 'account.sessions.end-others']);

const allowedFor = (name: string, actor: ActorName) =>
  takesNothing.has(name) && actor !== 'nobody' ? ['public.session', 'public.audit_event', 'public.audit_detail'] : [];

const badValues: [name: string, value: string | string[] | undefined][] = [
  ['left out', undefined],
  ['empty', ''],
  ['twice', ['a', 'b']],
  ['an operator', '{"not":""}'],
  ['null', 'null'],
  ['true', 'true'],
  ['a null byte', 'a\u0000b'],
  ['very long', 'x'.repeat(900_000)],
  ['a script', '<script>alert(1)</script>'],
];

test.each(built.map(({ name }) => name))('%s answers bad field values without a server error', async (name) => {
  const policy = actions[name] as ActionPolicy;
  const verdicts = makeVerdicts();
  const [actor, target] = someoneWhoMay(policy);
  const good = goodForm(policy, target);
  const { cookie } = world.people[actor];
  await makeReady(policy);
  for (const field of Object.keys(good)) {
    for (const [what, value] of badValues) {
      const fields = Object.fromEntries(
        Object.entries({ ...good, [field]: value }).filter(([, each]) => each !== undefined),
      ) as Fields;
      const answer = await callAction(name, fields, { cookie });
      const cell = `${name} × ${field} ${what}`;
      verdicts.say(cell, answer.status >= 500 && `answered ${answer.status}`);
      // A bad value may be valid for an optional field, but never for the field that names the record.
      verdicts.say(
        cell,
        field === policy.field &&
          value !== '' &&
          value !== undefined &&
          answer.outcome === 'redirected' &&
          !policy.answersAlike &&
          'was accepted',
      );
      if (answer.outcome === 'redirected') await makeReady(policy);
    }
  }
  verdicts.say(name, ...newBugs());
  verdicts.check();
});

const injected = 'injected-by-a-stranger';
/** Fields that some form has, so that their values may be stored. */
const formFields = new Set([
  'message',
  'description',
  'phone',
  'reason',
  'next',
  'until',
  'email',
  'first_name',
  'firstName',
  'last_name',
  'lastName',
]);

test.each(built.map(({ name }) => name))('%s stores no field that its form does not have', async (name) => {
  const policy = actions[name] as ActionPolicy;
  const verdicts = makeVerdicts();
  const [actor, target] = someoneWhoMay(policy);
  await makeReady(policy);
  const columns = await sql<{ name: string }>(
    `SELECT DISTINCT column_name AS name FROM information_schema.columns WHERE table_schema = 'public'`,
  );
  const camel = (text: string) => text.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const extra = [
    ...columns.flatMap(({ name: each }) => [each, camel(each)]),
    '__proto__',
    'constructor',
    'isSystemAdmin',
    'role',
  ];
  const good = goodForm(policy, target);
  const extraFields = extra.filter((each) => !formFields.has(each) && !(each in good));
  await callAction(
    name,
    { ...Object.fromEntries(extraFields.map((each) => [each, injected])), ...good },
    { cookie: world.people[actor].cookie },
  );
  for (const table of Object.keys(await fingerprint())) {
    const rows = await sql(`SELECT 1 FROM ${table} t WHERE to_jsonb(t)::text LIKE '%${injected}%' LIMIT 1`);
    verdicts.say(`${name} × ${table}`, rows.length > 0 && 'stored a field that its form does not have');
  }
  verdicts.say(name, ...newBugs());
  verdicts.check();
});
