import { inject, test } from 'vitest';
import type { ActorName } from './actors';
import { type ActionPolicy, actions, type Fields } from './policy';
import { callAction, callActionRaw } from './support/call';
import { goodForm, makeReady, someoneWhoMay } from './support/cases';
import { findActions } from './support/entry-points';
import { isThorough, share } from './support/extent';
import { changedTables, fingerprint, newBugs, resetRows, sql, tablesWith, watchRows } from './support/rows';
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
  let before = await fingerprint();
  for (const [n, { id, name, path }] of built.entries()) {
    for (const [who, actor] of (['nobody', 'system admin'] as const).entries()) {
      const { cookie } = world.people[actor];
      for (const text of share(strange, 3, n + who)) {
        const body = new FormData();
        body.set('0', text);
        const answer = await callActionRaw(id, body, { path, cookie });
        // Next's own decoder refuses anything that is not an argument list, with an empty 500.
        const isOurs = text.startsWith('[') && !/\$[KTZS]/.test(text);
        verdicts.say(`${actor} × ${name} × ${text}`, isOurs && answer.status >= 500 && `answered ${answer.status}`);
      }
      const after = await fingerprint();
      const changed = changedTables(before, after, allowedFor(name, actor));
      verdicts.say(`${actor} × ${name}`, changed.length > 0 && `changed ${changed.join(', ')}`);
      before = after;
      if (changed.length === 0 && !takesNothing.has(name)) continue;
      await resetRows();
      before = await fingerprint();
    }
  }
  newBugs();
  verdicts.check();
});

/** Signing out, here or everywhere else, takes no arguments, so wrong ones cannot make it fail. */
const takesNothing = new Set(['session.end', 'account.sessions.end-others']);

const allowedFor = (name: string, actor: ActorName) =>
  takesNothing.has(name) && actor !== 'nobody' ? ['public.session', 'public.audit_event', 'public.audit_detail'] : [];

type BadValue = [name: string, value: string | string[] | undefined];

const badValues: BadValue[] = [
  ['left out', undefined],
  ['empty', ''],
  ['twice', ['a', 'b']],
  ['an operator', '{"not":""}'],
  ['null', 'null'],
  ['true', 'true'],
  ['a null byte', 'a\u0000b'],
  ['a script', '<script>alert(1)</script>'],
];
const veryLong: BadValue = ['very long', 'x'.repeat(900_000)];

test.each(built.map(({ name }, n) => [name, n] as const))(
  '%s answers bad field values without a server error',
  async (name, n) => {
    const policy = actions[name] as ActionPolicy;
    const verdicts = makeVerdicts();
    const [actor, target] = someoneWhoMay(policy);
    const good = goodForm(policy, target);
    const { cookie } = world.people[actor];
    await makeReady(policy);
    const names = Object.keys(good);
    for (const [at, field] of names.entries()) {
      const isLongHere = isThorough || at === n % names.length;
      for (const [what, value] of isLongHere ? [...badValues, veryLong] : badValues) {
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
  },
);

const injected = 'injected-by-a-stranger';
let columns: { name: string }[] | undefined;
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
  columns ??= await sql<{ name: string }>(
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
  const stored = await tablesWith(injected);
  verdicts.say(name, stored.length > 0 && `stored a field that its form does not have in ${stored.join(', ')}`);
  verdicts.say(name, ...newBugs());
  verdicts.check();
});
