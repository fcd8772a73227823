import { inject, test } from 'vitest';
import type { ActorName } from './actors';
import { type ActionPolicy, actions, type Fields } from './policy';
import { callAction, callActionRaw } from './support/call';
import { goodForm, makeReady, someoneWhoMay } from './support/cases';
import { findActions } from './support/entry-points';
import { leakIn, makeVerdicts } from './support/judge';
import { changedTables, fingerprint, newBugs, resetRows, sql, watchRows } from './support/rows';

const world = inject('world');
const built = findActions();
watchRows();

const state = '{"fieldErrors":{},"values":{}}';

/** What may arrive where a state and a form are expected, in the notation of the protocol. */
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

test('arguments of every type are refused clearly, by whoever they are sent', async () => {
  const verdicts = makeVerdicts();
  for (const { id, name, path } of built) {
    for (const actor of ['nobody', 'system admin'] as const) {
      const { cookie } = world.people[actor];
      const before = await fingerprint();
      for (const text of strange) {
        const body = new FormData();
        body.set('0', text);
        const answer = await callActionRaw(id, body, { path, cookie });
        // What is no argument list at all is refused by Next's own decoder, with 500 and not a word.
        const isOurs = text.startsWith('[') && !/\$[KTZS]/.test(text);
        verdicts.say(
          `${actor} × ${name} × ${text}`,
          isOurs && answer.status >= 500 && `answered ${answer.status}`,
          leakIn(actor, answer),
        );
      }
      const changed = changedTables(before, await fingerprint(), allowedFor(name, actor));
      verdicts.say(`${actor} × ${name}`, changed.length > 0 && `changed ${changed.join(', ')}`);
      if (changed.length > 0 || asksNothing.has(name)) await resetRows();
    }
  }
  newBugs();
  verdicts.check();
});

/** Signing out, here or everywhere else, asks for nothing, so it cannot be asked wrongly. */
const asksNothing = new Set(['session.end', 'account.sessions.end-others']);

const allowedFor = (name: string, actor: ActorName) =>
  asksNothing.has(name) && actor !== 'nobody' ? ['public.session', 'public.audit_event', 'public.audit_detail'] : [];

const spoilt: [name: string, value: string | string[] | undefined][] = [
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

test.each(built.map(({ name }) => name))('%s with each field spoilt, one after the other', async (name) => {
  const policy = actions[name] as ActionPolicy;
  const verdicts = makeVerdicts();
  const [actor, target] = someoneWhoMay(policy);
  const good = goodForm(policy, target);
  const { cookie } = world.people[actor];
  await makeReady(policy);
  for (const field of Object.keys(good)) {
    for (const [what, value] of spoilt) {
      const fields = Object.fromEntries(
        Object.entries({ ...good, [field]: value }).filter(([, each]) => each !== undefined),
      ) as Fields;
      const answer = await callAction(name, fields, { cookie });
      const cell = `${name} × ${field} ${what}`;
      verdicts.say(cell, answer.status >= 500 && `answered ${answer.status}`, leakIn(actor, answer));
      // An optional field may be anything it allows; the record itself may not.
      verdicts.say(
        cell,
        field === policy.field &&
          value !== '' &&
          value !== undefined &&
          answer.outcome === 'led on' &&
          !policy.answersAlike &&
          'was done',
      );
      if (answer.outcome === 'led on') await makeReady(policy);
    }
  }
  verdicts.say(name, ...newBugs());
  verdicts.check();
});

const injected = 'injected-by-a-stranger';
/** Names that some form asks for, so that a value under them may be kept. */
const asked = new Set([
  'message',
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

test.each(built.map(({ name }) => name))('%s takes no column that its form does not ask for', async (name) => {
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
  const unasked = extra.filter((each) => !asked.has(each) && !(each in good));
  await callAction(
    name,
    { ...Object.fromEntries(unasked.map((each) => [each, injected])), ...good },
    { cookie: world.people[actor].cookie },
  );
  for (const table of Object.keys(await fingerprint())) {
    const rows = await sql(`SELECT 1 FROM ${table} t WHERE to_jsonb(t)::text LIKE '%${injected}%' LIMIT 1`);
    verdicts.say(`${name} × ${table}`, rows.length > 0 && 'kept what nobody asked for');
  }
  verdicts.say(name, ...newBugs());
  verdicts.check();
});
